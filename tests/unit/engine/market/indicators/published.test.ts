/** Kernels against figures published by others. */
import { expect, it } from "vitest";

import { createKernel } from "../../../../../src/engine/market/indicators/create-kernel.ts";
import { runKernel } from "../../../../../src/engine/market/indicators/run-kernel.ts";
import { PUBLISHED } from "./published-samples.ts";
import { sample } from "./series.ts";

it.each(PUBLISHED)("$indicator $params gives the figures of $source", (published) => {
  const { indicator, params, candles, outputs, tolerance } = published;
  const columns = runKernel(createKernel(indicator, params), sample(candles));
  for (const [output, expected] of Object.entries(outputs)) {
    const last = columns[Number(output)]!.slice(-expected.length);
    expected.forEach((value, i) => {
      const isNear = Math.abs(last[i]! - value) <= tolerance;
      if (!isNear) expect({ i, value: last[i] }).toEqual({ i, value });
    });
  }
});
