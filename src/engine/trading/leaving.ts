/**
 * Leaving the market because somebody ordered it: at the price now, and never at an old one. Only a
 * position whose symbol the exchange no longer trades, and which could therefore never be sold, is
 * settled at the last known price, when its owner agrees and it has been like that for long enough.
 */
import type { ExitReason } from "../../domain/order.ts";
import { fillExit } from "../fill-model.ts";
import type { KnownPrice, SymbolMarket } from "../market/symbol-market.ts";
import { SETTLE_AFTER_MS, STALE_PRICE_MS } from "../settings.ts";
import { cancelOrder, exitNow, placeExit } from "./orders.ts";
import { closePosition } from "./settlement.ts";
import type { StrategyState } from "./strategy-state.ts";
import type { Turn } from "./turn.ts";

/** price-stale: the feed is down. not-traded: the exchange does not trade the symbol now. */
type Hindrance = "price-stale" | "not-traded";

/**
 * Closes at the price now. Returns null when nothing is open any more, else why not. `settle`: the
 * owner agrees to the last known price where nothing is traded.
 */
export function leaveMarket(
  turn: Turn,
  state: StrategyState,
  { reason, settle }: { reason: ExitReason; settle: boolean },
): Hindrance | null {
  cancelOrder(turn, state, "entryOrder", reason);
  if (state.position === null) return null;
  const market = marketOf(state);
  if (market === null) return "price-stale";
  const price = freshPrice(market, turn.at);
  if (price !== null) {
    const at = Math.max(turn.at, price.at);
    exitNow(turn, state, market, { price: price.price, at, reason });
  } else if (settle) settleAtLastPrice(turn, state);
  market.rebound();
  if (state.position === null) return null;
  return isTraded(market) ? "price-stale" : "not-traded";
}

/** The price seen last when it is fresh enough to be traded on, else null. `now`: epoch ms. */
export function freshPrice({ tracker: { point } }: SymbolMarket, now: number): KnownPrice | null {
  if (point === null || now - point.time > STALE_PRICE_MS) return null;
  return { price: point.last, at: point.time };
}

/** The price an open position may be settled at, because nothing is traded any more; else null. */
export function settlementOf(state: StrategyState, now: number): KnownPrice | null {
  const market = marketOf(state);
  const last = market?.lastPrice ?? null;
  if (state.position === null || market === null || last === null) return null;
  return !isTraded(market) && now - last.at >= SETTLE_AFTER_MS ? last : null;
}

/** Also where the rule the position follows cannot be read any more, but the strategy's own can. */
function marketOf({ cohort, plan }: StrategyState): SymbolMarket | null {
  return (cohort?.plan ?? plan)?.group.market ?? null;
}

function isTraded({ instrument }: SymbolMarket): boolean {
  return instrument === null || instrument.status === "TRADING";
}

/** Slippage and fee are taken as if it had been sold: a settlement is never better than an exit. */
function settleAtLastPrice(turn: Turn, state: StrategyState): void {
  const last = settlementOf(state, turn.at);
  const instrument = marketOf(state)?.instrument ?? null;
  if (last === null || instrument === null) return;
  cancelOrder(turn, state, "exitOrder", "overtaken");
  const order = placeExit(turn, state, "settled", turn.at);
  const { position } = state;
  if (order === null || position === null) return;
  const priced = fillExit(position, last.price, instrument, turn.settings);
  const settled = { order, at: turn.at, instrument, counterparty: "external" } as const;
  closePosition(turn, state, position, { ...priced, ...settled });
}
