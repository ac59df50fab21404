/**
 * Metrics that are read from the engine's status when somebody asks, as a table: name, kind, help,
 * and how the figure is found. One status is taken per request, so that figures fit together.
 */
import { Counter, Gauge, type Registry } from "prom-client";
import type { DoorReport } from "../ports/door.ts";
import type { DaemonStatus } from "../ports/engine-gateway.ts";
import type { ConnectionStatus } from "../ports/market-feed.ts";

export interface StatusSnapshot {
  readonly status: DaemonStatus;
  /** Events and commands waiting for the engine. */
  readonly queueDepth: number;
  readonly doors: readonly DoorReport[];
  /** Epoch ms. */
  readonly now: number;
}

interface Row<Source> {
  readonly kind: "counter" | "gauge";
  readonly name: string;
  readonly help: string;
  /** Null when there is nothing to say yet: the series is then absent. */
  readonly read: (source: Source, now: number) => number | null;
}

/** One series each. */
const ENGINE_ROWS: readonly Row<StatusSnapshot>[] = [
  {
    kind: "gauge",
    name: "trading",
    help: "1 while the engine is running or degraded, else 0",
    read: ({ status }) => Number(status.state === "running" || status.state === "degraded"),
  },
  {
    kind: "gauge",
    name: "degraded_reasons",
    help: "Reasons for the degraded state",
    read: ({ status }) => status.reasons.length,
  },
  {
    kind: "gauge",
    name: "engine_queue_depth",
    help: "Events and commands waiting for the engine",
    read: ({ queueDepth }) => queueDepth,
  },
  {
    kind: "counter",
    name: "analyses_total",
    help: "Judgements of rules since the start",
    read: ({ status }) => status.totalAnalyses,
  },
  {
    kind: "gauge",
    name: "strategies",
    help: "Strategies kept",
    read: ({ status }) => status.strategies.total,
  },
  {
    kind: "gauge",
    name: "strategies_active",
    help: "Strategies switched on",
    read: ({ status }) => status.strategies.active,
  },
  {
    kind: "gauge",
    name: "open_positions",
    help: "Open positions",
    read: ({ status }) => status.openPositions,
  },
  {
    kind: "gauge",
    name: "symbols",
    help: "Symbols followed",
    read: ({ status }) => status.symbols.length,
  },
  {
    kind: "gauge",
    name: "sockets_up",
    help: "Connections to the exchange that are up",
    read: ({ status }) => status.connections.filter(({ connected }) => connected).length,
  },
  {
    kind: "gauge",
    name: "outbox_pending",
    help: "Messages to people not yet delivered",
    read: ({ status }) => status.outbox.pending,
  },
  {
    kind: "gauge",
    name: "outbox_oldest_seconds",
    help: "Age of the oldest message not yet delivered; 0 when there is none",
    read: ({ status }, now) => secondsSince(status.outbox.oldestAt, now) ?? 0,
  },
];

/** One series per timeframe. */
const CONNECTION_ROWS: readonly Row<ConnectionStatus>[] = [
  {
    kind: "gauge",
    name: "feed_lag_seconds",
    help: "From the exchange's event time to our receiving it, of the last message",
    read: ({ lagMs }) => (lagMs === null ? null : lagMs / 1000),
  },
  {
    kind: "gauge",
    name: "feed_silence_seconds",
    help: "Since the last message",
    read: ({ lastMessageAt }, now) => secondsSince(lastMessageAt, now),
  },
  {
    kind: "counter",
    name: "feed_reconnects_total",
    help: "Times the connection was made again",
    read: ({ reconnects }) => reconnects,
  },
  {
    kind: "counter",
    name: "feed_messages_total",
    help: "Messages received",
    read: ({ messages }) => messages,
  },
  {
    kind: "counter",
    name: "feed_malformed_total",
    help: "Messages that could not be read",
    read: ({ malformed }) => malformed,
  },
];

/** One series per chat platform that is on. */
const DOOR_ROW: Row<DoorReport> = {
  kind: "gauge",
  name: "platform_up",
  help: "1 while commands can arrive from the chat platform, else 0; absent when it is off",
  read: ({ state }) => (state === "off" ? null : Number(state === "up")),
};

/** Registers the table's metrics; call what it returns with a snapshot before rendering. */
export function registerStatusMetrics(
  registry: Registry,
  prefix: string,
): (snapshot: StatusSnapshot) => void {
  const engine = ENGINE_ROWS.map((row) => [row, metricOf(row, registry, prefix)] as const);
  const feed = CONNECTION_ROWS.map((row) => [row, metricOf(row, registry, prefix)] as const);
  const door = metricOf(DOOR_ROW, registry, prefix, ["platform"]);
  return (snapshot) => {
    const { status, doors, now } = snapshot;
    for (const one of doors) set(door, { platform: one.platform }, DOOR_ROW.read(one, now));
    for (const [row, metric] of engine) set(metric, {}, row.read(snapshot, now));
    for (const [row, metric] of feed) {
      for (const connection of status.connections) {
        set(metric, { timeframe: connection.timeframe }, row.read(connection, now));
      }
    }
  };
}

function metricOf<Source>(
  row: Row<Source>,
  registry: Registry,
  prefix: string,
  labelNames: readonly string[] = ["timeframe"],
): Counter | Gauge {
  const options = {
    name: prefix + row.name,
    help: row.help,
    labelNames: [...labelNames],
    registers: [registry],
  };
  return row.kind === "counter" ? new Counter(options) : new Gauge(options);
}

/** The status holds totals, so a counter is set to them rather than counted up. */
function set(metric: Counter | Gauge, labels: Record<string, string>, value: number | null): void {
  metric.remove(labels);
  if (value !== null) metric.inc(labels, value);
}

function secondsSince(time: number | null, now: number): number | null {
  return time === null ? null : Math.max(0, now - time) / 1000;
}
