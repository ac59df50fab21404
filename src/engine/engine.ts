/**
 * The engine: one synchronous function from state and event to effects. It has no clock, no
 * randomness and does no I/O; backtest, paper trading and recovery are this same code with another
 * source of events. The caller commits the effects of a step before it acts on them.
 */
import type { Candle, CandleFrame } from "../domain/candle.ts";
import type { Instrument } from "../domain/instrument.ts";
import { closeTimeOf, TIMEFRAMES, type Timeframe } from "../domain/timeframe.ts";
import type { CommandResult } from "./command.ts";
import type { Effect } from "./effect.ts";
import type { EngineEvent, HistoryNeed, Step } from "./event.ts";
import { emptyBar, readCandle } from "./market/candle-series.ts";
import { overtakenCandle } from "./market/price-tracker.ts";
import type { SymbolMarket } from "./market/symbol-market.ts";
import { Registry } from "./registry.ts";
import { unlisted, watchRestored } from "./restore.ts";
import { ENGINE_DEFAULTS, type EngineSettings, LONGEST_FIRST } from "./settings.ts";
import { executeNoted } from "./trading/circumstances.ts";
import { judgeClose, judgeForming } from "./trading/judgement.ts";
import { endPauses } from "./trading/pausing.ts";
import { takeOvertaken, takePrice } from "./trading/prices.ts";
import { notify, recordCircumstance, type Counters, type Turn } from "./trading/turn.ts";

export class Engine {
  readonly settings: EngineSettings;
  readonly registry: Registry;
  readonly counters: Counters = { analyses: 0, trades: 0, revisions: 0, entriesMissed: 0 };

  constructor(settings: Partial<EngineSettings> = {}) {
    this.settings = { ...ENGINE_DEFAULTS, ...settings };
    this.registry = new Registry(this.settings);
  }

  /** Lets one event happen. */
  step(event: EngineEvent): Step {
    const turn = this.#turn(timeOf(event), event.kind === "backfill");
    return { result: this.#handle(turn, event), effects: turn.effects };
  }

  /** Symbols that strategies or open positions need. */
  symbols(): readonly string[] {
    return [...this.registry.markets.keys()].toSorted();
  }

  /** First ms after the newest candle taken in, or null while there is none. */
  closedUntil(symbol: string, timeframe: Timeframe): number | null {
    const until = this.registry.markets.get(symbol)?.group(timeframe).closedUntil;
    return until === undefined || !Number.isFinite(until) ? null : until;
  }

  /** History to be fetched before some strategies can trade, longest timeframes first. */
  historyNeeds(): readonly HistoryNeed[] {
    const needs: HistoryNeed[] = [];
    for (const market of this.registry.markets.values()) {
      for (const { timeframe, missing } of market.groups) {
        if (missing > 0) needs.push({ symbol: market.symbol, timeframe, candles: missing });
      }
    }
    return needs;
  }

  #turn(at: number, outage: boolean): Turn {
    const effects: Effect[] = [];
    return { at, effects, outage, settings: this.settings, counters: this.counters };
  }

  #handle(turn: Turn, event: EngineEvent): CommandResult | null {
    switch (event.kind) {
      case "frame":
        this.#frame(turn, event.frame, event);
        return null;
      case "backfill":
        this.#backfill(turn, event.symbol, event.candles);
        return null;
      case "warm-up":
        this.#warmUp(event);
        return null;
      case "instrument":
        this.#learn(turn, event.instrument);
        return null;
      case "delisted":
        this.#delist(turn, event.symbol);
        return null;
      case "command": {
        const result = executeNoted(turn, this.registry, event.command);
        this.#replayStale();
        return result;
      }
      case "tick":
        this.#tick(turn);
        return null;
      case "recovered":
        this.#tellRecovered(turn, event);
        return null;
    }
  }

  #learn(turn: Turn, instrument: Instrument): void {
    this.registry.instruments.set(instrument.symbol, instrument);
    const market = this.registry.markets.get(instrument.symbol);
    if (market === undefined) return;
    market.instrument = instrument;
    watchRestored(turn, this.registry, market, instrument);
  }

  /** Its positions stay known and watched, though nothing can be traded. */
  #delist(turn: Turn, symbol: string): void {
    const instrument = this.registry.instruments.get(symbol) ?? unlisted(this.registry, symbol);
    if (instrument !== null) this.#learn(turn, { ...instrument, status: "DELISTED" });
  }

  #frame(turn: Turn, frame: CandleFrame, push: FramePush): void {
    const { candle, closed } = frame;
    const market = this.registry.markets.get(candle.symbol);
    if (market === undefined) return;
    // A closing push comes a little after its candle; its prices were made within it.
    const time = Math.min(frame.eventTime, closeTimeOf(candle.timeframe, candle.openTime));
    if (candle.timeframe === market.detail.timeframe || push.pricesToo === true) {
      if (push.afterGap) recordBreak(turn, market, time);
      const isTold = market.isIdle && market.tracker.note(candle, time, closed);
      if (!isTold) this.#price(turn, market, candle, { time, closed, afterGap: push.afterGap });
    }
    if (closed) this.#close(turn, market, candle);
    this.#takeTurns(turn, market);
    if (!closed) this.#forming(turn, market, candle);
  }

  /** A candle that newer prices have overtaken still reaches the stops, once. */
  #price(
    turn: Turn,
    market: SymbolMarket,
    candle: Candle,
    push: { time: number; closed: boolean; afterGap: boolean },
  ): void {
    const update = market.tracker.update(candle, push);
    if (update !== null) takePrice(turn, market, update);
    else if (push.closed && market.awaits(candle)) {
      takeOvertaken(turn, market, overtakenCandle(candle, push.time));
    }
  }

  #forming(turn: Turn, market: SymbolMarket, candle: Candle): void {
    const group = market.group(candle.timeframe);
    if (candle.openTime < group.closedUntil || market.hasWaiting(group)) return;
    readCandle(candle, group.forming);
    judgeForming(turn, group);
  }

  /** Takes missed candles in the order in which the market made them, prices before judgements. */
  #backfill(turn: Turn, symbol: string, candles: readonly Candle[]): void {
    const market = this.registry.markets.get(symbol);
    if (market === undefined) return;
    const closedAt = (candle: Candle) => candle.openTime + market.group(candle.timeframe).lengthMs;
    const rank = ({ timeframe }: Candle) =>
      timeframe === market.detail.timeframe ? -1 : LONGEST_FIRST.indexOf(timeframe);
    const inOrder = candles.toSorted((a, b) => closedAt(a) - closedAt(b) || rank(a) - rank(b));
    recordMissed(turn, market, inOrder);
    for (const candle of inOrder) {
      if (candle.timeframe === market.detail.timeframe) {
        const push = { time: closedAt(candle) - 1, closed: true, afterGap: true };
        this.#price(turn, market, candle, push);
      }
      this.#close(turn, market, candle);
      this.#takeTurns(turn, market);
    }
  }

  #close(turn: Turn, market: SymbolMarket, candle: Candle): void {
    if (market.close(candle, turn.at) !== "revised") return;
    this.counters.revisions++;
    const { symbol, openTime: at } = candle;
    const until = at + market.group(candle.timeframe).lengthMs;
    recordCircumstance(turn, { kind: "revised", symbol, at, until });
    turn.effects.push({ kind: "save-candle", candle });
  }

  #takeTurns(turn: Turn, market: SymbolMarket): void {
    for (let due = market.nextInTurn(turn.at); due !== null; due = market.nextInTurn(turn.at)) {
      // Stored with what is decided on it: a candle that was not judged must come again.
      turn.effects.push({ kind: "save-candle", candle: due.candle });
      const bar = readCandle(due.candle, due.group.closing);
      due.group.append(bar);
      judgeClose(turn, due.group, bar);
    }
  }

  #warmUp(event: Extract<EngineEvent, { kind: "warm-up" }>): void {
    const market = this.registry.markets.get(event.symbol);
    const bars = event.candles.map((candle) => readCandle(candle, emptyBar()));
    market?.group(event.timeframe).warmUp(bars, event.complete);
    market?.replayReadersOf(event.timeframe);
  }

  /** New plans learn the past from the candles already held. */
  #replayStale(): void {
    for (const market of this.registry.markets.values()) {
      for (const group of market.groups) if (group.graph.stale) group.replay();
    }
  }

  #tick(turn: Turn): void {
    endPauses(turn, this.registry);
    for (const market of this.registry.markets.values()) {
      this.#takeTurns(turn, market);
      for (const timeframe of TIMEFRAMES) {
        for (const plan of market.group(timeframe).plans.values()) this.registry.sweep(plan);
      }
    }
  }

  #tellRecovered(turn: Turn, event: Extract<EngineEvent, { kind: "recovered" }>): void {
    recordCircumstance(turn, { kind: "away", at: event.from, until: event.until });
    for (const owner of this.registry.owners.values()) {
      if (owner.strategies.size === 0) continue;
      const open = [...owner.strategies.values()].filter((state) => state.position !== null);
      notify(turn, owner.id, `recovered:${event.from}:${event.until}`, {
        kind: "recovery-receipt",
        from: event.from,
        until: event.until,
        candlesReplayed: event.candlesReplayed,
        openPositions: open.length,
        exitsDuringOutage: owner.exitsDuringOutage,
        entriesMissed: owner.entriesMissed,
      });
      owner.exitsDuringOutage = 0;
      owner.entriesMissed = 0;
    }
  }
}

/** Prices that were missed: from the first minute that was, or the close of what is longer. */
function recordMissed(turn: Turn, market: SymbolMarket, candles: readonly Candle[]): void {
  const { symbol, detail } = market;
  let at = turn.at;
  for (const { timeframe, openTime } of candles) {
    const isDetail = timeframe === detail.timeframe;
    at = Math.min(at, isDetail ? openTime : openTime + market.group(timeframe).lengthMs);
  }
  recordCircumstance(turn, { kind: "unseen", symbol, at, until: turn.at });
}

/** The stream of prices was interrupted since the last one. */
function recordBreak(turn: Turn, { symbol, tracker }: SymbolMarket, until: number): void {
  const at = tracker.point?.time;
  if (at !== undefined && at < until) {
    recordCircumstance(turn, { kind: "unseen", symbol, at, until });
  }
}

type FramePush = Pick<Extract<EngineEvent, { kind: "frame" }>, "afterGap" | "pricesToo">;

function timeOf(event: EngineEvent): number {
  switch (event.kind) {
    case "frame":
      return event.frame.receivedAt;
    case "recovered":
      return event.until;
    case "warm-up":
    case "instrument":
    case "delisted":
      return 0;
    default:
      return event.at;
  }
}
