/**
 * Random rules in canonical form: every tree the checker can build, and no other. Kept small enough
 * that nearly all of them are within the limits; the few others are filtered out.
 */
import * as fc from "fast-check";
import { INDICATORS } from "../../../src/domain/indicator.ts";
import type { IndicatorParameter } from "../../../src/domain/indicator.ts";
import type { Condition, PriceField, Protections, Rule, Series } from "../../../src/domain/rule.ts";
import { TIMEFRAMES } from "../../../src/domain/timeframe.ts";
import { isConstant, junctionOf, measure } from "../../../src/rules/form.ts";
import { MAX_DEPTH, MAX_NODES, MAX_WARMUP_CANDLES } from "../../../src/rules/limits.ts";
import { ruleMemory } from "../../../src/rules/memory.ts";

const PRICES: PriceField[] = ["open", "high", "low", "close", "volume", "hl2", "hlc3", "ohlc4"];

/** Plain objects, as the checker makes them. */
const record = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(shape, { noNullPrototype: true });

const value = fc
  .tuple(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), fc.integer({ min: 0, max: 8 }))
  .map(([digits, decimals]) => Number(`${digits}e-${decimals}`));
const number = value.map((it): Series => ({ kind: "number", value: it }));
const price = fc.constantFrom(...PRICES).map((field): Series => ({ kind: "price", field }));

function parameter({ min, max, integer }: IndicatorParameter): fc.Arbitrary<number> {
  if (integer) return fc.integer({ min, max: Math.min(max, 60) });
  return fc.integer({ min: Math.ceil(min * 1000), max: max * 1000 }).map((it) => it / 1000);
}

function indicator(source: fc.Arbitrary<Series>): fc.Arbitrary<Series> {
  return fc.constantFrom(...INDICATORS.values()).chain((spec) =>
    record({
      kind: fc.constant("indicator" as const),
      name: fc.constant(spec.name),
      params: fc.tuple(...spec.params.map(parameter)),
      source: spec.input === "source" ? source : fc.constant(null),
      output: fc.constantFrom(...spec.outputs),
    }),
  );
}

function arithmetic(part: fc.Arbitrary<Series>): fc.Arbitrary<Series> {
  return record({
    kind: fc.constant("arithmetic" as const),
    operator: fc.constantFrom("+", "-", "*", "/"),
    left: fc.oneof({ weight: 4, arbitrary: part }, number),
    right: fc.oneof({ weight: 4, arbitrary: part }, number),
  })
    .filter((it) => !isConstant(it))
    .filter(({ operator, right }) => operator !== "/" || !isConstant(right));
}

const negate = (part: fc.Arbitrary<Series>): fc.Arbitrary<Series> =>
  part.map((operand) => ({ kind: "negate", operand }));

const { local } = fc.letrec<{ local: Series; unshifted: Series }>((tie) => ({
  unshifted: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    price,
    indicator(tie("local")),
    arithmetic(tie("local")),
    negate(tie("local")),
  ),
  local: fc.oneof(
    { weight: 4, arbitrary: tie("unshifted") },
    {
      weight: 1,
      arbitrary: record({
        kind: fc.constant("offset" as const),
        operand: tie("unshifted"),
        candles: fc.integer({ min: 1, max: 400 }),
      }),
    },
  ),
}));

const foreign = record({
  kind: fc.constant("at" as const),
  operand: local,
  timeframe: fc.constantFrom(...TIMEFRAMES),
});

/** Any series of an entry that is not constant. */
const { series } = fc.letrec<{ series: Series }>((tie) => ({
  series: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    local,
    foreign,
    arithmetic(tie("series")),
    negate(tie("series")),
  ),
}));

const sides = fc.oneof(
  record({ left: series, right: fc.oneof(series, number) }),
  record({ left: number, right: series }),
);
const operator = fc.constantFrom("<", "<=", ">", ">=");
const compare = fc
  .tuple(operator, sides)
  .map(([it, both]): Condition => ({ kind: "compare", operator: it, ...both }));
const cross = fc
  .tuple(fc.constantFrom("above", "below"), sides)
  .map(([direction, both]): Condition => ({ kind: "cross", direction, ...both }));
const trend = record({
  kind: fc.constant("trend" as const),
  direction: fc.constantFrom("rising", "falling"),
  operand: series.filter((it) => it.kind !== "at"),
  candles: fc.integer({ min: 1, max: 100 }),
});

/** A comparison of `profit` or `held` with a constant, either way round. */
const ofPosition = fc
  .oneof(
    fc.tuple(fc.constant<Series>({ kind: "profit" }), number),
    fc.tuple(
      fc.constant<Series>({ kind: "held" }),
      fc
        .integer({ min: 0, max: 365 * 86_400 })
        .map((seconds): Series => ({ kind: "number", value: seconds * 1000 })),
    ),
  )
  .chain(([figure, literal]) =>
    record({
      kind: fc.constant("compare" as const),
      operator,
      left: fc.constantFrom(figure, literal),
      right: fc.constantFrom(figure, literal),
    }),
  )
  .filter(({ left, right }) => left !== right);

function condition(clause: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> {
  return fc.letrec<{ condition: Condition }>((tie) => {
    const several = fc.array(tie("condition"), { minLength: 2, maxLength: 3 });
    return {
      condition: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        clause,
        several.map((operands) => junctionOf("and", operands)!),
        several.map((operands) => junctionOf("or", operands)!),
        tie("condition").map((operand): Condition => ({ kind: "not", operand })),
      ),
    };
  }).condition;
}

const entry = condition(fc.oneof(compare, cross, trend));
const exit = condition(fc.oneof(compare, cross, trend, ofPosition));

const percent = (least: number, most: number): fc.Arbitrary<string> =>
  fc.integer({ min: least * 100, max: most * 100 }).map((it) => String(it / 100));
const durationMs = (leastSeconds: number): fc.Arbitrary<number> =>
  fc.integer({ min: leastSeconds, max: 365 * 86_400 }).map((seconds) => seconds * 1000);
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null });

const protections: fc.Arbitrary<Protections> = record({
  stopLossPercent: orNull(percent(0.01, 99.99)),
  takeProfitPercent: orNull(percent(0.01, 1000)),
  trailingStop: orNull(
    record({ distancePercent: percent(0.01, 99.99), afterPercent: percent(0, 1000) }),
  ),
  maxHoldMs: orNull(durationMs(1)),
  cooldownMs: durationMs(0),
  size: fc.oneof(
    record({ kind: fc.constant("percent" as const), percent: percent(0.01, 100) }),
    record({ kind: fc.constant("quote" as const), amount: percent(0.01, 1_000_000) }),
  ),
});

/** Rules with at least one entry, and exits for entered sides alone. */
export const arbitraryRule: fc.Arbitrary<Rule> = record({
  enterLong: orNull(entry),
  exitLong: orNull(exit),
  enterShort: orNull(entry),
  exitShort: orNull(exit),
  protections,
})
  .filter((rule) => rule.enterLong !== null || rule.enterShort !== null)
  .map((rule) => ({
    ...rule,
    exitLong: rule.enterLong === null ? null : rule.exitLong,
    exitShort: rule.enterShort === null ? null : rule.exitShort,
  }))
  .filter(isWithinLimits);

function isWithinLimits(rule: Rule): boolean {
  const sizes = [rule.enterLong, rule.exitLong, rule.enterShort, rule.exitShort]
    .filter((it) => it !== null)
    .map(measure);
  const nodes = sizes.reduce((sum, size) => sum + size.nodes, 0);
  const depth = Math.max(...sizes.map((size) => size.depth));
  const warmups = [...ruleMemory(rule, "1m").values()].map((need) => need.warmup);
  return nodes <= MAX_NODES && depth <= MAX_DEPTH && Math.max(...warmups) <= MAX_WARMUP_CANDLES;
}
