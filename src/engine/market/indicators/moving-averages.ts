/**
 * Moving averages and other plain statistics of one series. Exponential ones are started with the
 * simple mean of their first values (as TA-Lib and technicalindicators do), so their start fades
 * only after some ten periods.
 */
import type { Kernel } from "../kernel.ts";
import { exponentialMean, MovingMean } from "./averages.ts";
import { isPlausible, sourceKernel } from "./planned-kernel.ts";
import { Window } from "./window.ts";

export function sma(period: number): Kernel {
  return sourceKernel(1, (layout) => {
    const mean = new MovingMean(layout, period);
    return (state, value) => {
      state[0] = mean.next(state, value);
    };
  });
}

export function ema(period: number): Kernel {
  return sourceKernel(1, (layout) => {
    const mean = exponentialMean(layout, period);
    return (state, value) => {
      state[0] = mean.next(state, value);
    };
  });
}

/** Weights rise linearly to the newest value. */
export function wma(period: number): Kernel {
  return windowKernel(period, (window, state) => window.weightedMean(state));
}

/** 2 EMA - EMA of EMA (Mulloy 1994). */
export function dema(period: number): Kernel {
  return sourceKernel(1, (layout) => {
    const first = exponentialMean(layout, period);
    const second = exponentialMean(layout, period);
    return (state, value) => {
      const once = first.next(state, value);
      state[0] = 2 * once - second.next(state, once);
    };
  });
}

/** 3 EMA - 3 EMA of EMA + EMA of EMA of EMA (Mulloy 1994). */
export function tema(period: number): Kernel {
  return sourceKernel(1, (layout) => {
    const first = exponentialMean(layout, period);
    const second = exponentialMean(layout, period);
    const third = exponentialMean(layout, period);
    return (state, value) => {
      const once = first.next(state, value);
      const twice = second.next(state, once);
      state[0] = 3 * (once - twice) + third.next(state, twice);
    };
  });
}

/** Hull: WMA of (2 WMA(n / 2) - WMA(n)) over the square root of n, both rounded down. */
export function hma(period: number): Kernel {
  return sourceKernel(1, (layout) => {
    const half = new Window(layout, Math.floor(period / 2));
    const whole = new Window(layout, period);
    const smooth = new Window(layout, Math.floor(Math.sqrt(period)));
    return (state, value) => {
      half.push(state, value);
      whole.push(state, value);
      if (!whole.isFull(state)) return;
      smooth.push(state, 2 * half.weightedMean(state) - whole.weightedMean(state));
      state[0] = smooth.weightedMean(state);
    };
  });
}

/** Weights are the candles' volumes; the simple mean where nothing was traded. */
export function vwma(period: number): Kernel {
  return sourceKernel(1, (layout) => {
    const values = new Window(layout, period);
    const products = new Window(layout, period);
    const volumes = new Window(layout, period);
    return (state, value, { volume }) => {
      if (!isPlausible(volume)) {
        state[0] = NaN;
        return;
      }
      values.push(state, value);
      products.push(state, value * volume);
      volumes.push(state, volume);
      const traded = volumes.sum(state);
      const isPlain = values.isFlat(state) || traded === 0;
      state[0] = isPlain ? values.mean(state) : products.sum(state) / traded;
    };
  });
}

/** Population standard deviation. */
export function stddev(period: number): Kernel {
  return windowKernel(period, (window, state) => window.deviation(state, window.mean(state)));
}

export function highest(period: number): Kernel {
  return windowKernel(period, (window, state) => window.highest(state));
}

export function lowest(period: number): Kernel {
  return windowKernel(period, (window, state) => window.lowest(state));
}

function windowKernel(
  period: number,
  read: (window: Window, state: Float64Array) => number,
): Kernel {
  return sourceKernel(1, (layout) => {
    const window = new Window(layout, period);
    return (state, value) => {
      window.push(state, value);
      state[0] = read(window, state);
    };
  });
}
