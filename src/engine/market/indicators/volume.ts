/** Indicators that weigh prices by what was traded: MFI, CMF, OBV, VWAP. */
import type { Kernel } from "../kernel.ts";
import { typicalPrice } from "./averages.ts";
import { candleKernel, cell } from "./planned-kernel.ts";
import { Window } from "./window.ts";

const DAY_MS = 86_400_000;

/**
 * Quong and Soudack: an RSI of money flow. A candle whose typical price equals the one before counts
 * for neither side, as in TA-Lib; 50 when nothing flowed at all.
 */
export function mfi(period: number): Kernel {
  return candleKernel(1, (layout) => {
    const before = layout.reserve(1, NaN);
    const inflows = new Window(layout, period);
    const outflows = new Window(layout, period);
    return (state, bar) => {
      const price = typicalPrice(bar);
      const change = price - cell(state, before);
      state[before] = price;
      if (Number.isNaN(change)) return;
      const flow = price * bar.volume;
      inflows.push(state, change > 0 ? flow : 0);
      outflows.push(state, change < 0 ? flow : 0);
      const inflow = inflows.sum(state);
      const total = inflow + outflows.sum(state);
      state[0] = total === 0 ? 50 : (100 * inflow) / total;
    };
  });
}

/** Chaikin: from -1 (all closes at the low) to 1 (at the high), weighted by volume. */
export function cmf(period: number): Kernel {
  return candleKernel(1, (layout) => {
    const flows = new Window(layout, period);
    const volumes = new Window(layout, period);
    return (state, bar) => {
      const range = bar.high - bar.low;
      const place = range === 0 ? 0 : (bar.close - bar.low - (bar.high - bar.close)) / range;
      flows.push(state, place * bar.volume);
      volumes.push(state, bar.volume);
      const volume = volumes.sum(state);
      state[0] = volume === 0 ? 0 : flows.sum(state) / volume;
    };
  });
}

/** Granville 1963, counted from 0 on the first candle; only its changes mean anything. */
export function obv(): Kernel {
  return candleKernel(1, (layout) => {
    const before = layout.reserve(1, NaN);
    const total = layout.reserve(1);
    return (state, bar) => {
      const close = cell(state, before);
      if (bar.close > close) state[total] = cell(state, total) + bar.volume;
      if (bar.close < close) state[total] = cell(state, total) - bar.volume;
      state[before] = bar.close;
      state[0] = cell(state, total);
    };
  });
}

/**
 * Typical price weighted by volume since 00:00 UTC; the typical price itself before any trade. Kept
 * as a mean that moves by each candle's share of the volume, so that it stands still with the price.
 */
export function vwap(): Kernel {
  return candleKernel(1, (layout) => {
    const day = layout.reserve(1, NaN);
    const mean = layout.reserve(1);
    const volume = layout.reserve(1);
    return (state, bar) => {
      const today = Math.floor(bar.openTime / DAY_MS);
      const before = today === cell(state, day) ? cell(state, volume) : 0;
      const total = before + bar.volume;
      const price = typicalPrice(bar);
      const distance = price - cell(state, mean);
      state[day] = today;
      state[volume] = total;
      state[mean] = before === 0 ? price : cell(state, mean) + (distance * bar.volume) / total;
      state[0] = cell(state, mean);
    };
  });
}
