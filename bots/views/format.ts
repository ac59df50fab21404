/**
 * Numbers, money, times and durations as people read them. Exact decimals are rounded half-even here,
 * for display alone; formatters are built once for each language because building is what costs.
 */
import type { DecimalText } from "../../src/domain/money.ts";

/** Sign shown: only when negative, or always but for zero. */
export type Signs = "negative" | "exceptZero";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Quote money with two decimals and no unit: "1,234.50". */
export function money(language: string, value: DecimalText, signs: Signs = "negative"): string {
  return decimal(language, signs, [2, 2]).format(exact(value));
}

/** A price with all its decimals, at least two: "64,808.00", "0.00001234". */
export function price(language: string, value: DecimalText): string {
  return decimal(language, "negative", [2, 10]).format(exact(value));
}

/** An amount of the base asset, at most eight decimals. */
export function amount(language: string, value: DecimalText): string {
  return decimal(language, "negative", [0, 8]).format(exact(value));
}

/** Percent with two decimals: "+2.41 %". The value 2.41 means 2.41 %. */
export function percent(language: string, value: DecimalText, signs: Signs = "exceptZero"): string {
  return `${decimal(language, signs, [2, 2]).format(exact(value))} %`;
}

/** A count: "31,248". */
export function integer(language: string, value: number): string {
  return decimal(language, "negative", [0, 0]).format(value);
}

/** An indicator's value: a float, six significant digits. */
export function reading(language: string, value: number): string {
  return significant(language).format(value);
}

/** The two largest units: "2d 3h", "7h 12m", "45s". */
export function duration(language: string, ms: number): string {
  const left = Math.max(0, Math.floor(ms / SECOND_MS)) * SECOND_MS;
  const days = Math.floor(left / DAY_MS);
  const hours = Math.floor((left % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((left % HOUR_MS) / MINUTE_MS);
  const seconds = Math.floor((left % MINUTE_MS) / SECOND_MS);
  const units = { days, hours, minutes, seconds };
  const largest = days > 0 ? ["days", "hours"] : hours > 0 ? ["hours", "minutes"] : null;
  const shown = largest ?? (minutes > 0 ? ["minutes", "seconds"] : ["seconds"]);
  const parts = Object.entries(units).filter(([unit, n]) => shown.includes(unit) && n > 0);
  if (parts.length === 0) return durations(language, "always").format({ seconds: 0 });
  return durations(language, "auto").format(Object.fromEntries(parts));
}

/** Date and minute in the reader's zone: "22 Nov 2026, 14:03". */
export function dateTime(language: string, timeZone: string, at: number): string {
  return times(language, timeZone, "minute").format(at);
}

/** Time of day to the second with its zone: "14:03:22 UTC". */
export function clockTime(language: string, timeZone: string, at: number): string {
  return times(language, timeZone, "second").format(at);
}

/** Intl reads decimal text exactly, beyond what a float could hold. */
function exact(value: DecimalText): Intl.StringNumericLiteral | number {
  return isNumeral(value) ? value : Number.NaN;
}

function isNumeral(text: string): text is Intl.StringNumericLiteral {
  return text.trim() !== "" && !Number.isNaN(Number(text));
}

/** Makes each formatter once: one for each language, zone and style in use. */
function keeper<T>(): (key: string, make: () => T) => T {
  const made = new Map<string, T>();
  return (key, make) => {
    const one = made.get(key) ?? make();
    made.set(key, one);
    return one;
  };
}

const numberFormat = keeper<Intl.NumberFormat>();
const durationFormat = keeper<Intl.DurationFormat>();
const timeFormat = keeper<Intl.DateTimeFormat>();

function decimal(
  language: string,
  signDisplay: Signs,
  [minimumFractionDigits, maximumFractionDigits]: readonly [number, number],
): Intl.NumberFormat {
  const key = `${language} ${signDisplay} ${minimumFractionDigits}-${maximumFractionDigits}`;
  return numberFormat(
    key,
    () =>
      new Intl.NumberFormat(language, {
        minimumFractionDigits,
        maximumFractionDigits,
        signDisplay,
        roundingMode: "halfEven",
      }),
  );
}

function significant(language: string): Intl.NumberFormat {
  const options = { maximumSignificantDigits: 6 } as const;
  return numberFormat(`significant ${language}`, () => new Intl.NumberFormat(language, options));
}

function durations(language: string, secondsDisplay: "auto" | "always"): Intl.DurationFormat {
  const options = { style: "narrow", secondsDisplay } as const;
  return durationFormat(
    `${language} ${secondsDisplay}`,
    () => new Intl.DurationFormat(language, options),
  );
}

/** Day before month, as everywhere but in the United States. */
const REGION: Readonly<Record<string, string>> = { en: "en-GB" };

function times(
  language: string,
  timeZone: string,
  precision: "minute" | "second",
): Intl.DateTimeFormat {
  const day = { day: "numeric", month: "short", year: "numeric" } as const;
  const minute = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
  const second = { ...minute, second: "2-digit", timeZoneName: "short" } as const;
  const options = precision === "minute" ? { ...day, ...minute } : second;
  return timeFormat(
    `${language} ${timeZone} ${precision}`,
    () => new Intl.DateTimeFormat(REGION[language] ?? language, options),
  );
}
