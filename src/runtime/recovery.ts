/**
 * From storage to a running engine: the one path of every start, after a clean stop, kill -9 or a
 * lost database alike.
 */
import type { Candle } from "../domain/candle.ts";
import type { Position } from "../domain/order.ts";
import { closeTimeOf, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { Effect } from "../engine/effect.ts";
import { Engine } from "../engine/engine.ts";
import { higher, lower } from "../engine/market/price-tracker.ts";
import type { KnownPrice } from "../engine/market/symbol-market.ts";
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
  const judgedUntil = endsOf(records.watermarks);
  const users = await accounts.users();
  const { openPositions, lastPrices } = await withPrices(store, records, judgedUntil);
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
 * A trailing stop follows the best price since the entry. That price is not written on every tick: the
 * 1m candles judged since the entry hold it exactly. Later ones that others have stored do not count:
 * they are missed, and replayed. The newest that counts is the last known price, should none come.
 */
async function withPrices(
  store: EngineStore,
  { openPositions }: EngineRecords,
  judgedUntil: Recovered["judgedUntil"],
): Promise<{ openPositions: readonly Position[]; lastPrices: Map<string, KnownPrice> }> {
  const lastPrices = new Map<string, KnownPrice>();
  const seen = new Map<string, readonly Candle[]>();
  const positions: Position[] = [];
  for (const position of openPositions) {
    const { symbol, openedAt, side } = position;
    const key = `${symbol}|${openedAt}`;
    const to = (judgedUntil(symbol, "1m") ?? openedAt) - 1;
    const candles = seen.get(key) ?? (await store.candles(symbol, "1m", { from: openedAt, to }));
    seen.set(key, candles);
    noteLast(lastPrices, position, candles.at(-1));
    const bestPrice = candles.reduce(
      (best, { high, low }) => (side === "long" ? higher(best, high) : lower(best, low)),
      position.bestPrice,
    );
    positions.push({ ...position, bestPrice });
  }
  return { openPositions: positions, lastPrices };
}

/** The newest candle's price, or, where none has closed since, that of the entry itself. */
function noteLast(
  prices: Map<string, KnownPrice>,
  { symbol, entryPrice, openedAt }: Position,
  candle: Candle | undefined,
): void {
  const last =
    candle === undefined
      ? { price: entryPrice, at: openedAt }
      : { price: candle.close, at: closeTimeOf(candle.timeframe, candle.openTime) };
  if (last.at > (prices.get(symbol)?.at ?? 0)) prices.set(symbol, last);
}
