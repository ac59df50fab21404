/**
 * From a name of the catalogue to a kernel. The table and the catalogue hold the same names (a test
 * compares them); parameters are checked once more here, for a kernel with a wrong one would compute
 * something plausible.
 */
import { Fault } from "../../../domain/fault.ts";
import { allowsValue, INDICATORS } from "../../../domain/indicator.ts";
import type { Kernel } from "../kernel.ts";
import { bb, donchian, keltner } from "./bands.ts";
import { adx, aroon, atr } from "./directional.ts";
import {
  dema,
  ema,
  highest,
  hma,
  lowest,
  sma,
  stddev,
  tema,
  vwma,
  wma,
} from "./moving-averages.ts";
import { cci, macd, roc, rsi, stoch, stochrsi, trix, willr } from "./oscillators.ts";
import { ichimoku, psar, supertrend } from "./trend.ts";
import { cmf, mfi, obv, vwap } from "./volume.ts";

type Maker = (...params: number[]) => Kernel;

const MAKERS: ReadonlyMap<string, Maker> = new Map(
  Object.entries<Maker>({
    sma,
    ema,
    wma,
    dema,
    tema,
    hma,
    vwma,
    stddev,
    highest,
    lowest,
    rsi,
    roc,
    trix,
    macd,
    stochrsi,
    stoch,
    cci,
    willr,
    bb,
    donchian,
    keltner,
    atr,
    adx,
    aroon,
    mfi,
    cmf,
    obv,
    vwap,
    psar,
    supertrend,
    ichimoku,
  }),
);

/** Names that have a kernel. */
export const KERNEL_NAMES: readonly string[] = [...MAKERS.keys()];

/**
 * A kernel at its beginning. `params` are complete and in the catalogue's order.
 * Faults: unknown-indicator {name}; bad-indicator-parameter {name, parameter, value}.
 */
export function createKernel(name: string, params: readonly number[]): Kernel {
  const spec = INDICATORS.get(name);
  const make = MAKERS.get(name);
  if (spec === undefined || make === undefined) throw new Fault("unknown-indicator", { name });
  const count = Math.max(spec.params.length, params.length);
  for (let i = 0; i < count; i++) {
    const parameter = spec.params[i];
    const value = params[i];
    if (parameter !== undefined && value !== undefined && allowsValue(parameter, value)) continue;
    const facts = { name, parameter: parameter?.name ?? i + 1, value: value ?? null };
    throw new Fault("bad-indicator-parameter", facts);
  }
  return make(...params);
}
