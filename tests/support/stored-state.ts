/** What a database would hold after these effects: for starting an engine again in a test. */
import { Decimal } from "../../src/domain/money.ts";
import type { LedgerEntry } from "../../src/domain/order.ts";
import type { Effect } from "../../src/engine/effect.ts";
import { higher, lower } from "../../src/engine/market/price-tracker.ts";
import type { StoredState } from "../../src/engine/restore.ts";

const FINAL = new Set(["filled", "canceled", "rejected", "expired"]);

export function storedState(effects: readonly Effect[]): StoredState {
  const latest = <T>(pick: (effect: Effect) => readonly [string, T] | null): T[] => [
    ...new Map(effects.map(pick).filter((entry) => entry !== null)).values(),
  ];
  const strategies = latest((e) =>
    e.kind === "save-strategy" ? [e.strategy.id, e.strategy] : null,
  );
  const positions = latest((e) =>
    e.kind === "save-position" ? [e.position.id, e.position] : null,
  );
  const minutes = latest((e) =>
    e.kind === "save-candle" && e.candle.timeframe === "1m"
      ? [String(e.candle.openTime), e.candle]
      : null,
  );
  const withBest = positions
    .filter(({ closedAt }) => closedAt === null)
    .map((position) => {
      // As a start does: nobody follows the best price of the others.
      if (!/\btrail\b/.test(position.ruleText)) return position;
      const since = minutes.filter(({ openTime }) => openTime >= position.ruleSince);
      const long = position.side === "long";
      const bestPrice = since.reduce(
        (best, candle) => (long ? higher(best, candle.high) : lower(best, candle.low)),
        position.bestPrice,
      );
      return { ...position, bestPrice };
    });
  return {
    strategies: strategies.filter(({ deletedAt }) => deletedAt === null),
    runs: latest((e) => (e.kind === "save-run" ? [e.run.id, e.run] : null)).filter(
      ({ endedAt }) => endedAt === null,
    ),
    openPositions: withBest,
    openOrders: latest((e) => (e.kind === "save-order" ? [e.order.id, e.order] : null)).filter(
      ({ state }) => !FINAL.has(state),
    ),
    pauses: [],
    suspendedOwners: [],
    strategyNumbers: highestNumbers(strategies),
    positionNumbers: highestNumbers(positions),
    tradesEver: effects.filter(({ kind }) => kind === "record-trade").length,
  };
}

/** Sums of ledger lines by run, account and asset. */
export function ledgerSums(effects: readonly Effect[]): Map<string, Decimal> {
  const sums = new Map<string, Decimal>();
  const add = (key: string, { amount }: LedgerEntry) =>
    sums.set(key, (sums.get(key) ?? new Decimal(0)).plus(amount));
  for (const effect of effects) {
    if (effect.kind !== "post-ledger") continue;
    const { entry } = effect;
    add(`${entry.runId} ${entry.account} ${entry.asset}`, entry);
    add(`transaction ${entry.transactionId} ${entry.asset}`, entry);
  }
  return sums;
}

function highestNumbers(
  of: readonly { readonly ownerId: string; readonly number: number }[],
): Map<string, number> {
  const highest = new Map<string, number>();
  for (const { ownerId, number } of of) {
    highest.set(ownerId, Math.max(number, highest.get(ownerId) ?? 0));
  }
  return highest;
}
