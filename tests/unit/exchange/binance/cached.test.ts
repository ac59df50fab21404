/** One fetch for all who ask, renewed with age, surviving a failed renewal. */
import { describe, expect, it } from "vitest";
import { Cached } from "../../../../src/exchange/binance/cached.ts";
import { ManualTime } from "./manual-time.ts";

function setUp(): { time: ManualTime; cached: Cached<number>; answers: (number | Error)[] } {
  const time = new ManualTime();
  const answers: (number | Error)[] = [];
  const fetch = async (): Promise<number> => {
    const answer = answers.shift() ?? new Error("asked too often");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { time, cached: new Cached(fetch, 1_000_000, time), answers };
}

describe("a cached value", () => {
  it("is fetched once for all who ask", async () => {
    const { cached, answers } = setUp();
    answers.push(1);
    expect(await Promise.all([cached.get(), cached.get()])).toEqual([1, 1]);
    expect(await cached.get()).toBe(1);
  });

  it("is fetched again when it is old", async () => {
    const { time, cached, answers } = setUp();
    answers.push(1, 2);
    await cached.get();
    time.advance(999_999);
    expect(await cached.get()).toBe(1);
    time.advance(1);
    expect(await cached.get()).toBe(2);
  });

  it("fails with the fetch and tries again when asked again", async () => {
    const { cached, answers } = setUp();
    answers.push(new Error("away"), 1);
    await expect(cached.get()).rejects.toThrow("away");
    expect(await cached.get()).toBe(1);
  });

  it("serves on for a minute when its renewal fails", async () => {
    const { time, cached, answers } = setUp();
    answers.push(1, new Error("away"), 2);
    await cached.get();
    time.advance(1_000_000);
    expect(await cached.get()).toBe(1);
    time.advance(59_999);
    expect(await cached.get()).toBe(1);
    time.advance(1);
    expect(await cached.get()).toBe(2);
  });
});
