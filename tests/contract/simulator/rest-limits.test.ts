/** Request weight, 429 and 418 of the simulated exchange. */
import { describe, expect, it } from "vitest";
import { MINUTE_MS, START, startExchange } from "./exchange-fixture.ts";

const KLINES = "/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1";
const standstill = () => 0;
const TIME = "/api/v3/time";

describe("request weight", () => {
  it("is told in the headers of every answer, refused ones too", async () => {
    const { get, exchange } = await startExchange();
    const told = async (path: string) => (await get(path)).headers.get("x-mbx-used-weight-1m");
    expect(await told(TIME)).toBe("1");
    expect(await told(KLINES)).toBe("3");
    expect(await told("/api/v3/exchangeInfo")).toBe("23");
    expect(await told("/api/v3/ticker/price")).toBe("27");
    expect(await told("/api/v3/ticker/price?symbol=BTCUSDT")).toBe("29");
    expect(await told("/api/v3/klines?symbol=NOSUCHUSDT&interval=1m")).toBe("31");
    expect(exchange.stats).toMatchObject({ requests: 6, weight: 31 });
  });

  it("counts in clock minutes, not rolling ones", async () => {
    const { get, exchange } = await startExchange();
    await exchange.advanceTo(START + MINUTE_MS - 1);
    await get(KLINES);
    await exchange.advanceTo(START + MINUTE_MS);
    expect((await get(TIME)).headers.get("x-mbx-used-weight-1m")).toBe("1");
  });
});

describe("too much weight", () => {
  const limits = { weightPerMinute: 3, refusalsBeforeBan: 2 };

  it("is refused with 429 until the minute ends", async () => {
    const { get, exchange } = await startExchange({ limits });
    await exchange.advanceTo(START + 12_000);
    expect((await get(KLINES)).status).toBe(200);
    const refused = await get(KLINES);
    expect(refused).toMatchObject({
      status: 429,
      body: { code: -1003, msg: expect.stringContaining("current limit is 3 request weight") },
    });
    expect(refused.headers.get("retry-after")).toBe("48");
    await exchange.advanceTo(START + MINUTE_MS);
    expect((await get(KLINES)).status).toBe(200);
  });

  it("becomes a ban of two minutes for those who go on, then of four", async () => {
    const { get, exchange } = await startExchange({ limits });
    const statuses = async (count: number) => {
      const seen: number[] = [];
      for (let sent = 0; sent < count; sent += 1) seen.push((await get(KLINES)).status);
      return seen;
    };
    expect(await statuses(5)).toEqual([200, 429, 429, 418, 418]);
    const banned = await get(KLINES);
    const until = START + 1000 + 2 * MINUTE_MS;
    expect(banned.body).toMatchObject({
      msg: expect.stringContaining(`IP banned until ${until}.`),
    });
    expect(banned.headers.get("retry-after")).toBe("120");
    await exchange.advanceTo(until - 1);
    expect(await statuses(1)).toEqual([418]);
    await exchange.advanceTo(START + 3 * MINUTE_MS);
    expect(await statuses(4)).toEqual([200, 429, 429, 418]);
    expect((await get(KLINES)).headers.get("retry-after")).toBe("240");
  });

  it("tells real seconds to wait when virtual time runs fast", async () => {
    const { get } = await startExchange({
      limits,
      speed: 10,
      realNow: standstill,
      startAt: START,
    });
    await get(KLINES);
    expect((await get(KLINES)).headers.get("retry-after")).toBe("6");
  });
});
