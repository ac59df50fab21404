/**
 * A small world around an engine for tests: one symbol, candles made of closes or of whole bars, and
 * the effects of every step kept for looking at.
 */
import type { Candle } from "../../src/domain/candle.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { Trade } from "../../src/domain/order.ts";
import { closeTimeOf, timeframeMs, type Timeframe } from "../../src/domain/timeframe.ts";
import type { Command, CommandResult, StrategyDraft } from "../../src/engine/command.ts";
import type { Effect } from "../../src/engine/effect.ts";
import { Engine } from "../../src/engine/engine.ts";
import type { EngineSettings } from "../../src/engine/settings.ts";

export const BTCUSDT: Instrument = {
  symbol: "BTCUSDT",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  status: "TRADING",
  tickSize: "0.01",
  stepSize: "0.00001",
  minQuantity: "0.00001",
  maxQuantity: "9000",
  minNotional: "5",
};

/** 2026-01-01T00:00:00Z: a boundary of every timeframe. */
export const START = Date.UTC(2026, 0, 1);

export interface BarShape {
  readonly open?: number;
  readonly high?: number;
  readonly low?: number;
  readonly close: number;
  readonly volume?: number;
}

export class EngineWorld {
  readonly engine: Engine;
  readonly effects: Effect[] = [];
  readonly symbol: string;
  #openTime = START;
  #lastClose = 100;

  constructor(settings: Partial<EngineSettings> = {}, instrument: Instrument = BTCUSDT) {
    this.engine = new Engine({ fee: "0", slippage: "0", ...settings });
    this.symbol = instrument.symbol;
    this.take({ kind: "instrument", instrument });
  }

  /** Open time of the next 1m candle. */
  get now(): number {
    return this.#openTime;
  }

  take(event: Parameters<Engine["step"]>[0]): readonly Effect[] {
    const { effects } = this.engine.step(event);
    this.effects.push(...effects);
    return effects;
  }

  command(command: Command): CommandResult {
    const { effects, result } = this.engine.step({ kind: "command", command, at: this.#openTime });
    this.effects.push(...effects);
    if (result === null) throw new Error("no answer to a command");
    return result;
  }

  adopt(ruleText: string, draft: Partial<StrategyDraft> = {}, ownerId = "ann"): number {
    const result = this.command({
      kind: "create-strategies",
      ownerId,
      drafts: [
        {
          name: "test",
          symbol: this.symbol,
          timeframe: "1m",
          ruleText,
          template: null,
          judging: "closed",
          active: true,
          startingBalance: "10000",
          ...draft,
        },
      ],
    });
    return result.items[0]!.number;
  }

  /** Lets one 1m candle happen: a push at its opening, then its close; longer ones close with it. */
  minute(shape: BarShape | number): void {
    const candle = this.candle("1m", this.#openTime, shape);
    const opened = {
      ...candle,
      high: candle.open,
      low: candle.open,
      close: candle.open,
      volume: "0",
    };
    this.push(opened, false, this.#openTime);
    this.push(candle, true, closeTimeOf("1m", this.#openTime) + 50);
    this.#openTime += timeframeMs("1m");
    this.#lastClose = Number(candle.close);
  }

  minutes(shapes: readonly (BarShape | number)[]): void {
    for (const shape of shapes) this.minute(shape);
  }

  /** Flat minutes, so that everything is warm. */
  warm(candles = 60, price = 100): void {
    this.minutes(Array.from({ length: candles }, () => price));
  }

  push(candle: Candle, closed: boolean, at: number, afterGap = false): void {
    this.take({
      kind: "frame",
      frame: { candle, closed, eventTime: at, receivedAt: at },
      afterGap,
    });
  }

  candle(timeframe: Timeframe, openTime: number, shape: BarShape | number): Candle {
    const bar = typeof shape === "number" ? { close: shape } : shape;
    const open = bar.open ?? this.#lastClose;
    return {
      symbol: this.symbol,
      timeframe,
      openTime,
      open: String(open),
      high: String(bar.high ?? Math.max(open, bar.close)),
      low: String(bar.low ?? Math.min(open, bar.close)),
      close: String(bar.close),
      volume: String(bar.volume ?? 1),
    };
  }

  /** Goes on from another world's time and price. */
  continueAt(openTime: number, lastClose: number): void {
    this.#openTime = openTime;
    this.#lastClose = lastClose;
  }

  /** Passes over time without pushes, as an outage does. */
  skip(minutes: number): void {
    this.#openTime += minutes * timeframeMs("1m");
  }

  of<Kind extends Effect["kind"]>(kind: Kind): Extract<Effect, { kind: Kind }>[] {
    return this.effects.filter(
      (effect): effect is Extract<Effect, { kind: Kind }> => effect.kind === kind,
    );
  }

  get trades(): Trade[] {
    return this.of("record-trade").map(({ trade }) => trade);
  }
}
