/** Round numbers for an axis of values: steps of 1, 2, 2.5 or 5 times a power of ten. */

export interface Range {
  readonly low: number;
  readonly high: number;
}

export interface ValueAxis extends Range {
  readonly ticks: readonly number[];
  /** Decimals that tell the ticks apart. */
  readonly digits: number;
}

/** Room above and below the values, a share of their span. */
const PADDING = 0.07;
/** Room around a value that never moves, a share of it. */
const FLAT_SHARE = 0.01;
/** A span below this share of its values is the noise of computing with floats: nothing moves. */
const NOISE_SHARE = 1e-9;
/** Smaller values are drawn as zero: the exchange counts in no finer units than 1e-8. */
const SMALLEST = 1e-9;
const STEPS = [1, 2, 2.5, 5, 10];
const MAX_DIGITS = 24;
const MIN_TICKS = 2;

/**
 * An axis of about `count` ticks, two at least, on which `range` fits; what begins or ends at 0 keeps 0
 * as its edge.
 */
export function valueAxis(range: Range, count: number): ValueAxis {
  const { low, high } = padded(range);
  for (let wanted = Math.max(1, count); ; wanted *= 1.5) {
    const { step, digits } = niceStep((high - low) / wanted);
    const ticks: number[] = [];
    for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.push(i * step);
    }
    if (ticks.length >= MIN_TICKS) return { low, high, ticks, digits };
  }
}

function padded({ low, high }: Range): Range {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { low: 0, high: 1 };
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size < SMALLEST) return { low: Math.min(0, low), high: 1 };
  if (high - low < size * NOISE_SHARE) {
    const room = size * FLAT_SHARE;
    return { low: low - room, high: high + room };
  }
  const room = (high - low) * PADDING;
  // Room never crosses zero: a price has none below.
  return {
    low: low >= 0 ? Math.max(0, low - room) : low - room,
    high: high <= 0 ? Math.min(0, high + room) : high + room,
  };
}

function niceStep(rough: number): { readonly step: number; readonly digits: number } {
  const exponent = Math.floor(Math.log10(rough));
  const power = 10 ** exponent;
  const multiple = STEPS.find((one) => one * power >= rough * (1 - 1e-9)) ?? 10;
  const half = multiple === 2.5 ? 1 : 0;
  const shift = multiple === 10 ? 1 : 0;
  const digits = Math.min(MAX_DIGITS, Math.max(0, half - exponent - shift));
  return { step: multiple * power, digits };
}

/** Formats with exactly `digits` decimals. */
export function numberText(language: string, value: number, digits: number): string {
  // Zero has no sign, whichever way it was computed.
  const shown = Object.is(value, -0) || Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value;
  return formatter(language, digits).format(shown);
}

/** Large numbers in short: "1.2K", "35 M". */
export function shortText(language: string, value: number): string {
  return shortFormatter(language).format(value === 0 ? 0 : value);
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(language: string, digits: number): Intl.NumberFormat {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return keep(`${language} ${digits}`, () => new Intl.NumberFormat(language, options));
}

function shortFormatter(language: string): Intl.NumberFormat {
  const options = { notation: "compact", maximumSignificantDigits: 3 } as const;
  return keep(`short ${language}`, () => new Intl.NumberFormat(language, options));
}

function keep(key: string, make: () => Intl.NumberFormat): Intl.NumberFormat {
  const known = formatters.get(key) ?? make();
  formatters.set(key, known);
  return known;
}
