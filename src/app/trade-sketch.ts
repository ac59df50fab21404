/**
 * One trade as a picture shows it: candles around it, short enough that the trade fills the middle, and
 * what its stop did meanwhile by the engine's own arithmetic.
 */
import { candleColumns } from "../charts/thin.ts";
import type { TradeChart } from "../charts/trade-chart.ts";
import type { Candle } from "../domain/candle.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { Position } from "../domain/order.ts";
import { openTimeAt, timeframeMs, TIMEFRAMES, type Timeframe } from "../domain/timeframe.ts";
import { positionPath } from "../engine/charting/stop-path.ts";
import type { CandleRequest } from "../ports/market-data.ts";
import { parseRule } from "../rules/parse.ts";
import type { TradeReport } from "./queries.ts";

export interface TradeScene {
  readonly report: TradeReport;
  readonly opened: Position;
  readonly instrument: Instrument;
  readonly now: number;
}

/** Candles a trade should last at least in its picture, where finer ones exist. */
const LEAST_HELD = 16;
/** Candles of one picture, the trade and what was around it. */
const MAX_CANDLES = 160;
const LEAST_CANDLES = 40;
/** Shown before the entry and after the exit, shares of the time it was held. */
const BEFORE = 0.45;
const AFTER = 0.25;
const MAX_FETCHED = 5_000;

type Candles = (range: CandleRequest) => Promise<readonly Candle[]>;

export async function tradeChart(
  scene: TradeScene,
  candlesOf: Candles,
): Promise<TradeChart | null> {
  const { report, opened, instrument } = scene;
  const { trade } = report;
  const until = trade?.exitAt ?? scene.now;
  const price = report.position?.lastPrice ?? null;
  const now = price === null ? null : { at: scene.now, price };
  const signal = signalOf(scene);
  const timeframe = fittingTimeframe(opened, until);
  const range = rangeAround(opened, { until, now: scene.now, timeframe });
  const candles = await candlesOf(range);
  if (candles.length === 0) return null;
  const path = positionPath(
    {
      side: opened.side,
      entryPrice: opened.entryPrice,
      openedAt: opened.openedAt,
      ruleSince: opened.ruleSince,
      last: trade === null ? now : { at: trade.exitAt, price: trade.exitPrice },
      until,
      protections: parseRule(opened.ruleText, { timeframe: opened.timeframe }).protections,
    },
    candles,
    instrument,
  );
  return {
    columns: candleColumns(candles, timeframeMs(timeframe), MAX_CANDLES),
    side: opened.side,
    signal,
    entry: { at: opened.openedAt, price: Number(opened.entryPrice) },
    exit:
      trade === null
        ? null
        : { at: trade.exitAt, price: Number(trade.exitPrice), won: Number(trade.pnl) > 0 },
    now: trade !== null || now === null ? null : { at: now.at, price: Number(now.price) },
    ...path,
  };
}

/** The candle of the strategy's timeframe whose close made the entry's order. */
function signalOf({ report, opened }: TradeScene): TradeChart["signal"] {
  const order = report.orders.find(({ purpose }) => purpose === "entry");
  if (order === undefined) return null;
  const until = openTimeAt(opened.timeframe, order.fillFrom);
  return { from: until - timeframeMs(opened.timeframe), until };
}

const candlesIn = (ms: number, one: Timeframe): number => ms / timeframeMs(one);

/** The strategy's own, or a finer one for a trade that was over soon, or a coarser one for a long one. */
function fittingTimeframe({ openedAt, timeframe }: Position, until: number): Timeframe {
  const held = Math.max(1, until - openedAt);
  const whole = held * (1 + BEFORE + AFTER);
  const ofOwnOrFiner = TIMEFRAMES.slice(0, TIMEFRAMES.indexOf(timeframe) + 1).toReversed();
  const fine = ofOwnOrFiner.find((one) => candlesIn(held, one) >= LEAST_HELD) ?? "1m";
  if (candlesIn(whole, fine) <= MAX_FETCHED) return fine;
  return TIMEFRAMES.find((one) => candlesIn(whole, one) <= MAX_FETCHED) ?? "1d";
}

function rangeAround(
  { openedAt, symbol, timeframe: own }: Position,
  { until, now, timeframe }: { until: number; now: number; timeframe: Timeframe },
): CandleRequest {
  const lengthMs = timeframeMs(timeframe);
  const held = until - openedAt;
  // The signal's candle belongs into the picture.
  const before = Math.max(held * BEFORE, timeframeMs(own) + 4 * lengthMs);
  const wanted = Math.max(held * AFTER, 4 * lengthMs);
  const spare = Math.max(0, LEAST_CANDLES * lengthMs - before - held - wanted);
  const newest = openTimeAt(timeframe, now) - lengthMs;
  return {
    symbol,
    timeframe,
    from: Math.max(0, openTimeAt(timeframe, openedAt - before - spare / 2)),
    to: Math.min(newest, openTimeAt(timeframe, until + wanted + spare / 2)),
  };
}
