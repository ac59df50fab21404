/** A strategy as text: it comes back the same whatever chats do to it, and what was changed shows. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanName } from "../../../src/app/names.ts";
import {
  fingerprintOf,
  MAX_SHARED_LENGTH,
  readShared,
  shareText,
  type SharedStrategy,
} from "../../../src/app/shared-text.ts";
import { Fault } from "../../../src/domain/fault.ts";
import { TIMEFRAMES } from "../../../src/domain/timeframe.ts";
import { parseRule } from "../../../src/rules/parse.ts";
import { printRule } from "../../../src/rules/print.ts";
import { arbitraryRule } from "../rules/arbitrary-rule.ts";

const RULE = "enter long when rsi(14) < 30 and close > -1\nexit long when rsi(14) > 70\nstop 2%";
const DIP: SharedStrategy = {
  name: 'Ann\'s "dip"',
  symbol: "BTCUSDT",
  timeframe: "15m",
  judging: "closed",
  ruleText: RULE,
};

const canonical = (text: string): string => printRule(parseRule(text));

/** What was read, with its rule in canonical form. */
function read(text: string): SharedStrategy & { readonly stated: string } {
  const found = readShared(text);
  return { ...found, ruleText: canonical(found.ruleText) };
}

const code = (text: string): string => {
  try {
    readShared(text);
    return "none";
  } catch (error) {
    return error instanceof Fault ? error.code : String(error);
  }
};

const names = fc
  .oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.constantFrom(
      "name: x fingerprint: 0000-0000-0000-0000",
      "rule: y name: z",
      "vigie-strategy 1",
    ),
  )
  .filter((text) => {
    try {
      return cleanName(text) !== "";
    } catch {
      return false;
    }
  })
  .map(cleanName);

const strategies = fc.record({
  name: names,
  symbol: fc.constantFrom("BTCUSDT", "1000SATSUSDT"),
  timeframe: fc.constantFrom(...TIMEFRAMES),
  judging: fc.constantFrom("closed" as const, "live" as const),
  ruleText: arbitraryRule.map((rule) => printRule(rule)),
});

/** What a text goes through between two phones. */
const MANGLINGS: readonly (readonly [string, (text: string) => string])[] = [
  ["nothing", (text) => text],
  ["line breaks lost, as in a slash command", (text) => text.replaceAll("\n", " ")],
  ["Windows line breaks and indentation", (text) => text.replaceAll("\n", "\r\n\t  ")],
  ["no-break spaces", (text) => text.replaceAll(" ", "\u00A0")],
  ["typographic dashes", (text) => text.replace("vigie-s", "vigie\u2013s")],
  [
    "a byte order mark and zero-width characters",
    (text) => `\uFEFF${text.split(" ").join("\u200B ")}`,
  ],
  ["direction marks", (text) => `\u202E${text.replaceAll("\n", "\n\u2066")}`],
  ["a chat before and after it", (text) => `Look at this: on\n\`\`\`\n${text}\n\`\`\`\nGood luck!`],
  ["markup", (text) => text.replaceAll(/[<>]/g, (sign) => (sign === "<" ? "&lt;" : "&gt;"))],
];

describe("sharing and importing", () => {
  it.each(MANGLINGS)("gives the same strategy back after %s", (what, mangle) => {
    fc.assert(
      fc.property(strategies, (strategy) => {
        fc.pre(what !== "markup" || !/[<>]/.test(strategy.name));
        const { stated, ...found } = read(mangle(shareText(strategy)));
        expect(found).toEqual(strategy);
        expect(stated).toBe(fingerprintOf(found));
      }),
      { numRuns: 60 },
    );
  });

  it("in capitals, with smart quotes and signs that editors make, is the same", () => {
    const text = shareText(DIP)
      .toUpperCase()
      .replaceAll('"', "\u201D")
      .replaceAll("'", "\u2019")
      .replace("> -1", "> \u22121");
    const found = read(text);
    expect(found).toMatchObject({ symbol: "BTCUSDT", ruleText: RULE });
    expect(found.stated).toBe(fingerprintOf(DIP));
  });
});

describe("the fingerprint", () => {
  it("is what the documentation says: other programs may compute it", () => {
    expect(fingerprintOf(DIP)).toBe("f7f3-4d95-c70b-a6e1");
    expect(fingerprintOf(DIP)).toMatch(/^[0-9a-f]{4}(-[0-9a-f]{4}){3}$/);
  });

  it("tells any other content apart, and takes no notice of the name", () => {
    fc.assert(
      fc.property(strategies, strategies, (a, b) => {
        const same =
          a.symbol === b.symbol &&
          a.timeframe === b.timeframe &&
          a.judging === b.judging &&
          a.ruleText === b.ruleText;
        expect(fingerprintOf(a) === fingerprintOf(b)).toBe(same);
        const renamed = { ...a, name: b.name };
        expect(fingerprintOf(renamed)).toBe(fingerprintOf(a));
      }),
    );
  });

  it.each([
    ["another stop", "stop 2%", "stop 3%"],
    ["another symbol", "BTCUSDT", "ETHUSDT"],
    ["another timeframe", "15m", "5m"],
    ["another judging", "closed", "live"],
    ["a clause more", "stop 2%", "stop 2% size 10%"],
  ])("shows %s", (_, from, to) => {
    const { stated, ...found } = read(shareText(DIP).replace(from, to));
    expect(stated).not.toBe(fingerprintOf(found));
  });
});

describe("a text that is none of ours", () => {
  const whole = shareText(DIP);
  it.each([
    ["share-unreadable", ""],
    ["share-unreadable", "enter long when close > 1"],
    ["share-unreadable", Buffer.from(whole, "utf16le").toString("latin1").slice(0, 20)],
    ["share-newer", whole.replace("strategy 1", "strategy 2")],
    ["share-incomplete", whole.replace(/fingerprint.*/, "")],
    ["share-incomplete", whole.slice(0, whole.length - 3)],
    ["share-incomplete", whole.replace("rule:", "")],
    ["share-incomplete", whole.replace("symbol:", "")],
    ["share-value", whole.replace("15m", "7m")],
    ["share-value", whole.replace("closed", "sometimes")],
    ["name-empty", whole.replace(/name: .*/, "name: \u200B")],
    ["share-too-long", whole + " ".repeat(MAX_SHARED_LENGTH)],
  ])("is refused as %s", (expected, text) => {
    expect(code(text)).toBe(expected);
  });

  it("is read in no time and with a fault at worst, however hostile", () => {
    const pieces = [
      "vigie-strategy 1 ",
      "symbol: ",
      "rule: ",
      "name: ",
      "fingerprint: ",
      "abcd-",
      " ",
    ];
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: MAX_SHARED_LENGTH }),
      fc
        .array(fc.constantFrom(...pieces, ...whole.split(" ")), { maxLength: 900 })
        .map((all) => all.join("").slice(0, MAX_SHARED_LENGTH)),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const begun = performance.now();
        expect(code(text)).toMatch(/^(none|share-[a-z-]+|name-empty)$/);
        expect(performance.now() - begun).toBeLessThan(500);
      }),
    );
  });
});
