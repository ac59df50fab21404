/** Many connections at once: the exchange's limit of attempts per address holds whatever is asked for. */
import { describe, expect, it } from "vitest";
import {
  CONNECTION_LIMIT,
  CONNECTION_WINDOW_MS,
} from "../../../src/exchange/binance/connection-budget.ts";
import { event, eventually, kinds, opening, setUp, type Harness } from "./feed-harness.ts";

/** 50 symbols, each on connections of its own: 300 in all. */
async function setUpCrowd(): Promise<Harness> {
  const harness = await setUp({ streamsPerConnection: 1, timings: { stallMs: 3_600_000 } });
  const { feed, events } = harness;
  feed.follow(Array.from({ length: 50 }, (_, n) => `SYM${n}USDT`));
  feed.start(events.put);
  return harness;
}

describe("connections past the limit", () => {
  it("wait until the exchange's window has moved on", async () => {
    const { server, time, events } = await setUpCrowd();
    expect(opening(time)).toBe(CONNECTION_LIMIT);
    await eventually(() => opening(time) === 0);
    time.advance(CONNECTION_WINDOW_MS - 1);
    expect(opening(time)).toBe(0);
    time.advance(1);
    expect(opening(time)).toBe(300 - CONNECTION_LIMIT);
    // Five timeframes were complete already, the sixth is only now.
    expect(kinds(events, "4h")).toEqual(["connected"]);
    expect(kinds(events, "1d")).toEqual([]);
    await event(events, "connected", "1d");
    expect(server.openConnections()).toHaveLength(300);
  });

  it("leave the line when the feed stops", async () => {
    const { feed, time } = await setUpCrowd();
    await feed.stop();
    expect(time.runningAtAll).toBe(0);
  });
});
