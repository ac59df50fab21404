/**
 * On which scale the values of a series live: that of prices, of volume, or one of their own. Charts
 * draw what shares a scale together.
 */
import type { Series } from "../../domain/rule.ts";

/** "price", "volume", "none" for what has no scale of its own, or a key such as "rsi". */
export type Scale = string;

export const PRICE: Scale = "price";
export const VOLUME: Scale = "volume";
const NONE: Scale = "none";

type Indicator = Extract<Series, { kind: "indicator" }>;

/** Averages and extremes: as large as what they read. */
const LIKE_SOURCE: ReadonlySet<string> = new Set(
  "sma ema wma dema tema hma vwma highest lowest".split(" "),
);
const PRICE_OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  bb: ["middle", "upper", "lower"],
  donchian: ["upper", "lower", "middle"],
  keltner: ["middle", "upper", "lower"],
  vwap: ["value"],
  psar: ["value"],
  supertrend: ["line"],
  ichimoku: ["conversion", "base", "spana", "spanb"],
};

export function scaleOf(series: Series): Scale {
  switch (series.kind) {
    case "number":
    case "profit":
    case "held":
      return NONE;
    case "price":
      return series.field === "volume" ? VOLUME : PRICE;
    case "indicator":
      return indicatorScale(series);
    case "offset":
    case "at":
    case "negate":
      return scaleOf(series.operand);
    case "arithmetic":
      return arithmeticScale(series);
  }
}

function indicatorScale({ name, output, source }: Indicator): Scale {
  if (LIKE_SOURCE.has(name)) return source === null ? PRICE : scaleOf(source);
  const onPrice = PRICE_OUTPUTS[name];
  if (onPrice === undefined) return name;
  if (!onPrice.includes(output)) return `${name}.${output}`;
  return source === null ? PRICE : scaleOf(source);
}

/** A price plus some percent is a price; a price over a price, or less a price, is none. */
function arithmeticScale(series: Extract<Series, { kind: "arithmetic" }>): Scale {
  const { operator } = series;
  const [left, right] = [scaleOf(series.left), scaleOf(series.right)];
  if (right === NONE && !(operator === "/" && left === NONE)) return left;
  if (left === NONE) return operator === "/" ? `1/${right}` : right;
  const isSpread = /^(?:atr|stddev)$/.test(right) && left === PRICE;
  if ((operator === "+" || operator === "-") && isSpread) return PRICE;
  return `${left}${operator}${right}`;
}
