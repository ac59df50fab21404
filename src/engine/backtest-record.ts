/**
 * What a backtest writes down while the engine steps: trades, entries, fees, signals that came to
 * nothing, and the equity at every close.
 */
import type { Candle } from "../domain/candle.ts";
import { Fault } from "../domain/fault.ts";
import { floatOf } from "../domain/money.ts";
import type { Order, Position, Trade } from "../domain/order.ts";
import { timeframeMs } from "../domain/timeframe.ts";
import type { Effect } from "./effect.ts";
import type { EquityCurve } from "./statistics/equity-curve.ts";
import type { StrategyState } from "./trading/strategy-state.ts";

/** Signals to enter: how many, and what became of those without a fill. */
export interface SignalCount {
  readonly fired: number;
  /** By code, such as "cooldown" or "below-min-notional". */
  readonly blocked: Readonly<Record<string, number>>;
  /** Close time of the newest candle that gave one, epoch ms; null when none did. */
  readonly lastAt: number | null;
}

interface Paid {
  readonly at: number;
  readonly fee: number;
}

export class BacktestRecord {
  readonly trades: Trade[] = [];
  /** Positions as they were opened, the one that is still open included. */
  readonly entries: Position[] = [];
  readonly curve: EquityCurve;
  readonly #state: StrategyState;
  readonly #paid: Paid[] = [];
  readonly #blocked: Record<string, number> = {};
  #fired = 0;
  #lastSignalAt: number | null = null;
  #closes = 0;
  #run: StrategyState["run"] | null = null;
  #balance = 0;
  /** Base amount held, negative when short. */
  #held = 0;

  /** `candles`: how many closes there will be. */
  constructor(state: StrategyState, candles: number) {
    this.#state = state;
    this.curve = { times: new Float64Array(candles), values: new Float64Array(candles) };
  }

  get signals(): SignalCount {
    return { fired: this.#fired, blocked: this.#blocked, lastAt: this.#lastSignalAt };
  }

  /** Fees of the fills in a stretch of time, quote currency; `until` is exclusive. */
  feesBetween(from: number, until: number): number {
    let fees = 0;
    for (const { at, fee } of this.#paid) if (at >= from && at < until) fees += fee;
    return fees;
  }

  /** Fault: strategy-halted {reason} when the engine stopped the strategy. */
  note(effects: readonly Effect[]): void {
    for (const effect of effects) {
      switch (effect.kind) {
        case "record-trade":
          this.trades.push(effect.trade);
          break;
        case "save-position":
          if (effect.position.closedAt === null) this.entries.push(effect.position);
          break;
        case "record-fill":
          this.#paid.push({ at: effect.fill.at, fee: Number(effect.fill.fee) });
          break;
        case "record-decision":
          if (effect.decision.kind.startsWith("enter")) this.#noteSignal(effect.decision);
          break;
        case "save-order":
          this.#noteRefusal(effect.order);
          break;
        case "save-strategy":
          if (effect.strategy.haltedBy !== null) {
            throw new Fault("strategy-halted", { reason: effect.strategy.haltedBy });
          }
          break;
        default:
          break;
      }
    }
  }

  /** Marks to market at the close of an own candle. */
  mark({ openTime, timeframe, close }: Candle): void {
    const { run, position } = this.#state;
    if (run !== this.#run) {
      this.#run = run;
      this.#balance = floatOf(run.balance);
      const amount = floatOf(position?.amount ?? "0");
      this.#held = position?.side === "short" ? -amount : amount;
    }
    const value = this.#held === 0 ? 0 : this.#held * floatOf(close);
    this.curve.times[this.#closes] = openTime + timeframeMs(timeframe);
    this.curve.values[this.#closes] = this.#balance + value;
    this.#closes++;
  }

  #noteSignal({ outcome, candleCloseTime }: { outcome: string; candleCloseTime: number }): void {
    this.#fired++;
    this.#lastSignalAt = candleCloseTime;
    if (outcome !== "ordered") this.#noteBlocked(outcome);
  }

  /** An entry that was ordered and not filled; exits always are. */
  #noteRefusal({ state, purpose, refusal }: Order): void {
    const isOver = state === "rejected" || state === "canceled";
    if (isOver && purpose === "entry" && refusal !== null) this.#noteBlocked(refusal);
  }

  #noteBlocked(code: string): void {
    this.#blocked[code] = (this.#blocked[code] ?? 0) + 1;
  }
}
