/**
 * From storage to a running engine: the one path of every start, after a clean stop, kill -9 or a
 * lost database alike.
 */
import type { Position } from "../domain/order.ts";
import { closeTimeOf, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { Effect } from "../engine/effect.ts";
import { Engine } from "../engine/engine.ts";
import { higher, lower } from "../engine/market/price-tracker.ts";
import { restore } from "../engine/restore.ts";
import type { EngineSettings } from "../engine/settings.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { EngineRecords, EngineStore } from "../ports/engine-store.ts";
import type { Logger } from "../ports/logger.ts";

export interface Recovered {
  readonly engine: Engine;
  /** Of strategies whose rule could not be read any more: to be committed. */
  readonly effects: readonly Effect[];
  /** When the engine last committed anything, epoch ms; null on an empty database. */
  readonly lastCommitAt: number | null;
  /** First ms after the newest candle judged, or null. */
  readonly judgedUntil: (symbol: string, timeframe: Timeframe) => number | null;
}

/** Loads everything that is stored and builds the engine from it. `now`: epoch ms. */
export async function recoverEngine(
  modules: { store: EngineStore; accounts: AccountStore; logger: Logger },
  settings: Partial<EngineSettings>,
  now: number,
): Promise<Recovered> {
  const { store, accounts, logger } = modules;
  const records = await store.load();
  for (const row of records.damaged) {
    logger.error({ ...row }, "a stored row could not be understood and was left out");
  }
  const users = await accounts.users();
  const engine = new Engine(settings);
  const effects = restore(
    engine,
    {
      ...records,
      openPositions: await withBestPrices(store, records, now),
      suspendedOwners: users.filter(({ suspended }) => suspended).map(({ id }) => id),
    },
    now,
  );
  logger.info(
    {
      strategies: records.strategies.length,
      openPositions: records.openPositions.length,
      openOrders: records.openOrders.length,
      lastCommitAt: records.lastCommitAt,
    },
    "state restored",
  );
  const judged = new Map(
    records.watermarks.map(({ symbol, timeframe, openTime }) => [
      `${symbol}|${timeframe}`,
      openTime + timeframeMs(timeframe),
    ]),
  );
  return {
    engine,
    effects,
    lastCommitAt: records.lastCommitAt,
    judgedUntil: (symbol, timeframe) => judged.get(`${symbol}|${timeframe}`) ?? null,
  };
}

/**
 * A trailing stop follows the best price since the entry. That price is not written on every tick: the
 * stored 1m candles since the entry hold it exactly.
 */
async function withBestPrices(
  store: EngineStore,
  records: EngineRecords,
  now: number,
): Promise<readonly Position[]> {
  const ranges = new Map<string, { high: string; low: string } | null>();
  const positions: Position[] = [];
  for (const position of records.openPositions) {
    const key = `${position.symbol}|${position.openedAt}`;
    const known = ranges.get(key);
    const range = known === undefined ? await rangeSince(store, position, now) : known;
    ranges.set(key, range);
    const { bestPrice: best, side } = position;
    const better = side === "long" ? higher : lower;
    const seen = side === "long" ? range?.high : range?.low;
    positions.push({ ...position, bestPrice: seen === undefined ? best : better(best, seen) });
  }
  return positions;
}

async function rangeSince(
  store: EngineStore,
  { symbol, openedAt }: Position,
  now: number,
): Promise<{ high: string; low: string } | null> {
  const candles = await store.candles(symbol, "1m", { from: openedAt, to: now });
  let range: { high: string; low: string } | null = null;
  for (const candle of candles) {
    if (closeTimeOf("1m", candle.openTime) < openedAt) continue;
    range =
      range === null
        ? { high: candle.high, low: candle.low }
        : { high: higher(range.high, candle.high), low: lower(range.low, candle.low) };
  }
  return range;
}
