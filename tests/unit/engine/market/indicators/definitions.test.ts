/** Every kernel against the textbook definition of its indicator, in lively and awkward markets. */
import { describe, expect, it } from "vitest";

import { INDICATORS } from "../../../../../src/domain/indicator.ts";
import { createKernel } from "../../../../../src/engine/market/indicators/create-kernel.ts";
import { runKernel } from "../../../../../src/engine/market/indicators/run-kernel.ts";
import { expectAgreement, level } from "./agreement.ts";
import { define } from "./definitions.ts";
import { AWKWARD, LIVELY, toColumns } from "./series.ts";

/** Parameters beside the defaults: short ones and ones that change the order of periods. */
const VARIANTS: Readonly<Record<string, readonly (readonly number[])[]>> = {
  sma: [[1], [20]],
  ema: [[1], [21]],
  wma: [[1], [9]],
  dema: [[1], [12]],
  tema: [[1], [12]],
  hma: [[2], [16], [21]],
  vwma: [[1], [7]],
  stddev: [[2]],
  highest: [[1], [13]],
  lowest: [[1], [13]],
  rsi: [[2], [14]],
  roc: [[1]],
  trix: [[1], [5]],
  macd: [
    [26, 12, 9],
    [3, 10, 16],
  ],
  bb: [[2, 1.5]],
  stochrsi: [
    [5, 8, 1, 1],
    [3, 4, 5, 6],
  ],
  atr: [[1]],
  adx: [[5]],
  aroon: [[1], [25]],
  stoch: [
    [5, 1, 1],
    [9, 4, 6],
  ],
  cci: [[5]],
  willr: [[1], [5]],
  mfi: [[1], [5]],
  cmf: [[1], [21]],
  psar: [
    [0.2, 2],
    [0.3, 0.1],
  ],
  ichimoku: [
    [5, 8, 3, 1],
    [9, 26, 52, 30],
  ],
  donchian: [[1]],
  keltner: [
    [5, 1.5, 20],
    [1, 1, 1],
  ],
  supertrend: [
    [1, 1],
    [7, 1.5],
  ],
};
/** Size of outputs that are points, shares or amounts rather than prices, by name or name.output. */
const SIZES: Readonly<Record<string, number>> = {
  rsi: 100,
  adx: 100,
  aroon: 100,
  stoch: 100,
  cci: 100,
  willr: 100,
  mfi: 100,
  roc: 100,
  trix: 100,
  cmf: 1,
  obv: 1000,
  "bb.width": 1,
  "bb.percent": 1,
  "supertrend.direction": 1,
  // Magnifies the last digits of an RSI that hardly moves any more.
  stochrsi: 100_000,
};

describe.each(Object.entries({ ...LIVELY, ...AWKWARD }))("in %s", (_market, bars) => {
  const candles = toColumns(bars);

  it.each([...INDICATORS.values()])("$name is what its definition says", (spec) => {
    const defaults = spec.params.map((parameter) => parameter.default);
    const isComplete = defaults.every((value) => value !== null);
    const variants = [...(isComplete ? [defaults] : []), ...(VARIANTS[spec.name] ?? [])];
    expect(variants.length).toBeGreaterThan(0);
    for (const params of variants) {
      const columns = runKernel(createKernel(spec.name, params), candles);
      const expected = define(spec.name, candles, params);
      expect(columns.length).toBe(spec.outputs.length);
      columns.forEach((column, output) => {
        const size = SIZES[spec.name] ?? SIZES[`${spec.name}.${spec.outputs[output]}`];
        const scale = size === undefined ? candles.close : level(column.length, size);
        expectAgreement(column, expected[output]!, scale);
      });
    }
  });
});
