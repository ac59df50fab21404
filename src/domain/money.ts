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

/** Largest multiple of `step` not above `value`; `value` itself when step is 0 (rule switched off). */
export function floorToStep(value: Decimal, step: Decimal): Decimal {
  return step.isZero() ? value : value.div(step).floor().mul(step);
}

/** Smallest multiple of `step` not below `value`; `value` itself when step is 0. */
export function ceilToStep(value: Decimal, step: Decimal): Decimal {
  return step.isZero() ? value : value.div(step).ceil().mul(step);
}

/** Plain decimal text without exponent and without trailing zeros. */
export function decimalText(value: Decimal): DecimalText {
  return value.toFixed();
}
