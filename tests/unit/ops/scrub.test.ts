/** No secret passes the scrubber, in whatever form it is written. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScrub } from "../../../src/ops/scrub.ts";

const HASH = "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw-_";

describe("known secrets", () => {
  it("are replaced as text, inside JSON and inside addresses", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, unit: "grapheme" }), (secret) => {
        const scrub = createScrub([secret]);
        const inJson = scrub(JSON.stringify({ nested: [`before ${secret} after`] }));
        const inAddress = scrub(`https://host/?q=${encodeURIComponent(secret)}`);
        expect(scrub(`a ${secret} b`)).toBe("a [secret] b");
        expect(inJson).toBe('{"nested":["before [secret] after"]}');
        expect(inAddress).toBe("https://host/?q=[secret]");
      }),
    );
  });

  it("are replaced whole where one contains another", () => {
    const scrub = createScrub(["hunter22", "hunter22-and-more"]);
    expect(scrub("x hunter22-and-more y hunter22 z")).toBe("x [secret] y [secret] z");
  });

  it("are replaced in any case", () => {
    expect(createScrub(["CorrectHorse"])("CORRECTHORSE correcthorse")).toBe("[secret] [secret]");
  });

  it("too short to be told from words are left", () => {
    expect(createScrub(["", "feed"])("feed is up")).toBe("feed is up");
  });
});

describe("shapes of secrets nobody told of", () => {
  const scrub = createScrub([]);

  it.each([
    [`POST https://api.telegram.org/bot123456789:${HASH}/getMe`, HASH],
    [`token 123456789:${HASH}`, HASH],
    ["MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs", "ZnCjm1XVW7vRze4b7Cq4se7kKWs"],
    [`/webhooks/1234/${HASH}`, HASH],
    ["GET /api/v3/order?symbol=BTCUSDT&signature=c8db56825ae71d6d79447849e&x=1", "c8db5682"],
    ["authorization: Bearer 0123456789abcdef", "0123456789abcdef"],
    ["postgres://vigie:pa:ss@db:5432/vigie", "pa:ss"],
    ["connect postgresql://vigie:p@ss@db/vigie failed", "p@ss"],
  ])("%s keeps no secret", (line, secret) => {
    expect(scrub(line)).toContain("[secret]");
    expect(scrub(line)).not.toContain(secret);
  });

  it("keep what shows where they stood", () => {
    expect(scrub("postgres://vigie:pw@db/vigie")).toBe("postgres://vigie:[secret]@db/vigie");
    expect(scrub("a?signature=abc&b=1")).toBe("a?signature=[secret]&b=1");
  });

  it.each([
    "wss://data-stream.binance.vision:9443/stream?streams=btcusdt@kline_1m",
    '{"level":"info","time":"2026-11-22T20:24:11.484Z","symbol":"BTCUSDT","price":"64808.01"}',
    "run 7f3e:BTCUSDT:1795378812104:enter-long",
    "http://127.0.0.1:3000/metrics asked by a@b",
  ])("%s is not one", (line) => {
    expect(scrub(line)).toBe(line);
  });
});
