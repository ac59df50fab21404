/**
 * Which values a pane shows. What the pane is about decides: candles where there are any. What goes
 * with them (averages, stops, fills) may widen it, but nothing far away may press the candles flat.
 */
import type { Columns, Layer, Line, Pane } from "./picture.ts";
import type { Range } from "./value-axis.ts";

/** How far companions may widen the range on each side, a share of the leaders' span. */
const REACH = 0.8;

export function paneRange(
  { layers, reach = REACH, includes = [] }: Pane,
  from: number,
  until: number,
): Range {
  const hasCandles = layers.some(({ kind }) => kind === "candles");
  const leads = new Extent();
  for (const layer of layers) {
    if (!hasCandles || layer.kind === "candles") takeLayer(leads, layer, { from, until });
  }
  for (const value of includes) leads.take(value);
  if (!hasCandles) return leads.range;
  const { low, high } = leads.range;
  const room = Math.max((high - low) * reach, Math.abs(high) * 0.002);
  const all = new Extent({ low: low - room, high: high + room });
  for (const layer of layers) takeLayer(all, layer, { from, until });
  return all.range;
}

/** Lowest and highest of what it is given, what lies outside its bounds left out. */
class Extent {
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;
  readonly #bounds: Range;

  constructor(bounds: Range = { low: -Infinity, high: Infinity }) {
    this.#bounds = bounds;
  }

  get range(): Range {
    return { low: this.#low, high: this.#high };
  }

  take(value: number): void {
    if (!Number.isFinite(value)) return;
    if (value < this.#bounds.low || value > this.#bounds.high) return;
    this.#low = Math.min(this.#low, value);
    this.#high = Math.max(this.#high, value);
  }
}

function takeLayer(extent: Extent, layer: Layer, within: { from: number; until: number }): void {
  const { from, until } = within;
  switch (layer.kind) {
    case "candles":
      takeColumns(extent, layer.columns, within);
      break;
    case "volume":
      extent.take(0);
      layer.columns.volume.forEach((volume) => extent.take(volume));
      break;
    case "area":
      extent.take(0);
      takeLine(extent, layer.line, within);
      break;
    case "line":
      takeLine(extent, layer.line, within);
      break;
    case "levels":
      for (const level of layer.levels) {
        if (level.until >= from && level.from <= until) extent.take(level.value);
      }
      break;
    case "links":
      for (const { entry, exit } of layer.links) [entry, exit].forEach((one) => extent.take(one));
      break;
    case "marks":
      for (const { at, value } of layer.marks) if (at >= from && at <= until) extent.take(value);
      break;
  }
}

function takeColumns(
  extent: Extent,
  { times, spanMs, low, high }: Columns,
  { from, until }: { from: number; until: number },
): void {
  for (const [i, time] of times.entries()) {
    if (time + spanMs <= from || time >= until) continue;
    extent.take(low[i] ?? NaN);
    extent.take(high[i] ?? NaN);
  }
}

function takeLine(
  extent: Extent,
  { times, values }: Line,
  { from, until }: { from: number; until: number },
): void {
  for (const [i, time] of times.entries()) {
    if (time >= from && time <= until) extent.take(values[i] ?? NaN);
  }
}
