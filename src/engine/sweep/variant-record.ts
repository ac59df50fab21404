/**
 * What is written down of one variant while many run side by side: figures of each part as it goes by,
 * and daily returns. No trade and no equity is kept, so that a thousand variants fit into memory.
 */
import { Fault } from "../../domain/fault.ts";
import type { StrategyState } from "../trading/strategy-state.ts";
import type { Part } from "./windows.ts";

/** When a part of a window was, epoch ms; `until`: first ms after it. */
export interface PartTime {
  readonly side: Part["side"];
  readonly from: number;
  readonly until: number;
}

/** One part of one window. Equity is marked to market at each close of an own candle. */
export interface PartFigures extends PartTime {
  /** 100 * (equity at the end / equity at the beginning - 1). */
  readonly returnPercent: number;
  /** Deepest fall below the highest equity of this part so far, percent. */
  readonly maxDrawdownPercent: number;
  /** Closed within it. */
  readonly trades: number;
  readonly wins: number;
  /** Change of equity on each UTC day; 0.01 is one percent. */
  readonly dailyReturns: readonly number[];
}

export class VariantRecord {
  readonly parts: PartFigures[] = [];
  readonly #state: StrategyState;
  #run: StrategyState["run"];
  #balance: number;
  /** Base amount held, negative when short. */
  #held = 0;
  #equity: number;
  #began: { equity: number; trades: number; wins: number };
  #peak: number;
  #fall = 0;
  #dayBegan: number;
  #returns: number[] = [];

  /** `state`: of a strategy that has not traded yet. */
  constructor(state: StrategyState) {
    this.#state = state;
    this.#run = state.run;
    this.#balance = Number(state.run.balance);
    this.#equity = this.#balance;
    this.#peak = this.#balance;
    this.#dayBegan = this.#balance;
    this.#began = { equity: this.#balance, trades: 0, wins: 0 };
  }

  /** Marks to market at the close of an own candle. */
  mark(close: number): void {
    const { run } = this.#state;
    if (run !== this.#run) this.#noteRun(run);
    else if (this.#held === 0) return;
    const equity = this.#held === 0 ? this.#balance : this.#balance + this.#held * close;
    this.#equity = equity;
    if (equity >= this.#peak) this.#peak = equity;
    else this.#fall = Math.max(this.#fall, (this.#peak - equity) / this.#peak);
  }

  /** A UTC day is over, and `quietDays` without a candle after it. */
  endDay(quietDays: number): void {
    const before = this.#dayBegan;
    this.#returns.push(before === 0 ? 0 : this.#equity / before - 1);
    for (let day = 0; day < quietDays; day++) this.#returns.push(0);
    this.#dayBegan = this.#equity;
  }

  /** The last candle of a part has been marked. Fault: strategy-halted {reason}. */
  endPart(time: PartTime): void {
    const { haltedBy } = this.#state.strategy;
    if (haltedBy !== null) throw new Fault("strategy-halted", { reason: haltedBy });
    this.endDay(0);
    const { trades, wins } = this.#state.run;
    const { equity } = this.#began;
    this.parts.push({
      ...time,
      returnPercent: equity === 0 ? 0 : 100 * (this.#equity / equity - 1),
      maxDrawdownPercent: 100 * this.#fall,
      trades: trades - this.#began.trades,
      wins: wins - this.#began.wins,
      dailyReturns: this.#returns,
    });
    this.#began = { equity: this.#equity, trades, wins };
    this.#peak = this.#equity;
    this.#fall = 0;
    this.#returns = [];
  }

  #noteRun(run: StrategyState["run"]): void {
    const { position } = this.#state;
    this.#run = run;
    this.#balance = Number(run.balance);
    const amount = Number(position?.amount ?? 0);
    this.#held = position?.side === "short" ? -amount : amount;
  }
}
