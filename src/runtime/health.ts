/** What the daemon says of itself: its state, the reasons for a degraded one, the figures. */
import { TIMEFRAMES, type Timeframe } from "../domain/timeframe.ts";
import type { Engine } from "../engine/engine.ts";
import type { ConnectionStatus } from "../ports/market-feed.ts";
import type { Session } from "./session.ts";

/** Decisions that have waited this long for the database mean it is away, ms. */
const COMMIT_PATIENCE_MS = 5_000;

/** Codes of what is wrong now; empty when all is well. `waitingSince`: of the oldest uncommitted step. */
export function degradedReasons(
  session: Session,
  now: number,
  waitingSince: number | null,
): readonly string[] {
  const sockets = session.feed
    .status()
    .filter((connection) => connection.symbols > 0 && !connection.connected)
    .map((connection) => `socket-down ${connection.timeframe}`);
  const away = waitingSince !== null && now - waitingSince > COMMIT_PATIENCE_MS;
  const { problem } = session.contact;
  const codes = [...(problem === null ? [] : [problem]), ...session.feeds.problems()];
  return [...sockets, ...new Set(codes), ...(away ? ["database-away"] : [])];
}

export interface StrategyCounts {
  readonly total: number;
  readonly active: number;
  readonly byTimeframe: Readonly<Record<Timeframe, number>>;
  readonly openPositions: number;
}

export function countStrategies(engine: Engine | null): StrategyCounts {
  const byTimeframe: Record<Timeframe, number> = {
    "1m": 0,
    "5m": 0,
    "15m": 0,
    "1h": 0,
    "4h": 0,
    "1d": 0,
  };
  let total = 0;
  let active = 0;
  let openPositions = 0;
  for (const { strategy, position } of engine?.registry.states() ?? []) {
    total++;
    if (position !== null) openPositions++;
    if (!strategy.active) continue;
    active++;
    byTimeframe[strategy.timeframe]++;
  }
  return { total, active, byTimeframe, openPositions };
}

/** The six connections of a daemon that has none yet. */
export function noConnections(): readonly ConnectionStatus[] {
  return TIMEFRAMES.map((timeframe) => ({
    timeframe,
    connected: false,
    connectedAt: null,
    symbols: 0,
    reconnects: 0,
    messages: 0,
    malformed: 0,
    lastMessageAt: null,
    lagMs: null,
    lastReason: null,
  }));
}
