/** Trend followers that are drawn on the chart: parabolic SAR, SuperTrend, Ichimoku. */
import type { Kernel } from "../kernel.ts";
import { AverageTrueRange, PriceRange } from "./averages.ts";
import { candleKernel, cell } from "./planned-kernel.ts";
import { Window } from "./window.ts";

/**
 * Wilder 1978, with the rules of Tulip Indicators: the first direction is that of the middles of
 * the first two candles; a reversal puts the stop at the extreme of the trend that ended.
 */
export function psar(step: number, max: number): Kernel {
  return candleKernel(1, (layout) => {
    const stop = layout.reserve(1, NaN);
    const rising = layout.reserve(1);
    const extreme = layout.reserve(1);
    const speed = layout.reserve(1);
    /** Highs and lows of the last candle and of the one before it. */
    const [high, high2] = [layout.reserve(1, NaN), layout.reserve(1, NaN)];
    const [low, low2] = [layout.reserve(1, NaN), layout.reserve(1, NaN)];

    const start = (state: Float64Array, isRising: boolean, from: number): void => {
      state[rising] = isRising ? 1 : 0;
      state[stop] = from;
      state[speed] = Math.min(step, max);
    };

    const follow = (state: Float64Array, barHigh: number, barLow: number): void => {
      const isRising = cell(state, rising) === 1;
      const best = cell(state, extreme);
      const reach = cell(state, speed) * (best - cell(state, stop)) + cell(state, stop);
      const limit = isRising
        ? Math.min(reach, cell(state, low), cell(state, low2))
        : Math.max(reach, cell(state, high), cell(state, high2));
      if (isRising ? barLow < limit : barHigh > limit) {
        const last = isRising ? Math.max(best, barHigh) : Math.min(best, barLow);
        start(state, !isRising, last);
        state[extreme] = isRising ? barLow : barHigh;
        return;
      }
      state[stop] = limit;
      if (isRising ? barHigh > best : barLow < best) {
        state[extreme] = isRising ? barHigh : barLow;
        state[speed] = Math.min(cell(state, speed) + step, max);
      }
    };

    return (state, bar) => {
      const isFirst = Number.isNaN(cell(state, high));
      if (!isFirst) {
        if (Number.isNaN(cell(state, stop))) {
          const isRising = bar.high + bar.low >= cell(state, high) + cell(state, low);
          start(state, isRising, cell(state, isRising ? low : high));
          state[extreme] = cell(state, isRising ? high : low);
        }
        follow(state, bar.high, bar.low);
        state[0] = cell(state, stop);
      }
      state[high2] = isFirst ? bar.high : cell(state, high);
      state[low2] = isFirst ? bar.low : cell(state, low);
      state[high] = bar.high;
      state[low] = bar.low;
    };
  });
}

/**
 * Outputs: line, direction. Bands of (high + low) / 2 ± `multiplier` ATR that only ever tighten
 * while the close before respected them; a close beyond the line turns it. It starts falling, as on
 * TradingView.
 */
export function supertrend(period: number, multiplier: number): Kernel {
  return candleKernel(2, (layout) => {
    const range = new AverageTrueRange(layout, period);
    const close = layout.reserve(1, NaN);
    const upper = layout.reserve(1, Infinity);
    const lower = layout.reserve(1, -Infinity);
    const direction = layout.reserve(1, -1);
    return (state, bar) => {
      const before = cell(state, close);
      state[close] = bar.close;
      const reach = range.next(state, bar) * multiplier;
      if (Number.isNaN(reach)) return;
      const middle = (bar.high + bar.low) / 2;
      const top = cell(state, upper);
      const bottom = cell(state, lower);
      const ceiling = middle + reach < top || before > top ? middle + reach : top;
      const floor = middle - reach > bottom || before < bottom ? middle - reach : bottom;
      const wasRising = cell(state, direction) === 1;
      const isRising = wasRising ? bar.close >= floor : bar.close > ceiling;
      state[upper] = ceiling;
      state[lower] = floor;
      state[direction] = isRising ? 1 : -1;
      state[0] = isRising ? floor : ceiling;
      state[1] = isRising ? 1 : -1;
    };
  });
}

/**
 * Outputs: conversion, base, and the two spans as drawn under the current candle: those computed
 * `shift` - 1 candles ago, for the shift counts the current candle (26 on TradingView moves by 25).
 */
export function ichimoku(conversion: number, base: number, span: number, shift: number): Kernel {
  return candleKernel(4, (layout) => {
    const short = new PriceRange(layout, conversion);
    const medium = new PriceRange(layout, base);
    const long = new PriceRange(layout, span);
    const spansA = new Window(layout, shift);
    const spansB = new Window(layout, shift);
    return (state, bar) => {
      short.push(state, bar);
      medium.push(state, bar);
      long.push(state, bar);
      const quick = short.middle(state);
      const calm = medium.middle(state);
      spansA.push(state, (quick + calm) / 2);
      spansB.push(state, long.middle(state));
      state[0] = quick;
      state[1] = calm;
      state[2] = spansA.oldest(state);
      state[3] = spansB.oldest(state);
    };
  });
}
