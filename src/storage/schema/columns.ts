/**
 * Column types shared by all tables. In the database money is numeric(38,18) and times are timestamptz
 * in milliseconds; in rows they are what the domain works with, decimal text and epoch ms. Reading
 * never throws: what cannot be understood comes out as a value the row checks refuse (see rows.ts).
 */
import { p, Type } from "@mikro-orm/core";

/** Digits after the point that money columns keep. */
export const MONEY_SCALE = 18;

const PLAIN_DECIMAL = /^-?\d+(\.\d+)?$/;

/** numeric(38,18) as plain decimal text without trailing zeros. */
export class MoneyType extends Type<string, string> {
  override convertToJSValue(value: string): string {
    return canonicalDecimal(value);
  }

  override getColumnType(): string {
    return `numeric(38,${MONEY_SCALE})`;
  }

  override get runtimeType(): string {
    return "string";
  }
}

/** timestamptz(3) as epoch ms. */
export class InstantType extends Type<number, string> {
  override convertToDatabaseValue(value: number): string {
    return instantText(value);
  }

  override convertToJSValue(value: string): number {
    return Date.parse(value);
  }

  override getColumnType(): string {
    return "timestamptz(3)";
  }

  override compareAsType(): string {
    return "string";
  }

  override get runtimeType(): string {
    return "number";
  }
}

/** Epoch ms as the text a timestamptz column takes. */
export function instantText(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** Takes the zeros off that numeric(38,18) pads with: the form of domain/money.ts decimalText. */
export function canonicalDecimal(text: string): string {
  if (!text.includes(".")) return text;
  const trimmed = text.replace(/\.?0+$/, "");
  return trimmed === "-0" ? "0" : trimmed;
}

/** True for plain decimal text that a money column holds without rounding. */
export function fitsMoney(text: string): boolean {
  if (!PLAIN_DECIMAL.test(text)) return false;
  const point = text.indexOf(".");
  const digits = text.startsWith("-") ? 1 : 0;
  const whole = (point < 0 ? text.length : point) - digits;
  return whole <= 38 - MONEY_SCALE && (point < 0 || text.length - point - 1 <= MONEY_SCALE);
}

export const money = () => p.type(MoneyType);
export const instant = () => p.type(InstantType);
