/**
 * Checks one use of an indicator against its row in the catalogue: source, parameters by place or by
 * name, output. All problems of one use are noted together.
 */
import type { IndicatorParameter, IndicatorSpec } from "../domain/indicator.ts";
import type { Series } from "../domain/rule.ts";
import type { RuleFaultCode } from "./fault.ts";
import { isConstant, readsTimeframe } from "./form.ts";
import { nearest } from "./nearest.ts";
import { numberText } from "./print-values.ts";
import type { Scope } from "./scope.ts";
import type { Argument, Expression, NameExpression, Word } from "./syntax.ts";

/** Reads the source series; handed in by check-series.ts, which in turn calls this file. */
export type SeriesReader = (node: Expression, scope: Scope) => Series | null;

/** The indicator with its defaults filled in, or null once a problem was noted. */
export function indicatorOf(
  node: NameExpression,
  spec: IndicatorSpec,
  scope: Scope,
  readSeries: SeriesReader,
): Series | null {
  const [first, ...others] = node.arguments ?? [];
  const hasSource = first !== undefined && first.name === null && first.value.kind !== "literal";
  const written = hasSource || first === undefined ? others : [first, ...others];
  const source = sourceOf(hasSource ? first : null, spec, scope, readSeries);
  const params = paramsOf(node, written, spec, scope);
  const output = outputOf(node.output, spec, scope);
  if (source === undefined || params === null || output === null) return null;
  return { kind: "indicator", name: spec.name, params, source, output };
}

/** Undefined once a problem was noted; null for indicators that read whole candles. */
function sourceOf(
  argument: Argument | null,
  spec: IndicatorSpec,
  scope: Scope,
  readSeries: SeriesReader,
): Series | null | undefined {
  if (spec.input === "candle") {
    if (argument === null) return null;
    scope.problems.add("rule-no-source", argument.value.at, { indicator: spec.name });
    return undefined;
  }
  if (argument === null) return { kind: "price", field: "close" };
  const source = readSeries(argument.value, scope);
  if (source === null) return undefined;
  if (isConstant(source)) scope.problems.add("rule-constant", argument.value.at);
  else if (readsTimeframe(source)) scope.problems.add("rule-timeframe-nested", argument.value.at);
  else return source;
  return undefined;
}

function paramsOf(
  node: NameExpression,
  written: readonly Argument[],
  spec: IndicatorSpec,
  scope: Scope,
): readonly number[] | null {
  const placed = placeArguments(node, written, spec, scope);
  if (placed === null) return null;
  const params = spec.params.map((parameter) => {
    const argument = placed.get(parameter.name);
    if (argument !== undefined) return valueOf(argument, parameter, spec, scope);
    if (parameter.default === null) {
      const facts = { indicator: spec.name, expected: parameter.name };
      scope.problems.add("rule-missing-parameter", node.at, facts);
    }
    return parameter.default;
  });
  const good = params.filter((value) => value !== null);
  return good.length === params.length ? good : null;
}

/** Arguments by the name of their parameter; null once a problem was noted. */
function placeArguments(
  node: NameExpression,
  written: readonly Argument[],
  spec: IndicatorSpec,
  scope: Scope,
): ReadonlyMap<string, Argument> | null {
  const placed = new Map<string, Argument>();
  const facts = { indicator: spec.name };
  let isGood = true;
  for (const [index, argument] of written.entries()) {
    const word = argument.name;
    const place = word?.text ?? spec.params[index]?.name;
    const objection = objectionTo(argument, written[index - 1], spec);
    if (objection !== null) {
      scope.problems.add(objection, argument.value.at, facts);
      isGood = false;
    } else if (place === undefined) {
      const limit = spec.params.length;
      scope.problems.add("rule-too-many-parameters", argument.value.at, { ...facts, limit });
      return null;
    } else if (word !== null && !isParameter(word, spec, scope)) {
      isGood = false;
    } else if (placed.has(place)) {
      scope.problems.add("rule-duplicate-parameter", word?.at ?? node.at, facts);
      isGood = false;
    } else placed.set(place, argument);
  }
  return isGood ? placed : null;
}

/** What forbids an argument at this place, whatever its value. */
function objectionTo(
  argument: Argument,
  previous: Argument | undefined,
  spec: IndicatorSpec,
): RuleFaultCode | null {
  if (argument.name !== null) return null;
  if (argument.value.kind !== "literal") {
    return spec.input === "source" ? "rule-source-first" : "rule-no-source";
  }
  return (previous?.name ?? null) === null ? null : "rule-parameter-order";
}

function isParameter(word: Word, spec: IndicatorSpec, scope: Scope): boolean {
  const names = spec.params.map((parameter) => parameter.name);
  if (names.includes(word.text)) return true;
  scope.problems.add("rule-unknown-parameter", word.at, {
    indicator: spec.name,
    expected: names.join(" "),
    suggestion: nearest(word.text, names),
  });
  return false;
}

function valueOf(
  { value }: Argument,
  parameter: IndicatorParameter,
  spec: IndicatorSpec,
  scope: Scope,
): number | null {
  const { name, min, max, integer } = parameter;
  const expected = `${numberText(min)}..${numberText(max)}`;
  const facts = { indicator: spec.name, parameter: name, expected };
  if (value.kind !== "literal" || value.unit !== "number") {
    scope.problems.add("rule-parameter-number", value.at, facts);
  } else if (value.value < min || value.value > max) {
    scope.problems.add("rule-parameter-range", value.at, facts);
  } else if (integer && !Number.isInteger(value.value)) {
    scope.problems.add("rule-parameter-integer", value.at, facts);
  } else return value.value;
  return null;
}

function outputOf(word: Word | null, spec: IndicatorSpec, scope: Scope): string | null {
  const output = word?.text ?? spec.outputs[0] ?? null;
  if (word === null || spec.outputs.includes(word.text)) return output;
  scope.problems.add("rule-unknown-output", word.at, {
    indicator: spec.name,
    expected: spec.outputs.join(" "),
    suggestion: nearest(word.text, spec.outputs),
  });
  return null;
}
