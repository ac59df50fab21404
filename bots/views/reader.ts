/**
 * The person a view is made for: their language, time zone and now. Views ask it for every sentence,
 * number and time, so that none is formatted in two ways.
 */
import type { DecimalText } from "../../src/domain/money.ts";
import type { User } from "../../src/domain/user.ts";
import { hasText, text, type TextArgs } from "../text/text.ts";
import * as format from "./format.ts";

/** Shown where there is no value. */
export const NOTHING = "-";

export class Reader {
  readonly language: string;
  readonly timeZone: string;
  /** Epoch ms. */
  readonly now: number;
  /** The asset money is counted in. */
  readonly quoteAsset: string;

  constructor(
    user: Pick<User, "language" | "timeZone">,
    context: { readonly now: number; readonly quoteAsset: string },
  ) {
    this.language = user.language;
    this.timeZone = user.timeZone;
    this.now = context.now;
    this.quoteAsset = context.quoteAsset;
  }

  text(key: string, args?: TextArgs): string {
    return text(this.language, key, args);
  }

  /** The sentence of `key`, or of `fallback` when there is none. */
  textOr(key: string, fallback: string, args?: TextArgs): string {
    return this.text(hasText(this.language, key) ? key : fallback, args);
  }

  /** "1,234.50 USDT" */
  money(value: DecimalText): string {
    return `${this.sum(value)} ${this.quoteAsset}`;
  }

  /** "+33.10 USDT" */
  gain(value: DecimalText): string {
    return `${this.signed(value)} ${this.quoteAsset}`;
  }

  /** As `money`, for columns that say the unit once. */
  sum(value: DecimalText): string {
    return format.money(this.language, value);
  }

  /** As `gain`, for columns that say the unit once; nothing known is "-". */
  signed(value: DecimalText | null): string {
    return value === null ? NOTHING : format.money(this.language, value, "exceptZero");
  }

  price(value: DecimalText | null): string {
    return value === null ? NOTHING : format.price(this.language, value);
  }

  amount(value: DecimalText): string {
    return format.amount(this.language, value);
  }

  /** "+2.41 %" */
  percent(value: DecimalText | null): string {
    return value === null ? NOTHING : format.percent(this.language, value);
  }

  /** "67 %": `part` of `whole`, or "-" when there is no whole. */
  share(part: number, whole: number): string {
    return whole === 0 ? NOTHING : `${this.integer(Math.round((part / whole) * 100))} %`;
  }

  integer(value: number): string {
    return format.integer(this.language, value);
  }

  reading(value: number | null): string {
    return value === null ? NOTHING : format.reading(this.language, value);
  }

  duration(ms: number): string {
    return format.duration(this.language, ms);
  }

  /** How long ago. */
  age(at: number): string {
    return this.duration(this.now - at);
  }

  dateTime(at: number | null): string {
    return at === null ? NOTHING : format.dateTime(this.language, this.timeZone, at);
  }

  clockTime(at: number): string {
    return format.clockTime(this.language, this.timeZone, at);
  }
}
