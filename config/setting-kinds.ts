/**
 * The kinds of values a setting can have. A kind is a zod schema from the text found in the
 * environment to the value the code uses, with the words that say what was expected: the same
 * words stand in the error report, in example.env and in the README's table.
 */
import { z } from "zod";
import { Decimal, type DecimalText } from "../src/domain/money.ts";

export interface SettingKind<Value> {
  readonly schema: z.ZodType<Value, string>;
  /** What a valid value looks like, to follow the word "expected". */
  readonly expected: string;
}

/** Any text that is not empty. */
export function text(expected: string): SettingKind<string> {
  return { schema: z.string().min(1), expected };
}

/** One of a few words. */
export function choice<const Word extends string>(words: readonly Word[]): SettingKind<Word> {
  return { schema: z.enum(words), expected: words.join(" or ") };
}

/** A whole number within limits, both included. */
export function wholeNumber(min: number, max: number): SettingKind<number> {
  return {
    schema: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(min).max(max)),
    expected: `a whole number from ${min} to ${max}`,
  };
}

/** An exact decimal within limits, both included, kept as text because it is money or a share. */
export function decimal(min: DecimalText, max: DecimalText): SettingKind<DecimalText> {
  const within = (value: string) => new Decimal(value).gte(min) && new Decimal(value).lte(max);
  return {
    schema: z
      .string()
      .max(MAX_DECIMAL_LENGTH)
      .regex(/^\d+(\.\d+)?$/, { abort: true })
      .refine(within),
    expected: `a decimal number from ${min} to ${max}`,
  };
}

/** An address with one of the given schemes; slashes after the path are dropped. */
export function address(schemes: readonly string[]): SettingKind<string> {
  return {
    schema: z
      .url({ protocol: new RegExp(`^(${schemes.join("|")})$`) })
      .transform((url) => url.replace(/^([^?#]*?)\/+$/, "$1")),
    expected: `an address that starts with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}`,
  };
}

/** A secret of at least `minLength` characters without spaces. */
export function token(minLength: number): SettingKind<string> {
  return {
    schema: z.string().min(minLength).max(MAX_TOKEN_LENGTH).regex(/^\S+$/),
    expected: `${minLength} to ${MAX_TOKEN_LENGTH} characters without spaces`,
  };
}

/** A secret that stands in a header: letters, digits, "_" and "-" alone. */
export function headerToken(minLength: number, maxLength: number): SettingKind<string> {
  return {
    schema: z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${minLength},${maxLength}}$`)),
    expected: `${minLength} to ${maxLength} letters, digits, "_" or "-"`,
  };
}

const MAX_TOKEN_LENGTH = 512;
/** More digits than any sensible amount of money has. */
const MAX_DECIMAL_LENGTH = 40;
