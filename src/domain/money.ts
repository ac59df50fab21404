/**
 * Exact decimals for prices, amounts, fees and balances. Text on the wire and in the database,
 * Decimal while computing; never a float. Indicators alone use floats, and the two worlds meet
 * in engine/trading/sizing.ts.
 */
import { Decimal as DecimalJs } from "decimal.js";

/** 60 significant digits: more than any product of two 38-digit database numerics we make. */
export const Decimal = DecimalJs.clone({ precision: 60, toExpNeg: -40, toExpPos: 60 });
export type Decimal = InstanceType<typeof Decimal>;

/** A decimal number as text, for example "64808.01": the form in which money is kept and sent. */
export type DecimalText = string;

/** Texts kept parsed; past this all are forgotten and parsed again. */
const MAX_CONSTANTS = 10_000;
const constants = new Map<DecimalText, Decimal>();

/** The number of a text that comes again and again: a filter, a fee, a percentage of a rule. */
export function constantOf(text: DecimalText): Decimal {
  const known = constants.get(text);
  if (known !== undefined) return known;
  if (constants.size >= MAX_CONSTANTS) constants.clear();
  const value = new Decimal(text);
  constants.set(text, value);
  return value;
}

/** Largest multiple of `step` not above `value`; `value` itself when step is 0 (rule switched off). */
export function floorToStep(value: Decimal, step: Decimal): Decimal {
  if (step.isZero()) return value;
  const decimals = decimalsOf(step);
  return decimals === null
    ? value.div(step).floor().mul(step)
    : value.toDecimalPlaces(decimals, Decimal.ROUND_FLOOR);
}

/** Smallest multiple of `step` not below `value`; `value` itself when step is 0. */
export function ceilToStep(value: Decimal, step: Decimal): Decimal {
  if (step.isZero()) return value;
  const decimals = decimalsOf(step);
  return decimals === null
    ? value.div(step).ceil().mul(step)
    : value.toDecimalPlaces(decimals, Decimal.ROUND_CEIL);
}

/**
 * Largest multiple of `step` not above `dividend / divisor`, all of them positive: the amount that
 * money buys. The quotient is never written out with all its digits.
 */
export function quotientToStep(dividend: Decimal, divisor: Decimal, step: Decimal): Decimal {
  if (step.isZero()) return dividend.div(divisor);
  return dividend.divToInt(divisor.mul(step)).mul(step);
}

const stepDecimals = new WeakMap<Decimal, number | null>();

/** Decimals of a step such as 0.01, where rounding to them is rounding to the step; else null. */
function decimalsOf(step: Decimal): number | null {
  const known = stepDecimals.get(step);
  if (known !== undefined) return known;
  const decimals = step.decimalPlaces();
  const found = new Decimal(10).pow(-decimals).eq(step) ? decimals : null;
  stepDecimals.set(step, found);
  return found;
}

/** Digits that a float holds exactly, whatever they are. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);
const [POINT, ZERO, NINE] = [46, 48, 57];

/**
 * The float nearest to a decimal text: `Number(text)`, several times faster for the short plain
 * numbers that candles are made of. Both the digits and the power of ten they are divided by are exact
 * there, so the one division rounds as `Number` does.
 */
export function floatOf(text: DecimalText): number {
  const length = text.length;
  if (length > EXACT_DIGITS) return Number(text);
  let digits = 0;
  let decimals = -1;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= NINE) {
      digits = digits * 10 + (code - ZERO);
      if (decimals >= 0) decimals++;
    } else if (code === POINT && decimals < 0 && i > 0) {
      decimals = 0;
    } else {
      return Number(text);
    }
  }
  return decimals <= 0 ? digits : digits / (POWERS_OF_TEN[decimals] ?? NaN);
}

/** Plain decimal text without exponent and without trailing zeros. */
export function decimalText(value: Decimal): DecimalText {
  return value.toFixed();
}
