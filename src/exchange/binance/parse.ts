/**
 * The border for what streams and kline rows bring: raw text in, a candle or a code out. Checked by
 * hand because every frame passes here; nothing throws, whatever the text. A candle that leaves this
 * file has plain positive decimals, low <= open, close <= high, and times on its timeframe's grid.
 */
import type { Candle } from "../../domain/candle.ts";
import { closeTimeOf, timeframeMs, type Timeframe } from "../../domain/timeframe.ts";
import type { Nonsense } from "./faults.ts";

/** What a connection has asked for; anything else on it is not believed. */
export interface Asked {
  readonly timeframe: Timeframe;
  /** Upper case, as in payloads. */
  readonly symbols: ReadonlySet<string>;
}

export type Message =
  | {
      readonly kind: "kline";
      readonly candle: Candle;
      readonly closed: boolean;
      /** Epoch ms. */
      readonly eventTime: number;
    }
  /** The server goes down soon: open another connection at once. */
  | { readonly kind: "shutdown" }
  /** The answer to a control message of ours; `code` is null when it was accepted. */
  | { readonly kind: "answer"; readonly id: number | null; readonly code: number | null }
  /** An event of a type we do not use. */
  | { readonly kind: "ignored"; readonly eventType: string }
  | { readonly kind: "malformed"; readonly code: Nonsense };

/** The values of a kline as they came, from a frame's object or a row's array. */
export interface RawKline {
  readonly openTime: unknown;
  readonly closeTime: unknown;
  readonly open: unknown;
  readonly high: unknown;
  readonly low: unknown;
  readonly close: unknown;
  readonly volume: unknown;
}

/** No sign, no exponent, no bare dot: the form Binance itself demands of numbers sent to it. */
export const DECIMAL = /^\d{1,20}(?:\.\d{1,20})?$/;

/** How far an event may lie from its candle. A wild event time would carry a clock that follows it away. */
const EVENT_TOLERANCE_MS = 3_600_000;

/**
 * Reads one message of a raw (`/ws`) or combined (`/stream`) connection.
 * Shapes: binance-spot-api-docs, web-socket-streams.md and web-socket-api.md (serverShutdown).
 */
export function parseMessage(text: string, asked: Asked): Message {
  const message = parseJson(text);
  if (message === undefined) return malformed("not-json");
  if (!isRecord(message)) return malformed("wrong-shape");
  const event = eventOf(message);
  const type = event["e"];
  if (type === "kline") return parseKline(event, asked);
  if (type === "serverShutdown") return { kind: "shutdown" };
  if (typeof type === "string") return { kind: "ignored", eventType: type };
  return parseAnswer(message);
}

/** The candle of these values, or why they cannot be one. */
export function decodeCandle(
  symbol: string,
  timeframe: Timeframe,
  raw: RawKline,
): Candle | Nonsense {
  const { openTime, open, high, low, close, volume } = raw;
  if (!isTime(openTime) || openTime % timeframeMs(timeframe) !== 0) return "bad-time";
  if (raw.closeTime !== closeTimeOf(timeframe, openTime)) return "bad-time";
  if (!isDecimal(open) || !isDecimal(high) || !isDecimal(low)) return "bad-number";
  if (!isDecimal(close) || !isDecimal(volume)) return "bad-number";
  if (!inRange(open, close, low, high)) return "price-range";
  return { symbol, timeframe, openTime, open, high, low, close, volume };
}

function parseKline(event: Record<string, unknown>, asked: Asked): Message {
  const kline = event["k"];
  const symbol = event["s"];
  const eventTime = event["E"];
  if (!isRecord(kline) || typeof symbol !== "string") return malformed("wrong-shape");
  const closed = kline["x"];
  if (typeof closed !== "boolean" || kline["s"] !== symbol) return malformed("wrong-shape");
  if (kline["i"] !== asked.timeframe) return malformed("wrong-timeframe");
  if (!asked.symbols.has(symbol)) return malformed("unasked-symbol");
  const candle = decodeCandle(symbol, asked.timeframe, {
    openTime: kline["t"],
    closeTime: kline["T"],
    open: kline["o"],
    high: kline["h"],
    low: kline["l"],
    close: kline["c"],
    volume: kline["v"],
  });
  if (typeof candle === "string") return malformed(candle);
  if (!isTime(eventTime) || !isNear(eventTime, candle)) return malformed("bad-time");
  return { kind: "kline", candle, closed, eventTime };
}

/** `{"result":null,"id":1}` when accepted, `{"code":2,"msg":"…","id":1}` when not. */
function parseAnswer(message: Record<string, unknown>): Message {
  const id = typeof message["id"] === "number" ? message["id"] : null;
  const code = message["code"];
  if (typeof code === "number") return { kind: "answer", id, code };
  if (message["result"] === null && id !== null) return { kind: "answer", id, code: null };
  return malformed("wrong-shape");
}

/** The event inside its wrapper: `data` of a combined stream, `event` of the WebSocket API, or the message. */
function eventOf(message: Record<string, unknown>): Record<string, unknown> {
  const { data, event } = message;
  if (isRecord(data)) return data;
  if (isRecord(event)) return event;
  return message;
}

/**
 * Compares as floats: rounding keeps order, so a true candle is never refused, and prices that
 * differ only past the 15th digit are no danger.
 */
function inRange(open: string, close: string, low: string, high: string): boolean {
  const floor = Number(low);
  const ceiling = Number(high);
  const first = Number(open);
  const last = Number(close);
  return floor > 0 && floor <= Math.min(first, last) && ceiling >= Math.max(first, last);
}

function isNear(eventTime: number, candle: Candle): boolean {
  const closeTime = closeTimeOf(candle.timeframe, candle.openTime);
  return (
    eventTime >= candle.openTime - EVENT_TOLERANCE_MS && eventTime <= closeTime + EVENT_TOLERANCE_MS
  );
}

/** The value of a JSON text, or undefined (which JSON cannot express) when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDecimal(value: unknown): value is string {
  return typeof value === "string" && DECIMAL.test(value);
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

function malformed(code: Nonsense): Message {
  return { kind: "malformed", code };
}
