/**
 * Options that many commands share, and what people may write in them: a strategy by number, a position
 * or all, a timeframe, how long.
 */
import type { App } from "../../src/app/app.ts";
import type { ToggleTarget } from "../../src/app/strategies.ts";
import { Fault } from "../../src/domain/fault.ts";
import { isTimeframe, TIMEFRAMES } from "../../src/domain/timeframe.ts";
import { choice, int, string, type Option, type Suggestion } from "./option.ts";
import type { Caller } from "./command.ts";

/** Largest number of a strategy or position that is looked for. */
const MAX_NUMBER = 999_999_999;
const MAX_PAGE = 100_000;

export const page: Option<number, true> = int.opt("option-page", {
  min: 1,
  max: MAX_PAGE,
  default: 1,
});

/** The number of one of the caller's strategies. */
export function strategyNumber(app: App): Option<number, true> {
  const suggest = (caller: Caller): readonly Suggestion[] => strategySuggestions(app, caller);
  const limits = { min: 1, max: MAX_NUMBER, suggest, none: "strategies-none" };
  return int.req("option-strategy", limits);
}

/** A strategy's number, a timeframe, or "all". */
export function toggleTargetOption(app: App): Option<string, true> {
  const suggest = (caller: Caller): readonly Suggestion[] => {
    const own = app.queries.strategies(caller.user).map(({ strategy }) => strategy.timeframe);
    const used = TIMEFRAMES.filter((timeframe) => own.includes(timeframe));
    const words = own.length === 0 ? [] : ["all", ...used];
    return [
      ...words.map((word) => ({ label: word, value: word })),
      ...strategySuggestions(app, caller).map((one) => ({ ...one, value: String(one.value) })),
    ];
  };
  return string.req("option-toggle-target", { suggest, none: "strategies-none" });
}

/** Fault: option-target {option, value}. */
export function toggleTarget(text: string): ToggleTarget {
  const word = text.trim().toLowerCase();
  if (word === "all" || isTimeframe(word)) return word;
  return numberIn(word) ?? refuse("target", text);
}

/** A position's number or "all". */
export function positionOption(app: App): Option<string, true> {
  const suggest = (caller: Caller): readonly Suggestion[] => {
    const open = app.queries.positions(caller.user).map(({ position, strategyName }) => ({
      label: `#${position.number} ${position.symbol} ${position.side} (${strategyName})`,
      value: String(position.number),
    }));
    return open.length < 2 ? open : [{ label: "all", value: "all" }, ...open];
  };
  return string.req("option-position", { suggest, none: "positions-none" });
}

/** Fault: option-target {option, value}. */
export function positionTarget(text: string): number | "all" {
  const word = text.trim().toLowerCase();
  if (word === "all") return word;
  return numberIn(word) ?? refuse("position", text);
}

/** "last": settle at the last known price what the exchange no longer trades. */
export const settleOption: Option<"last", false> = choice(["last"]).opt("option-settle");

/** A symbol, hinted from those the caller trades. */
export function symbolOption(app: App): Option<string, false> {
  const suggest = (caller: Caller): readonly Suggestion[] => symbolSuggestions(app, caller);
  return string.opt("option-symbol", { suggest });
}

export function symbolSuggestions(app: App, { user }: Caller): readonly Suggestion[] {
  const own = app.queries.strategies(user).map((view) => view.strategy.symbol);
  const symbols = new Set([app.settings.defaultSymbol, ...own]);
  return [...symbols].map((symbol) => ({ label: symbol, value: symbol }));
}

export function strategySuggestions(app: App, caller: Caller): readonly Suggestion[] {
  return app.queries.strategies(caller.user).map(({ strategy }) => ({
    label: `#${strategy.number} ${strategy.name} (${strategy.symbol} ${strategy.timeframe})`,
    value: strategy.number,
  }));
}

function numberIn(word: string): number | null {
  const digits = /^#?(\d{1,9})$/.exec(word)?.[1];
  return digits === undefined ? null : Number(digits);
}

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** "90m", "6h", "1d12h" in ms; null for what is no duration. */
export function durationIn(text: string): number | null {
  const word = text.trim().toLowerCase();
  if (!/^(?:\d{1,6}[smhdw])+$/.test(word)) return null;
  const parts = [...word.matchAll(/(\d+)([smhdw])/g)];
  const ms = parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNIT_MS[unit ?? ""] ?? 0),
    0,
  );
  return ms > 0 ? ms : null;
}

/** Fault: option-duration {option, value}. */
export function duration(text: string): number {
  const ms = durationIn(text);
  if (ms === null)
    throw new Fault("option-duration", { option: "duration", value: text.slice(0, 40) });
  return ms;
}

function refuse(option: string, text: string): never {
  throw new Fault("option-target", { option, value: text.slice(0, 40) });
}
