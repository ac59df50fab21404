/** What a person is told about why a strategy does not trade. */
import { describe, expect, it } from "vitest";
import { Reader } from "../../../../bots/views/reader.ts";
import { whyView } from "../../../../bots/views/why.ts";
import type { WhyReport } from "../../../../src/ports/engine-gateway.ts";

const reader = new Reader({ language: "en", timeZone: "UTC" }, { now: 0, quoteAsset: "USDT" });

function told(truth: boolean, blocks: WhyReport["blocks"] = []): string {
  const strategy = { number: 1, name: "Try", symbol: "BTCUSDT", timeframe: "1m", ruleVersion: 1 };
  const section = { title: "enter long", truth, clauses: [] };
  const report = { strategy, candleCloseTime: 0, sections: [section], follows: null, blocks };
  return JSON.stringify(whyView(reader, report as unknown as WhyReport).blocks);
}

describe("why a strategy does not enter", () => {
  it("says that a condition which stays true enters no more", () => {
    expect(told(true)).toContain("Nothing blocks an entry.");
    expect(told(true)).toContain("when its condition becomes true");
  });

  it("leaves that out where the condition is false or something else is in the way", () => {
    expect(told(false)).not.toContain("becomes true");
    expect(told(true, [{ code: "paused", until: null }])).not.toContain("becomes true");
  });
});
