/**
 * What the endpoints answer, made from the engine's status. The field names are a contract with
 * whoever polls them. Times are epoch ms, lags are ms, uptime is whole seconds.
 */
import type { DoorReport } from "../ports/door.ts";
import type { DaemonStatus } from "../ports/engine-gateway.ts";
import type { ConnectionStatus } from "../ports/market-feed.ts";

/** Body of GET /api/daemon-status. */
export function daemonStatusView(status: DaemonStatus, doors: readonly DoorReport[]) {
  return {
    daemon: {
      status: status.state,
      uptime: Math.floor(status.uptimeMs / 1000),
      totalAnalyses: status.totalAnalyses,
      tradesExecuted: status.tradesExecuted,
      reasons: status.reasons,
    },
    strategies: status.strategies,
    websockets: {
      ...countsOf(status.connections),
      details: status.connections.map((connection) => ({
        timeframe: connection.timeframe,
        connected: connection.connected,
        lag: connection.lagMs,
        lastMessage: connection.lastMessageAt,
        reconnects: connection.reconnects,
        symbols: connection.symbols,
      })),
    },
    platforms: doors.map(({ platform, state, name, reason, since, nextTryAt }) => ({
      platform,
      status: state,
      name,
      reason,
      since,
      nextTry: nextTryAt,
    })),
  };
}

/** Body of GET and POST /api/daemon-init. */
export function daemonInitView({ state }: DaemonStatus) {
  return { initialized: state === "running" || state === "degraded", status: state };
}

/** Body of GET /api/ws-stats: the connections with every figure kept about them. */
export function socketStatsView({ connections }: DaemonStatus) {
  return {
    ...countsOf(connections),
    messages: sum(connections, ({ messages }) => messages),
    malformed: sum(connections, ({ malformed }) => malformed),
    reconnects: sum(connections, ({ reconnects }) => reconnects),
    details: connections.map(({ lagMs, lastMessageAt, ...rest }) => ({
      ...rest,
      lag: lagMs,
      lastMessage: lastMessageAt,
    })),
  };
}

/**
 * Body of GET /readyz. Degraded still counts as ready while orders can be decided, filled and
 * committed, because replacing the process would not help; not so without the database, or with
 * symbols to follow and no connection that follows them.
 */
export function readinessView({ state, reasons, connections }: DaemonStatus) {
  const running = state === "running" || state === "degraded";
  const needed = connections.filter(({ symbols }) => symbols > 0);
  const blind = needed.length > 0 && !needed.some(({ connected }) => connected);
  return {
    ready: running && !blind && !reasons.includes("database-away"),
    status: state,
    reasons,
  };
}

function countsOf(connections: readonly ConnectionStatus[]) {
  return {
    total: connections.length,
    connected: connections.filter(({ connected }) => connected).length,
  };
}

function sum(
  connections: readonly ConnectionStatus[],
  figure: (connection: ConnectionStatus) => number,
): number {
  return connections.reduce((total, connection) => total + figure(connection), 0);
}
