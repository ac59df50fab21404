/**
 * Text that people choose and others see: names of strategies and persons, symbols. What comes out is
 * one short line without control, bidirectional or invisible characters, whatever went in.
 */
import { Fault } from "../domain/fault.ts";

/** Longest name, in Unicode code points. */
export const MAX_NAME_LENGTH = 40;
/** Longest symbol accepted before the exchange is asked. */
const MAX_SYMBOL_LENGTH = 30;

/**
 * A name as it is kept: NFKC, one line, single spaces, at most MAX_NAME_LENGTH code points.
 * Fault: name-empty when nothing visible is left.
 */
export function cleanName(text: string): string {
  const visible = text
    .normalize("NFKC")
    .replaceAll(/[\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, "")
    // After what is invisible: spaces on both sides of it are one.
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    // What stood between a letter and its mark may be gone now.
    .normalize("NFKC")
    .trim();
  const name = firstOf(visible, MAX_NAME_LENGTH).trim();
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) throw new Fault("name-empty");
  return name;
}

/**
 * A symbol in the exchange's spelling: "btc/usdt" is BTCUSDT.
 * Fault: unknown-symbol {symbol} for what cannot be one.
 */
export function cleanSymbol(text: string): string {
  const symbol = text
    .normalize("NFKC")
    .replaceAll(/[\s/_:-]/g, "")
    .toUpperCase();
  if (symbol.length > MAX_SYMBOL_LENGTH || !/^[\p{L}\p{N}]+$/u.test(symbol)) {
    throw new Fault("unknown-symbol", { symbol: symbolHint(text) });
  }
  return symbol;
}

/** What a person typed, short and harmless enough to be repeated to them. */
function symbolHint(text: string): string {
  return firstOf(text.replaceAll(/[^\p{L}\p{N}/_:-]/gu, ""), MAX_SYMBOL_LENGTH);
}

/** Counts code points: what people see as one character may hide any number of combining marks. */
function firstOf(text: string, length: number): string {
  return Array.from(text).slice(0, length).join("");
}
