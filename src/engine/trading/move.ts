/**
 * Moving an open position over to its strategy's present rule. Its levels are made anew from the entry
 * price, a trailing stop from the best price known since. Where the price is beyond one of them already, nobody could have
 * been filled at that level: the position leaves at the next price instead.
 */
import type { Instrument } from "../../domain/instrument.ts";
import type { DecimalText } from "../../domain/money.ts";
import type { ExitReason, Position } from "../../domain/order.ts";
import { higher, lower } from "../market/price-tracker.ts";
import type { KnownPrice, SymbolMarket } from "../market/symbol-market.ts";
import { Cohort } from "./cohort.ts";
import { freshPrice } from "./leaving.ts";
import { placeExit } from "./orders.ts";
import type { Plan } from "./plan.ts";
import { joinCohort, leaveCohort } from "./settlement.ts";
import type { StrategyState } from "./strategy-state.ts";
import type { Turn } from "./turn.ts";

/** What protects a position; null where nothing does. */
export interface Levels {
  readonly stop: DecimalText | null;
  readonly take: DecimalText | null;
  readonly trailing: DecimalText | null;
  /** When it is left at the latest, epoch ms. */
  readonly until: number | null;
}

/** What a move would change. */
export interface MovePicture {
  readonly position: Position;
  readonly version: number;
  readonly last: KnownPrice;
  readonly before: Levels;
  readonly after: Levels;
  /** The level that `last` is beyond already: the position would leave at the next price. */
  readonly reached: ExitReason | null;
}

interface Move extends MovePicture {
  readonly moved: Position;
  readonly market: SymbolMarket;
  readonly plan: Plan;
  readonly instrument: Instrument;
}

/** Why there is no move. */
type NoMove =
  | "rule-followed"
  | "no-position"
  | "rule-unreadable"
  | "position-leaving"
  | "move-needs-price";

/** What a move now would do, or why there is none. `now`: epoch ms. */
export function pictureMove(state: StrategyState, now: number): MovePicture | NoMove {
  const found = prepareMove(state, now);
  if (typeof found === "string") return found;
  const { position, version, last, before, after, reached } = found;
  return { position, version, last, before, after, reached };
}

/** Moves. "waiting": the position leaves at the next price, being beyond a new level already. */
export function movePosition(turn: Turn, state: StrategyState): "done" | "waiting" | NoMove {
  const found = prepareMove(state, turn.at);
  if (typeof found === "string") return found;
  const { moved, market, plan, instrument, reached } = found;
  leaveCohort(state);
  state.position = moved;
  joinCohort(state, plan, moved, instrument);
  turn.effects.push({ kind: "save-position", position: moved });
  if (reached !== null) {
    placeExit(turn, state, reached, moved.ruleSince);
    market.waitingOrders.add(state);
  }
  market.rebound();
  return reached === null ? "done" : "waiting";
}

function prepareMove(state: StrategyState, now: number): Move | NoMove {
  const { position, cohort, plan, strategy } = state;
  if (position === null) return "no-position";
  if (plan === null) return "rule-unreadable";
  if (position.ruleText === strategy.ruleText) return "rule-followed";
  if (state.exitOrder !== null) return "position-leaving";
  const { market } = plan.group;
  const last = freshPrice(market, now);
  if (last === null || market.instrument === null) return "move-needs-price";
  const following: Position = {
    ...position,
    ruleText: strategy.ruleText,
    ruleVersion: strategy.ruleVersion,
    ruleSince: Math.max(position.openedAt, last.at),
    bestPrice: bestKnown(position, cohort, last.price),
  };
  const target = new Cohort("", plan, following, market.instrument);
  const after = levelsOf(target);
  return {
    position,
    version: strategy.ruleVersion,
    last,
    before: cohort === null ? storedLevels(position) : levelsOf(cohort),
    after,
    reached: target.reached(last.price, now),
    moved: {
      ...following,
      stopPrice: after.stop,
      takePrice: after.take,
      trailingStopPrice: after.trailing,
    },
    market,
    plan,
    instrument: market.instrument,
  };
}

/** What a new trailing stop starts from: nobody follows the best price without one, so the price now. */
function bestKnown(
  { side, bestPrice }: Position,
  cohort: Cohort | null,
  now: DecimalText,
): DecimalText {
  const better = side === "long" ? higher : lower;
  return better(better(bestPrice, cohort?.best ?? bestPrice), now);
}

/** Of a position whose rule cannot be read any more: nobody watches them, and a move is the way out. */
function storedLevels({ stopPrice, takePrice, trailingStopPrice }: Position): Levels {
  return { stop: stopPrice, take: takePrice, trailing: trailingStopPrice, until: null };
}

function levelsOf({ stopPrice, takePrice, trailingStop, deadline }: Cohort): Levels {
  return {
    stop: stopPrice,
    take: takePrice,
    trailing: trailingStop,
    until: Number.isFinite(deadline) ? deadline : null,
  };
}
