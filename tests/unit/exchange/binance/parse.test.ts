/** Frames: what is read, what is refused and why, and that no text whatever makes it throw. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closeTimeOf, TIMEFRAMES, timeframeMs } from "../../../../src/domain/timeframe.ts";
import { parseMessage, type Asked, type Message } from "../../../../src/exchange/binance/parse.ts";
import { klineEvent } from "../../../support/binance-server.ts";

const ASKED: Asked = { timeframe: "1m", symbols: new Set(["BTCUSDT", "这是测试币456"]) };

const OPEN_TIME = 1_617_566_580_000;

/** As recorded on the real exchange. */
const RECORDED =
  '{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":1617566592358,"s":"BTCUSDT","k":{' +
  '"t":1617566580000,"T":1617566639999,"s":"BTCUSDT","i":"1m","f":745522651,"L":745522892,' +
  '"o":"57994.60000000","c":"58001.03000000","h":"58008.75000000","l":"57994.59000000",' +
  '"v":"6.45389500","n":242,"x":false,"q":"374344.56589795","V":"1.89113100",' +
  '"Q":"109689.77187181","B":"0"}}}';

function read(message: unknown, asked = ASKED): Message {
  return parseMessage(typeof message === "string" ? message : JSON.stringify(message), asked);
}

function code(message: unknown): string {
  const parsed = read(message);
  return parsed.kind === "malformed" ? parsed.code : parsed.kind;
}

const kline = (otherwise: Record<string, unknown>): unknown =>
  klineEvent("BTCUSDT", "1m", OPEN_TIME, otherwise);

describe("a kline frame", () => {
  const candle = {
    symbol: "BTCUSDT",
    timeframe: "1m",
    openTime: OPEN_TIME,
    open: "57994.60000000",
    high: "58008.75000000",
    low: "57994.59000000",
    close: "58001.03000000",
    volume: "6.45389500",
  };

  it("is read from a combined connection with its decimals as they came", () => {
    const expected = { kind: "kline", candle, closed: false, eventTime: 1_617_566_592_358 };
    expect(read(RECORDED)).toEqual(expected);
  });

  it("is read from a raw connection", () => {
    const { data } = JSON.parse(RECORDED) as { data: unknown };
    expect(read(data)).toMatchObject({ kind: "kline", candle });
  });

  it("is read whatever fields Binance adds", () => {
    const event = { ...klineEvent("BTCUSDT", "1m", OPEN_TIME, { Z: [1] }), extra: { e: "trade" } };
    expect(read(event).kind).toBe("kline");
  });

  it("is read for symbols beyond ASCII", () => {
    expect(read(klineEvent("这是测试币456", "1m", OPEN_TIME)).kind).toBe("kline");
  });

  it("says when the candle is final", () => {
    expect(read(kline({ x: true }))).toMatchObject({ closed: true });
  });

  it("may have no volume and one price", () => {
    const quiet = { o: "1.5", h: "1.5", l: "1.5", c: "1.5", v: "0.00000000" };
    expect(read(kline(quiet)).kind).toBe("kline");
  });

  it.each(TIMEFRAMES)("is read for %s", (timeframe) => {
    const openTime = Math.floor(OPEN_TIME / timeframeMs(timeframe)) * timeframeMs(timeframe);
    const event = klineEvent("BTCUSDT", timeframe, openTime);
    expect(read(event, { ...ASKED, timeframe })).toMatchObject({ candle: { timeframe } });
  });
});

describe("a kline frame is refused", () => {
  it.each([
    ["a symbol nobody asked for", "unasked-symbol", klineEvent("ETHUSDT", "1m", OPEN_TIME)],
    ["another timeframe", "wrong-timeframe", kline({ i: "5m" })],
    ["two symbols", "wrong-shape", kline({ s: "ETHUSDT" })],
    ["no candle", "wrong-shape", { e: "kline", E: OPEN_TIME, s: "BTCUSDT" }],
    ["a list for a candle", "wrong-shape", { e: "kline", E: OPEN_TIME, s: "BTCUSDT", k: [] }],
    ["no symbol", "wrong-shape", { ...klineEvent("BTCUSDT", "1m", OPEN_TIME), s: 7 }],
    ["an x that is not true or false", "wrong-shape", kline({ x: 1 })],
    ["a low above the high", "price-range", kline({ l: "103", h: "102" })],
    ["an open above the high", "price-range", kline({ o: "102.01" })],
    ["a close below the low", "price-range", kline({ c: "99.49" })],
    ["a price of nothing", "price-range", kline({ l: "0.00000000" })],
    ["a negative price", "bad-number", kline({ l: "-1" })],
    ["a negative volume", "bad-number", kline({ v: "-0.1" })],
    ["an exponent", "bad-number", kline({ h: "1e999" })],
    ["NaN", "bad-number", kline({ c: "NaN" })],
    ["Infinity", "bad-number", kline({ h: "Infinity" })],
    ["a number where text belongs", "bad-number", kline({ o: 100 })],
    ["an empty price", "bad-number", kline({ o: "" })],
    ["a hexadecimal price", "bad-number", kline({ o: "0x64" })],
    ["spaces around a price", "bad-number", kline({ o: " 100 " })],
    ["a price without digits after its dot", "bad-number", kline({ o: "100." })],
    ["a price of 21 digits", "bad-number", kline({ h: "9".repeat(21) })],
    ["a line break after the price", "bad-number", kline({ o: "100\n" })],
    ["an open time off the grid", "bad-time", kline({ t: OPEN_TIME + 1, T: OPEN_TIME + 60_000 })],
    ["an open time as text", "bad-time", kline({ t: String(OPEN_TIME) })],
    ["a negative open time", "bad-time", kline({ t: -60_000, T: -1 })],
    ["microseconds", "bad-time", kline({ t: OPEN_TIME * 1000, T: (OPEN_TIME + 60_000) * 1000 })],
    ["a close time that does not fit", "bad-time", kline({ T: OPEN_TIME + 60_000 })],
    ["no event time", "bad-time", { ...klineEvent("BTCUSDT", "1m", OPEN_TIME), E: null }],
    ["an event of next year", "bad-time", { ...klineEvent("BTCUSDT", "1m", OPEN_TIME), E: 2e12 }],
  ])("for %s: %s", (_, expected, message) => {
    expect(code(message)).toBe(expected);
  });

  it("for an event time that overflows: bad-time", () => {
    expect(code(RECORDED.replace("1617566592358", "1e999"))).toBe("bad-time");
  });
});

describe("serverShutdown", () => {
  const event = { e: "serverShutdown", E: 1_770_123_456_789 };
  it.each([
    ["raw", event],
    ["combined", { stream: "!serverShutdown", data: event }],
    ["WebSocket API", { event }],
  ])("is understood in its %s shape", (_, message) => {
    expect(read(message)).toEqual({ kind: "shutdown" });
  });
});

describe("other messages", () => {
  it("of an event type we do not use are ignored by name", () => {
    const trade = { stream: "btcusdt@trade", data: { e: "trade", E: 1, s: "BTCUSDT" } };
    expect(read(trade)).toEqual({ kind: "ignored", eventType: "trade" });
  });

  it("answer our control messages", () => {
    expect(read({ result: null, id: 3 })).toEqual({ kind: "answer", id: 3, code: null });
    const error = { code: 2, msg: "Invalid request: …", id: 3 };
    expect(read(error)).toEqual({ kind: "answer", id: 3, code: 2 });
    expect(read({ code: 3, msg: "Invalid JSON" })).toEqual({ kind: "answer", id: null, code: 3 });
  });

  it.each(["", "{", "null", "[]", "7", '"kline"', "{}", "undefined", "\u0000", '{"e":7}'])(
    "such as %j are malformed",
    (text) => {
      expect(read(text).kind).toBe("malformed");
    },
  );
});

describe("whatever arrives", () => {
  const known = new Set(["kline", "shutdown", "answer", "ignored", "malformed"]);

  it("nothing throws on any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(known).toContain(read(text).kind);
      }),
      { numRuns: 2_000 },
    );
  });

  it("nothing throws on any JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(known).toContain(read(text).kind);
      }),
      { numRuns: 2_000 },
    );
  });

  it("nothing throws on depth, and on keys that mean something to JavaScript", () => {
    expect(read("[".repeat(200_000)).kind).toBe("malformed");
    expect(read(`{"data":`.repeat(50_000)).kind).toBe("malformed");
    expect(read('{"__proto__":{"e":"kline"},"constructor":1}').kind).toBe("malformed");
  });

  it("a frame cut or changed anywhere gives a sound candle or none", () => {
    const mutated = fc.tuple(
      fc.nat(RECORDED.length - 1),
      fc.nat(30),
      fc.string({ unit: "grapheme-ascii", maxLength: 6 }),
    );
    fc.assert(
      fc.property(mutated, ([at, length, text]) => {
        const parsed = read(RECORDED.slice(0, at) + text + RECORDED.slice(at + length));
        if (parsed.kind === "kline") expectSound(parsed);
      }),
      { numRuns: 5_000 },
    );
  });

  it("a kline of any values gives a sound candle or none", () => {
    const anyValue = fc.oneof(
      fc.jsonValue(),
      fc.double().map(String),
      fc.integer({ min: -5, max: 200 }).map((n) => `${n}.5`),
    );
    const fields = fc.constantFrom("t", "T", "s", "i", "o", "h", "l", "c", "v", "x");
    const changes = fc.dictionary(fields, anyValue, { maxKeys: 4 });
    fc.assert(
      fc.property(changes, (otherwise) => {
        const parsed = read(kline(otherwise));
        if (parsed.kind === "kline") expectSound(parsed);
      }),
      { numRuns: 5_000 },
    );
  });

  it("a candle that is true is never refused", () => {
    const cents = fc.bigInt({ min: 1n, max: 10n ** 17n });
    fc.assert(
      fc.property(fc.array(cents, { minLength: 4, maxLength: 4 }), (prices) => {
        const [l, o, c, h] = prices.toSorted((a, b) => (a < b ? -1 : 1)).map(eightDecimals);
        const parsed = read(kline({ o, h, l, c }));
        expect(parsed).toMatchObject({ candle: { open: o, high: h, low: l, close: c } });
      }),
    );
  });
});

function eightDecimals(n: bigint): string {
  return `${n / 10n ** 8n}.${String(n % 10n ** 8n).padStart(8, "0")}`;
}

function expectSound({ candle, eventTime }: Extract<Message, { kind: "kline" }>): void {
  const [open, high, low, close, volume] = [
    Number(candle.open),
    Number(candle.high),
    Number(candle.low),
    Number(candle.close),
    Number(candle.volume),
  ] as const;
  expect(low).toBeGreaterThan(0);
  expect(low).toBeLessThanOrEqual(Math.min(open, close));
  expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
  expect(high).toBeLessThan(Infinity);
  expect(volume).toBeGreaterThanOrEqual(0);
  expect(candle.symbol).toBe("BTCUSDT");
  expect(candle.openTime % 60_000).toBe(0);
  expect(Number.isSafeInteger(eventTime)).toBe(true);
  const closeTime = closeTimeOf("1m", candle.openTime);
  expect(Math.abs(eventTime - closeTime)).toBeLessThanOrEqual(3_700_000);
}
