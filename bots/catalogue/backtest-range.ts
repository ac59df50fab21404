/**
 * How far back a backtest looks, as people write it: `days=90`, `months=6`, `years=2`, a length such as
 * `90d`, `6mo` or `1y`, and days of the calendar, `from=2024-01-01 until=2024-06-30`, both included, in
 * the person's time zone.
 */
import { Fault } from "../../src/domain/fault.ts";

/** Both ends in epoch ms, the second exclusive; null leaves an end to what suits the timeframe. */
export interface BacktestRange {
  readonly from: number | null;
  readonly until: number | null;
}

const LENGTH = /^(\d{1,4})(d|w|mo|y)$/i;
const UNITS = { d: "days", w: "weeks", mo: "months", y: "years" } as const;
const NAMED_UNITS = ["days", "months", "years"] as const;
/** The longest that is looked back; fewer days than the exchange is old would refuse honest wishes. */
const MAX_COUNT = 9_999;

type Unit = (typeof UNITS)[keyof typeof UNITS];

/** True for `90d`, `2w`, `6mo`, `1y`, but not for `1d`, which is a timeframe. */
export function isLength(word: string): boolean {
  return LENGTH.test(word) && word.toLowerCase() !== "1d";
}

/**
 * `given` holds what was written, by name: from, until, days, months, years, and `length` for one without
 * a name. Faults: option-twice {option} when it says the length in two ways, option-date {option, value},
 * option-integer {option, value}, option-min and option-max, range-empty.
 */
export function backtestRange(
  given: ReadonlyMap<string, string>,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): BacktestRange {
  const [begin, end] = [dayIn("from", given), dayIn("until", given)];
  const lengths = lengthsIn(given);
  const [length] = lengths;
  if (lengths.length > 1 || (length !== undefined && begin !== null && end !== null)) {
    throw new Fault("option-twice", { option: lengths.at(-1)?.option ?? "length" });
  }
  const midnight = (day: Temporal.PlainDate): Temporal.ZonedDateTime =>
    day.toZonedDateTime(timeZone);
  const start = begin === null ? null : midnight(begin);
  const stop = end === null ? null : midnight(end.add({ days: 1 }));
  const range = {
    from: start?.epochMilliseconds ?? null,
    until: stop?.epochMilliseconds ?? null,
  };
  const made =
    length === undefined ? range : stretched(start, stop ?? nowIn(now, timeZone), length);
  const { from, until } = made;
  if ((from ?? 0) >= Math.min(until ?? Infinity, now)) throw new Fault("range-empty");
  return { from, until: until === null || until >= now ? null : until };
}

interface Length {
  readonly option: string;
  readonly unit: Unit;
  readonly count: number;
}

function nowIn(now: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
}

/** From a first day on, else up to the end. */
function stretched(
  start: Temporal.ZonedDateTime | null,
  end: Temporal.ZonedDateTime,
  { unit, count }: Length,
): BacktestRange {
  const span = { [unit]: count };
  return start === null
    ? { from: end.subtract(span).epochMilliseconds, until: end.epochMilliseconds }
    : { from: start.epochMilliseconds, until: start.add(span).epochMilliseconds };
}

function lengthsIn(given: ReadonlyMap<string, string>): readonly Length[] {
  const named = NAMED_UNITS.flatMap((unit) => {
    const value = given.get(unit);
    return value === undefined ? [] : [{ option: unit, unit, count: countIn(unit, value) }];
  });
  const [, count, unit] = LENGTH.exec(given.get("length") ?? "") ?? [];
  const key = unit?.toLowerCase();
  if (count === undefined || !isUnit(key)) return named;
  return [...named, { option: "length", unit: UNITS[key], count: countIn("length", count) }];
}

function isUnit(key: string | undefined): key is keyof typeof UNITS {
  return key !== undefined && Object.hasOwn(UNITS, key);
}

function countIn(option: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) {
    throw new Fault("option-integer", { option, value: value.slice(0, 40) });
  }
  const count = Number(value);
  if (count < 1) throw new Fault("option-min", { option, value, min: 1 });
  if (count > MAX_COUNT) throw new Fault("option-max", { option, value, max: MAX_COUNT });
  return count;
}

function dayIn(option: string, given: ReadonlyMap<string, string>): Temporal.PlainDate | null {
  const value = given.get(option);
  if (value === undefined) return null;
  try {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw new RangeError("not a day of the calendar");
    return Temporal.PlainDate.from(value);
  } catch {
    throw new Fault("option-date", { option, value: value.slice(0, 40) });
  }
}
