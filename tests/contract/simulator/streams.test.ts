/** What the kline streams of the simulated exchange say, and when, seen by a plain client. */
import { describe, expect, it } from "vitest";
import { scriptedMarket } from "../../../src/exchange/simulator/scripted-minutes.ts";
import { MINUTE_MS, START, startExchange } from "./exchange-fixture.ts";

const NO_DELAY = { closeDelayMs: { least: 100, most: 100 } };

function candle(openTime: number, [open, high, low, close]: [string, string, string, string]) {
  const timeframe = "1m" as const;
  return { symbol: "BTCUSDT", timeframe, openTime, open, high, low, close, volume: "2.5" };
}

describe("kline frames", () => {
  it("have the fields of recorded frames, in their order and with their types", async () => {
    const { connect, advance } = await startExchange();
    const client = await connect("/ws/btcusdt@kline_1m");
    await advance(START + 2000, client);
    const text = client.texts[0]!;
    const decimal = String.raw`"\d+\.\d{8}"`;
    expect(text).toMatch(
      new RegExp(
        `^{"e":"kline","E":${START + 2000},"s":"BTCUSDT","k":{"t":${START},` +
          `"T":${START + MINUTE_MS - 1},"s":"BTCUSDT","i":"1m","f":\\d+,"L":\\d+,` +
          `"o":${decimal},"c":${decimal},"h":${decimal},"l":${decimal},"v":${decimal},` +
          `"n":\\d+,"x":false,"q":${decimal},"V":${decimal},"Q":${decimal},"B":"0"}}$`,
      ),
    );
  });

  it("come every two seconds while a busy symbol trades, and once closed after the end", async () => {
    const { connect, advance } = await startExchange({ timings: NO_DELAY });
    const client = await connect("/ws/btcusdt@kline_1m");
    await advance(START + 2 * MINUTE_MS + 1000, client);
    const second = client.klines().filter(({ k }) => k.t === START + MINUTE_MS);
    expect(second.map((frame) => frame.E - START - MINUTE_MS)).toEqual([
      ...Array.from({ length: 29 }, (_, step) => (step + 1) * 2000),
      MINUTE_MS + 100,
    ]);
    expect(second.map(({ k }) => k.x)).toEqual([...Array(29).fill(false), true]);
  });

  it("grow step by step into the closing frame, which REST repeats", async () => {
    const { connect, advance, get } = await startExchange();
    const client = await connect("/ws/ethusdt@kline_5m");
    await advance(START + 5 * MINUTE_MS + 1000, client);
    const frames = client.klines().filter(({ k }) => k.t === START);
    for (const [index, { k }] of frames.slice(1).entries()) {
      const before = frames[index]!.k;
      expect(k.o).toBe(before.o);
      expect(Number(k.h)).toBeGreaterThanOrEqual(Number(before.h));
      expect(Number(k.l)).toBeLessThanOrEqual(Number(before.l));
      expect(Number(k.v)).toBeGreaterThan(Number(before.v));
      expect(k.n).toBeGreaterThan(before.n);
      expect(k.n).toBe(k.L - k.f + 1);
    }
    const { k } = frames.at(-1)!;
    const { body } = await get(
      `/api/v3/klines?symbol=ETHUSDT&interval=5m&startTime=${START}&limit=1`,
    );
    expect(body).toEqual([[k.t, k.o, k.h, k.l, k.c, k.v, k.T, k.q, k.n, k.V, k.Q, "0"]]);
  });

  it("are left out in steps without trades", async () => {
    const { connect, advance } = await startExchange();
    const client = await connect("/ws/dogeusdt@kline_1m");
    await advance(START + 10 * MINUTE_MS + 1000, client);
    const forming = client.klines().filter(({ k }) => !k.x);
    expect(forming.length).toBeLessThan(10 * 29);
    expect(forming.length).toBeGreaterThan(200);
    expect(client.closings()).toHaveLength(10);
  });

  it("close each candle exactly once, 50 to 400 ms after its end, in every timeframe", async () => {
    const { connect, advance } = await startExchange();
    const names = ["1m", "5m", "15m", "1h"].map((timeframe) => `btcusdt@kline_${timeframe}`);
    const client = await connect(`/stream?streams=${names.join("/")}`);
    await advance(START + 120 * MINUTE_MS + 1000, client);
    const closings = client.closings();
    for (const { E, k } of closings) {
      expect(E - k.T - 1).toBeGreaterThanOrEqual(50);
      expect(E - k.T - 1).toBeLessThanOrEqual(400);
    }
    const count = (timeframe: string) => closings.filter(({ k }) => k.i === timeframe).length;
    expect([count("1m"), count("5m"), count("15m"), count("1h")]).toEqual([120, 24, 8, 2]);
    expect(new Set(closings.map(({ k }) => `${k.i} ${k.t}`)).size).toBe(154);
  });

  it("include the closing frame still due when the client connects after the candle's end", async () => {
    const { connect, advance } = await startExchange({ startAt: START, timings: NO_DELAY });
    const client = await connect("/ws/btcusdt@kline_1h");
    await advance(START + 100, client);
    expect(client.closings().map(({ k }) => k.t)).toEqual([START - 60 * MINUTE_MS]);
  });

  it("are not repeated for a client that comes later", async () => {
    const { connect, advance } = await startExchange({ timings: NO_DELAY });
    const early = await connect("/ws/btcusdt@kline_1m");
    await advance(START + MINUTE_MS + 5000, early);
    const late = await connect("/ws/btcusdt@kline_1m");
    await advance(START + MINUTE_MS + 6000, early, late);
    expect(late.klines().map(({ E }) => E - START)).toEqual([MINUTE_MS + 6000]);
  });
});

describe("stream addresses", () => {
  it("/ws gives the payload alone, /stream wraps it with the stream's name", async () => {
    const { connect, advance } = await startExchange();
    const raw = await connect("/ws/btcusdt@kline_1m");
    const wrapped = await connect("/stream?streams=btcusdt@kline_1m/ethusdt@kline_1m");
    await advance(START + 2000, raw, wrapped);
    expect(wrapped.texts[0]).toBe(`{"stream":"btcusdt@kline_1m","data":${raw.texts[0]}}`);
    expect(wrapped.texts[1]).toMatch(/^{"stream":"ethusdt@kline_1m","data":{"e":"kline"/);
  });

  it("may be percent-encoded", async () => {
    const { connect, advance } = await startExchange();
    const client = await connect("/ws/btcusdt%40kline_1m");
    const combined = await connect("/stream?streams=btcusdt%40kline_1m%2Fethusdt%40kline_1m");
    await advance(START + 2000, client, combined);
    expect(client.klines()).toHaveLength(1);
    expect(combined.klines()).toHaveLength(2);
  });

  it("other paths are not found", async () => {
    const { connect } = await startExchange();
    await expect(connect("/ws-api/v3")).rejects.toThrow("HTTP 404");
  });

  it("accept unknown and uppercase names in silence", async () => {
    const { connect, advance, exchange } = await startExchange();
    const names = ["BTCUSDT@kline_1m", "nosuchusdt@kline_1m", "btcusdt@trade", "btcusdt@kline_7m"];
    const client = await connect(`/stream?streams=${names.join("/")}`);
    await advance(START + 2 * MINUTE_MS, client);
    expect(client.klines()).toEqual([]);
    expect(await client.ask({ method: "LIST_SUBSCRIPTIONS", id: 1 })).toEqual({
      result: names,
      id: 1,
    });
    expect(exchange.stats).toMatchObject({ connections: 1, streams: 0 });
  });
});

describe("a scripted market", () => {
  it("tells each minute as an open frame and a closing frame, and nothing for a missing minute", async () => {
    const market = scriptedMarket([
      candle(START, ["100", "104", "99", "103"]),
      candle(START + 2 * MINUTE_MS, ["103", "110", "103", "107.5"]),
    ]);
    const { connect, advance } = await startExchange({ market, timings: NO_DELAY });
    const client = await connect("/stream?streams=btcusdt@kline_1m/btcusdt@kline_5m");
    await advance(START + 5 * MINUTE_MS + 100, client);
    const told = client.klines().map(({ E, k }) => {
      const prices = [k.o, k.h, k.l, k.c].map(Number).join(" ");
      return `${k.i} ${(E - START) / 1000}s ${prices} ${k.x ? "closed" : "open"}`;
    });
    expect(told).toEqual([
      "1m 2s 100 100 100 100 open",
      "5m 2s 100 100 100 100 open",
      "5m 60s 100 104 99 103 open",
      "1m 60.1s 100 104 99 103 closed",
      "1m 122s 103 103 103 103 open",
      "5m 122s 100 104 99 103 open",
      "5m 180s 100 110 99 107.5 open",
      "1m 180.1s 103 110 103 107.5 closed",
      "5m 300.1s 100 110 99 107.5 closed",
    ]);
  });
});
