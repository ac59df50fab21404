/**
 * Real and replayed trades in one shape, so that they can be held side by side: what is still open at
 * the end of the replay counts as open on both sides, and is valued at the same price.
 */
import { Decimal, decimalText, type DecimalText } from "../../domain/money.ts";
import type { Decision, ExitReason, Fill, Order, Position, Trade } from "../../domain/order.ts";
import type { Side } from "../../domain/rule.ts";

export interface DriftExit {
  readonly at: number;
  readonly price: DecimalText;
  readonly reason: ExitReason;
}

export interface DriftTrade {
  /** As its owner knows it; of a replayed one its place, from 1. */
  readonly number: number;
  readonly side: Side;
  /** First ms after the candle that gave the signal, epoch ms. */
  readonly signalAt: number;
  readonly entryAt: number;
  readonly entryPrice: DecimalText;
  readonly amount: DecimalText;
  readonly stake: DecimalText;
  readonly ruleVersion: number;
  /** Null while open. */
  readonly exit: DriftExit | null;
  /** So far, quote currency. */
  readonly fees: DecimalText;
  /** Net, quote currency; while open at the last price, without the fee of an exit. */
  readonly pnl: DecimalText;
}

/** A real trade with the orders that made it. */
export interface RealTrade extends DriftTrade {
  readonly entry: Deed | null;
  readonly leaving: Deed | null;
  readonly duringOutage: boolean;
}

export interface Deed {
  readonly order: Order;
  readonly fill: Fill;
}

/** Records of a run, each list oldest first. */
export interface RealRecords {
  readonly positions: readonly Position[];
  readonly trades: readonly Trade[];
  readonly orders: readonly Order[];
  readonly fills: readonly Fill[];
  readonly signals: readonly Decision[];
}

export interface DriftEnd {
  /** First ms that was not replayed. */
  readonly until: number;
  readonly lastPrice: DecimalText;
}

/** The run's trades as far as the replay goes, oldest first. */
export function realTrades(records: RealRecords, end: DriftEnd): readonly RealTrade[] {
  const closed = new Map(records.trades.map((trade) => [trade.id, trade]));
  const signals = new Map(records.signals.map((signal) => [signal.id, signal]));
  const deeds = deedsOf(records);
  return records.positions
    .filter(({ openedAt }) => openedAt < end.until)
    .map((position) => {
      const trade = closed.get(position.id);
      const over = trade !== undefined && trade.exitAt < end.until ? trade : null;
      const { side, openedAt } = position;
      const entry = deeds.get(deedKey("entry", side, openedAt)) ?? null;
      const leaving =
        over === null ? null : (deeds.get(deedKey("exit", side, over.exitAt)) ?? null);
      const signal = entry === null ? undefined : signals.get(entry.order.decisionId);
      const signalAt =
        signal === undefined ? (entry?.order.fillFrom ?? openedAt) : signal.candleCloseTime + 1;
      return {
        ...tradeOf(position, over, end),
        signalAt,
        entry,
        leaving,
        duringOutage: over?.duringOutage ?? false,
      };
    });
}

/** What a backtest traded. `versions`: the rule's real versions, in the order they were replayed. */
export function replayedTrades(
  { entries, trades }: { entries: readonly Position[]; trades: readonly Trade[] },
  versions: readonly number[],
  end: DriftEnd,
): readonly DriftTrade[] {
  const closed = new Map(trades.map((trade) => [trade.id, trade]));
  return entries.map((position) => {
    const ruleVersion = versions[position.ruleVersion - 1] ?? position.ruleVersion;
    return tradeOf({ ...position, ruleVersion }, closed.get(position.id) ?? null, end);
  });
}

function tradeOf(position: Position, over: Trade | null, end: DriftEnd): DriftTrade {
  const { number, side, openedAt, entryPrice, amount, stake, ruleVersion, entryFee } = position;
  const exit =
    over === null ? null : { at: over.exitAt, price: over.exitPrice, reason: over.exitReason };
  return {
    number,
    side,
    signalAt: openedAt,
    entryAt: openedAt,
    entryPrice,
    amount,
    stake,
    ruleVersion,
    exit,
    fees: over?.fees ?? entryFee,
    pnl: over?.pnl ?? unrealised(position, end.lastPrice),
  };
}

function unrealised({ side, entryPrice, amount, entryFee }: Position, last: DecimalText): string {
  const rise = new Decimal(last).minus(entryPrice).mul(amount);
  return decimalText((side === "long" ? rise : rise.neg()).minus(entryFee));
}

function deedsOf({ orders, fills }: RealRecords): ReadonlyMap<string, Deed> {
  const byOrder = new Map(fills.map((fill) => [fill.orderId, fill]));
  const deeds = new Map<string, Deed>();
  for (const order of orders) {
    const fill = byOrder.get(order.id);
    if (fill !== undefined) deeds.set(deedKey(order.purpose, order.side, fill.at), { order, fill });
  }
  return deeds;
}

/** A run holds one position at a time, so this names one order. */
function deedKey(purpose: Order["purpose"], side: Side, at: number): string {
  return `${purpose} ${side} ${at}`;
}
