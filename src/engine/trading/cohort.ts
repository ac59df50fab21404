/**
 * A cohort is all open positions that will leave the market together: same rule, symbol, side, entry
 * price, entry time, time since which they follow the rule, and best price then. Users who run the same
 * strategy enter on the same candle at the same price, so their stops are watched once for all of them;
 * a member costs nothing until the cohort leaves.
 */
import type { Instrument } from "../../domain/instrument.ts";
import { floatOf, type DecimalText } from "../../domain/money.ts";
import type { ExitReason, Position } from "../../domain/order.ts";
import type { Protections, Side } from "../../domain/rule.ts";
import { higher, lower, type PriceUpdate } from "../market/price-tracker.ts";
import { exitLevels, trailingStopPrice } from "./sizing.ts";
import type { Plan } from "./plan.ts";
import type { StrategyState } from "./strategy-state.ts";

/** A stop, target or time limit that was reached, and the price before slippage. */
export interface Trigger {
  readonly reason: ExitReason;
  readonly price: DecimalText;
  /** By the first price after a jump, not by what came after it. */
  readonly atFirst: boolean;
}

export class Cohort {
  readonly key: string;
  readonly side: Side;
  readonly entryPrice: DecimalText;
  readonly openedAt: number;
  /** Since when its levels are in force: prices from before do not reach them. Epoch ms. */
  readonly since: number;
  readonly members = new Set<StrategyState>();
  /** The plan its positions follow: the one they were opened under, unless they were moved. */
  readonly plan: Plan;
  readonly stopPrice: DecimalText | null;
  readonly takePrice: DecimalText | null;
  readonly #stopReason: ExitReason;
  readonly #protections: Protections;
  readonly #instrument: Instrument;
  readonly #deadline: number;
  #best: DecimalText;
  #trailingStop: DecimalText | null = null;

  constructor(
    key: string,
    plan: Plan,
    entry: Pick<Position, "side" | "entryPrice" | "openedAt" | "bestPrice" | "ruleSince">,
    instrument: Instrument,
  ) {
    const { protections } = plan.rule;
    this.key = key;
    this.plan = plan;
    this.side = entry.side;
    this.entryPrice = entry.entryPrice;
    this.openedAt = entry.openedAt;
    this.since = entry.ruleSince;
    this.#protections = protections;
    this.#instrument = instrument;
    const levels = exitLevels(entry.side, entry.entryPrice, protections, instrument);
    this.stopPrice = levels.stop;
    this.takePrice = levels.take;
    this.#stopReason = levels.stopReason;
    this.#deadline = entry.openedAt + (protections.maxHoldMs ?? Number.POSITIVE_INFINITY);
    this.#best = this.#better(entry.entryPrice, entry.bestPrice);
    this.#trail();
  }

  get best(): DecimalText {
    return this.#best;
  }

  get trailingStop(): DecimalText | null {
    return this.#trailingStop;
  }

  /** A falling price at or below this, or a rising one at or above `riseBound`, needs `check`. */
  get fallBound(): number {
    return this.side === "long"
      ? Math.max(priceOr(this.stopPrice, -Infinity), priceOr(this.#trailingStop, -Infinity))
      : Math.max(
          priceOr(this.takePrice, -Infinity),
          this.#trails ? floatOf(this.#best) : -Infinity,
        );
  }

  get riseBound(): number {
    return this.side === "short"
      ? Math.min(priceOr(this.stopPrice, Infinity), priceOr(this.#trailingStop, Infinity))
      : Math.min(priceOr(this.takePrice, Infinity), this.#trails ? floatOf(this.#best) : Infinity);
  }

  get deadline(): number {
    return this.#deadline;
  }

  /**
   * What of this cohort the update reaches. After a jump the first price counts by itself, so that a
   * candle seen whole does what it does when its opening is seen before the rest: a stop is done at
   * the first price when that lies beyond the stop. Within one interval the stop wins over the target;
   * a trailing stop that the interval itself raised is reached only if the price ended beyond it.
   */
  check(seen: PriceUpdate): Trigger | null {
    const update = since(seen, this.since);
    if (update === null) return null;
    const atFirst = update.jumped ? this.#checkFirst(update) : null;
    if (atFirst !== null) return atFirst;
    const { reason, price: stop } = this.#nearestStop();
    const worst = this.side === "long" ? update.low : update.high;
    const best = this.side === "long" ? update.high : update.low;
    if (stop !== null && this.#reaches(worst, stop)) return later(reason, stop);
    if (this.takePrice !== null && this.#attains(best, this.takePrice)) {
      return later("take_profit", this.takePrice);
    }
    if (update.time >= this.#deadline) return later("max_hold", update.last);
    this.#improve(best);
    if (this.#trailingStop !== null && this.#reaches(update.last, this.#trailingStop)) {
      return later("trailing_stop", this.#trailingStop);
    }
    return null;
  }

  /**
   * What a price reaches by itself, wherever it came from: how a position that is moved to other
   * levels finds out that it is beyond one of them already. `at`: epoch ms.
   */
  reached(price: DecimalText, at: number): ExitReason | null {
    const { reason, price: stop } = this.#nearestStop();
    if (stop !== null && this.#reaches(price, stop)) return reason;
    if (this.takePrice !== null && this.#attains(price, this.takePrice)) return "take_profit";
    return at >= this.#deadline ? "max_hold" : null;
  }

  #checkFirst({ first, firstAt }: PriceUpdate): Trigger | null {
    const { reason, price: stop } = this.#nearestStop();
    if (firstAt >= this.#deadline) return { reason: "max_hold", price: first, atFirst: true };
    if (stop !== null && this.#reaches(first, stop)) return { reason, price: first, atFirst: true };
    if (this.takePrice !== null && this.#attains(first, this.takePrice)) {
      return { reason: "take_profit", price: this.takePrice, atFirst: true };
    }
    this.#improve(first);
    return null;
  }

  get #trails(): boolean {
    return this.#protections.trailingStop !== null;
  }

  #nearestStop(): { reason: ExitReason; price: DecimalText | null } {
    const fixed = { reason: this.#stopReason, price: this.stopPrice };
    if (this.#trailingStop === null) return fixed;
    const trailing = { reason: "trailing_stop" as const, price: this.#trailingStop };
    if (fixed.price === null) return trailing;
    return this.#reaches(fixed.price, trailing.price) ? trailing : fixed;
  }

  /** Without a trailing stop a price is seen only when others on the symbol need it: nobody follows. */
  #improve(price: DecimalText): void {
    if (!this.#trails) return;
    const best = this.#better(this.#best, price);
    const isNew = best !== this.#best;
    this.#best = best;
    if (isNew || this.#trailingStop === null) this.#trail();
  }

  #better(one: DecimalText, other: DecimalText): DecimalText {
    return this.side === "long" ? higher(one, other) : lower(one, other);
  }

  #trail(): void {
    const trailing = this.#protections.trailingStop;
    if (trailing === null) return;
    this.#trailingStop = trailingStopPrice(
      { side: this.side, entryPrice: this.entryPrice, best: this.#best },
      trailing,
      this.#instrument,
    );
  }

  /** At or beyond the level in the direction that loses. */
  #reaches(price: DecimalText, level: DecimalText): boolean {
    return this.side === "long"
      ? floatOf(price) <= floatOf(level)
      : floatOf(price) >= floatOf(level);
  }

  /** At or beyond the level in the direction that wins. */
  #attains(price: DecimalText, level: DecimalText): boolean {
    return this.side === "long"
      ? floatOf(price) >= floatOf(level)
      : floatOf(price) <= floatOf(level);
  }
}

function later(reason: ExitReason, price: DecimalText): Trigger {
  return { reason, price, atFirst: false };
}

/**
 * What of an update happened after a moment, the entry for example. Of a candle that had begun before
 * it only the last price is certain to.
 */
function since(update: PriceUpdate, moment: number): PriceUpdate | null {
  if (update.time < moment) return null;
  if (!update.jumped || update.firstAt >= moment) return update;
  const { last, time } = update;
  return { ...update, jumped: false, first: last, firstAt: time, low: last, high: last };
}

function priceOr(price: DecimalText | null, absent: number): number {
  return price === null ? absent : floatOf(price);
}

/** Equal for positions that share every level; `plan` names rule, symbol and timeframe. */
export function cohortKey(plan: string, position: Position): string {
  const { side, entryPrice, openedAt, ruleSince, bestPrice } = position;
  return `${plan}|${side}|${entryPrice}|${openedAt}|${ruleSince}|${bestPrice}`;
}
