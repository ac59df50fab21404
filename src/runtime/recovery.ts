/**
 * From storage to a running engine: the one path of every start, after a clean stop, kill -9 or a
 * lost database alike.
 */
import type { Position } from "../domain/order.ts";
import { timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { Effect } from "../engine/effect.ts";
import { Engine } from "../engine/engine.ts";
import { higher, lower } from "../engine/market/price-tracker.ts";
import type { KnownPrice } from "../engine/market/symbol-market.ts";
import { restore } from "../engine/restore.ts";
import type { EngineSettings } from "../engine/settings.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { EngineRecords, EngineStore, Extremes } from "../ports/engine-store.ts";
import type { Logger } from "../ports/logger.ts";
import { parseRule } from "../rules/parse.ts";

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
  const judgedUntil = endsOf(records.watermarks);
  const users = await accounts.users();
  const openPositions = await withBestPrices(store, records, judgedUntil);
  const lastPrices = await lastPricesOf(store, records, judgedUntil);
  const engine = new Engine(settings);
  const effects = restore(
    engine,
    {
      ...records,
      openPositions,
      lastPrices,
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
  return {
    engine,
    effects,
    lastCommitAt: records.lastCommitAt,
    judgedUntil,
  };
}

function endsOf(watermarks: EngineRecords["watermarks"]): Recovered["judgedUntil"] {
  const ends = new Map(
    watermarks.map(({ symbol, timeframe, openTime }) => [
      `${symbol}|${timeframe}`,
      openTime + timeframeMs(timeframe),
    ]),
  );
  return (symbol, timeframe) => ends.get(`${symbol}|${timeframe}`) ?? null;
}

/**
 * A trailing stop follows the best price since the entry, or since a move to another rule, which wrote
 * down the one it started from. It is not written on every tick: the 1m candles judged since then hold it
 * exactly. Later ones that others have stored do not count: they are missed, and replayed. Positions
 * without a trailing stop have no use for it, so that a start asks for one row for each such moment of
 * those that have one, however old they are.
 */
async function withBestPrices(
  store: EngineStore,
  { openPositions }: EngineRecords,
  judgedUntil: Recovered["judgedUntil"],
): Promise<readonly Position[]> {
  const seen = new Map<string, Extremes | null>();
  const isTrailing = trailingRules();
  const positions: Position[] = [];
  for (const position of openPositions) {
    const { symbol, ruleSince, side, bestPrice } = position;
    if (!isTrailing(position)) {
      positions.push(position);
      continue;
    }
    const key = `${symbol}|${ruleSince}`;
    const range = { from: ruleSince, to: (judgedUntil(symbol, "1m") ?? ruleSince) - 1 };
    const known = seen.get(key);
    const extremes = known === undefined ? await store.extremes(symbol, "1m", range) : known;
    seen.set(key, extremes);
    const best =
      extremes === null
        ? bestPrice
        : side === "long"
          ? higher(bestPrice, extremes.high)
          : lower(bestPrice, extremes.low);
    positions.push({ ...position, bestPrice: best });
  }
  return positions;
}

/**
 * The last known price of each symbol with an open position, should none come any more: that of the
 * newest 1m candle judged, or, where none has closed since, that of the entry itself.
 */
async function lastPricesOf(
  store: EngineStore,
  { openPositions }: EngineRecords,
  judgedUntil: Recovered["judgedUntil"],
): Promise<ReadonlyMap<string, KnownPrice>> {
  const prices = new Map<string, KnownPrice>();
  for (const symbol of new Set(openPositions.map((one) => one.symbol))) {
    const end = judgedUntil(symbol, "1m") ?? 0;
    const range = { from: end - timeframeMs("1m"), to: end - 1 };
    const [candle] = await store.candles(symbol, "1m", range);
    if (candle !== undefined) prices.set(symbol, { price: candle.close, at: end - 1 });
  }
  for (const { symbol, entryPrice: price, openedAt: at } of openPositions) {
    if (at > (prices.get(symbol)?.at ?? 0)) prices.set(symbol, { price, at });
  }
  return prices;
}

/** Whether the rule a position was opened with trails, found out once for each rule. */
function trailingRules(): (position: Position) => boolean {
  const known = new Map<string, boolean>();
  return (position) => {
    const key = `${position.timeframe}|${position.ruleText}`;
    const isTrailing = known.get(key) ?? trails(position);
    known.set(key, isTrailing);
    return isTrailing;
  };
}

/** A rule that cannot be read watches nothing. */
function trails({ ruleText, timeframe }: Position): boolean {
  try {
    return parseRule(ruleText, { timeframe }).protections.trailingStop !== null;
  } catch {
    return false;
  }
}
