/**
 * The 42 built-in rules: seven families on six timeframes, long and short. Each is plain rule text in
 * canonical form that anyone can adopt, copy and edit. Conditions belong to the family, the widths of
 * the protections to the timeframe. The short timeframes use faster periods and no filter from
 * longer ones, so that they trade several times a day on a lively market.
 */
import { TIMEFRAMES } from "../domain/timeframe.ts";
import type { Timeframe } from "../domain/timeframe.ts";

export interface Template {
  /** `rsi-reversal-15m` */
  readonly key: string;
  /** `rsi-reversal` */
  readonly family: string;
  /** `RSI reversal 15m` */
  readonly title: string;
  readonly timeframe: Timeframe;
  readonly ruleText: string;
}

interface Family {
  readonly family: string;
  readonly title: string;
  /** Reversals aim at a target within a time; trends follow with a trailing stop. */
  readonly protections: "reversal" | "trend";
  readonly conditions: (timeframe: Timeframe) => Conditions;
}

interface Conditions {
  readonly enterLong: string;
  readonly exitLong: string;
  readonly enterShort: string;
  readonly exitShort: string;
}

/** Percentages and durations of the protections on one timeframe. */
interface Widths {
  readonly stop: string;
  readonly take: string;
  readonly trail: string;
  readonly after: string;
  readonly max: string;
  readonly cooldown: string;
}

const WIDTHS: Readonly<Record<Timeframe, Widths>> = {
  "1m": { stop: "0.4", take: "0.8", trail: "0.3", after: "0.4", max: "30m", cooldown: "2m" },
  "5m": { stop: "0.8", take: "1.6", trail: "0.6", after: "0.8", max: "3h", cooldown: "10m" },
  "15m": { stop: "1.2", take: "2.5", trail: "0.9", after: "1.2", max: "8h", cooldown: "30m" },
  "1h": { stop: "2", take: "5", trail: "1.5", after: "2", max: "2d", cooldown: "2h" },
  "4h": { stop: "4", take: "10", trail: "3", after: "4", max: "10d", cooldown: "8h" },
  "1d": { stop: "8", take: "20", trail: "6", after: "8", max: "60d", cooldown: "2d" },
};

/** Share of the run's equity staked on an entry, percent. */
const SIZE_PERCENT = 20;

/** The filter a reversal trades with: the trend of a longer timeframe where waiting for it is cheap. */
const LONGER_TREND: Readonly<Partial<Record<Timeframe, string>>> = {
  "15m": "ema(200)@4h",
  "1h": "ema(200)@4h",
  "4h": "ema(50)@1d",
};

const isFast = (timeframe: Timeframe): boolean => timeframe === "1m" || timeframe === "5m";

const FAMILIES: readonly Family[] = [
  {
    family: "rsi-reversal",
    title: "RSI reversal",
    protections: "reversal",
    conditions: (timeframe) => {
      const rsi = isFast(timeframe) ? "rsi(7)" : "rsi(14)";
      const trend = LONGER_TREND[timeframe];
      const filter = (sign: string): string =>
        trend === undefined ? "" : ` and close ${sign} ${trend}`;
      return {
        enterLong: `${rsi} crosses above 30${filter(">")}`,
        exitLong: `${rsi} > 70`,
        enterShort: `${rsi} crosses below 70${filter("<")}`,
        exitShort: `${rsi} < 30`,
      };
    },
  },
  {
    family: "ema-crossover",
    title: "EMA crossover",
    protections: "trend",
    conditions: () => ({
      enterLong: "ema(9) crosses above ema(21)",
      exitLong: "ema(9) crosses below ema(21)",
      enterShort: "ema(9) crosses below ema(21)",
      exitShort: "ema(9) crosses above ema(21)",
    }),
  },
  {
    family: "macd-momentum",
    title: "MACD momentum",
    protections: "trend",
    conditions: () => ({
      enterLong: "macd(12, 26, 9).histogram crosses above 0 and close > ema(50)",
      exitLong: "macd(12, 26, 9).histogram < 0",
      enterShort: "macd(12, 26, 9).histogram crosses below 0 and close < ema(50)",
      exitShort: "macd(12, 26, 9).histogram > 0",
    }),
  },
  {
    family: "bollinger-bounce",
    title: "Bollinger bounce",
    protections: "reversal",
    conditions: () => ({
      enterLong: "close crosses above bb(20, 2).lower",
      exitLong: "close > bb(20, 2).middle",
      enterShort: "close crosses below bb(20, 2).upper",
      exitShort: "close < bb(20, 2).middle",
    }),
  },
  {
    family: "donchian-breakout",
    title: "Donchian breakout",
    protections: "trend",
    conditions: () => ({
      enterLong: "close > donchian(20).upper[1]",
      exitLong: "close < donchian(10).lower[1]",
      enterShort: "close < donchian(20).lower[1]",
      exitShort: "close > donchian(10).upper[1]",
    }),
  },
  {
    family: "stochastic-trend",
    title: "Stochastic with trend filter",
    protections: "reversal",
    conditions: (timeframe) => {
      const trend = isFast(timeframe) ? "ema(50)" : "ema(100)";
      return {
        enterLong: `stoch(14, 3, 3).k crosses above 25 and close > ${trend}`,
        exitLong: "stoch(14, 3, 3).k > 80",
        enterShort: `stoch(14, 3, 3).k crosses below 75 and close < ${trend}`,
        exitShort: "stoch(14, 3, 3).k < 20",
      };
    },
  },
  {
    family: "adx-trend",
    title: "ADX trend",
    protections: "trend",
    conditions: () => ({
      enterLong: "adx(14) > 22 and adx(14).plus > adx(14).minus and ema(20) rising 3",
      exitLong: "adx(14).plus < adx(14).minus",
      enterShort: "adx(14) > 22 and adx(14).plus < adx(14).minus and ema(20) falling 3",
      exitShort: "adx(14).plus > adx(14).minus",
    }),
  },
];

/** All 42, by family and then from the shortest timeframe to the longest. */
export const TEMPLATES: readonly Template[] = FAMILIES.flatMap((family) =>
  TIMEFRAMES.map((timeframe) => ({
    key: `${family.family}-${timeframe}`,
    family: family.family,
    title: `${family.title} ${timeframe}`,
    timeframe,
    ruleText: ruleText(family, timeframe),
  })),
);

function ruleText(family: Family, timeframe: Timeframe): string {
  const { enterLong, exitLong, enterShort, exitShort } = family.conditions(timeframe);
  return [
    `enter long when ${enterLong}`,
    `exit long when ${exitLong}`,
    `enter short when ${enterShort}`,
    `exit short when ${exitShort}`,
    protectionsText(family.protections, WIDTHS[timeframe]),
  ].join("\n");
}

function protectionsText(kind: Family["protections"], widths: Widths): string {
  const { stop, take, trail, after, max, cooldown } = widths;
  const target =
    kind === "reversal" ? [`take ${take}%`, `max ${max}`] : [`trail ${trail}% after ${after}%`];
  const parts = [`stop ${stop}%`, ...target, `cooldown ${cooldown}`, `size ${SIZE_PERCENT}%`];
  return parts.join("  ");
}
