/** An engine gateway in memory: its status is what the test says, its calls are counted. */
import { Fault } from "../../../src/domain/fault.ts";
import { TIMEFRAMES } from "../../../src/domain/timeframe.ts";
import type { CommandResult } from "../../../src/engine/command.ts";
import type { DoorReport } from "../../../src/ports/door.ts";
import type { DaemonStatus, EngineGateway } from "../../../src/ports/engine-gateway.ts";
import type { ConnectionStatus } from "../../../src/ports/market-feed.ts";

export const STARTED_AT = Date.UTC(2026, 10, 22, 12);

/** One platform that is being tried again, one that is off. */
export const DOORS: readonly DoorReport[] = [
  {
    platform: "telegram",
    state: "retrying",
    reason: "network ECONNREFUSED",
    name: "@VigieBot",
    since: STARTED_AT,
    nextTryAt: STARTED_AT + 30_000,
  },
  { platform: "discord", state: "off", reason: null, name: null, since: null, nextTryAt: null },
];

export function connection(changes: Partial<ConnectionStatus> = {}): ConnectionStatus {
  return {
    timeframe: "1m",
    connected: true,
    connectedAt: STARTED_AT,
    symbols: 3,
    reconnects: 2,
    messages: 500,
    malformed: 1,
    lastMessageAt: STARTED_AT + 60_000,
    lagMs: 85,
    lastReason: "closed 1006",
    ...changes,
  };
}

export function runningStatus(changes: Partial<DaemonStatus> = {}): DaemonStatus {
  return {
    state: "running",
    reasons: [],
    startedAt: STARTED_AT,
    uptimeMs: 61_900,
    totalAnalyses: 31_248,
    tradesExecuted: 7,
    strategies: {
      total: 42,
      active: 40,
      byTimeframe: { "1m": 7, "5m": 7, "15m": 7, "1h": 7, "4h": 7, "1d": 7 },
    },
    openPositions: 4,
    symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"],
    connections: TIMEFRAMES.map((timeframe) => connection({ timeframe })),
    outbox: { pending: 2, oldestAt: STARTED_AT + 30_000 },
    ...changes,
  };
}

export class MemoryGateway implements EngineGateway {
  current: DaemonStatus = runningStatus();
  restarts = 0;
  reloads = 0;
  statusReads = 0;
  /** Thrown by the next restart, reload or status. */
  failure: Error | null = null;

  status(): DaemonStatus {
    this.statusReads += 1;
    this.#fail();
    return this.current;
  }

  async restart(): Promise<void> {
    this.#fail();
    this.restarts += 1;
    this.current = { ...this.current, state: "running", reasons: [] };
  }

  async reload(): Promise<{ strategies: number }> {
    this.#fail();
    this.reloads += 1;
    return { strategies: this.current.strategies.total };
  }

  async execute(): Promise<CommandResult> {
    throw new Fault("engine-stopped");
  }

  strategies() {
    return [];
  }

  pauses() {
    return [];
  }

  why(_ownerId: string, number: number): never {
    throw new Fault("not-found", { number });
  }

  #fail(): void {
    if (this.failure !== null) throw this.failure;
  }
}
