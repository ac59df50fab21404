/**
 * Column types shared by all tables. In the database money is numeric(38,18) and times are timestamptz
 * in milliseconds; in rows they are what the domain works with, decimal text and epoch ms. Reading
 * never throws: what cannot be understood comes out as a value the row checks refuse (see rows.ts).
 */
import { p, Type } from "@mikro-orm/core";

/** Plain decimal text that fits: at most 20 digits before the point and 18 after it. */
const MONEY = /^-?\d{1,20}(?:\.\d{1,18})?$/;

/** numeric(38,18) as plain decimal text without trailing zeros. */
export class MoneyType extends Type<string | null, string | null> {
  override convertToJSValue(value: string | null): string | null {
    return value === null ? null : canonicalDecimal(value);
  }

  override getColumnType(): string {
    return "numeric(38,18)";
  }

  override get runtimeType(): string {
    return "string";
  }
}

/** timestamptz(3) as epoch ms. The ORM also passes null, in conditions. */
export class InstantType extends Type<number | null, string | null> {
  override convertToDatabaseValue(value: number | null): string | null {
    return value === null ? null : instantText(value);
  }

  override convertToJSValue(value: string | null): number | null {
    return value === null ? null : Date.parse(value);
  }

  /** Rows are never flushed, so the ORM need not compare them. */
  override ensureComparable(): boolean {
    return false;
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

/** The last instant of the year 9999: later ones have a text PostgreSQL does not read. */
const LAST_INSTANT = 253_402_300_799_999;

/** True for epoch ms that a timestamptz column keeps. */
export function fitsInstant(epochMs: number): boolean {
  return Number.isInteger(epochMs) && epochMs >= 0 && epochMs <= LAST_INSTANT;
}

let lastInstant = { epochMs: 0, text: "1970-01-01T00:00:00.000Z" };

/** Epoch ms as the text a timestamptz column takes. Rows written together mostly share their times. */
export function instantText(epochMs: number): string {
  if (lastInstant.epochMs !== epochMs) {
    lastInstant = { epochMs, text: new Date(epochMs).toISOString() };
  }
  return lastInstant.text;
}

/** Takes the zeros off that numeric(38,18) pads with: the form of domain/money.ts decimalText. */
export function canonicalDecimal(text: string): string {
  if (!text.includes(".")) return text;
  const trimmed = text.replace(/\.?0+$/, "");
  return trimmed === "-0" ? "0" : trimmed;
}

/** True for plain decimal text that a money column holds without rounding. */
export function fitsMoney(text: string): boolean {
  return MONEY.test(text);
}

export const money = () => p.type(MoneyType);
export const instant = () => p.type(InstantType);
