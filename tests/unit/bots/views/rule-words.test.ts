/** Every rule can be said in words, in every language: nothing is missing, nothing is left as a key. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../../../bots/text/text.ts";
import { Reader } from "../../../../bots/views/reader.ts";
import { ruleWords, storedRuleWords } from "../../../../bots/views/rule-words.ts";
import { INDICATORS } from "../../../../src/domain/indicator.ts";
import { parseRule } from "../../../../src/rules/parse.ts";
import { arbitraryRule } from "../../rules/arbitrary-rule.ts";

const readers = LANGUAGES.map(
  (language) => new Reader({ language, timeZone: "UTC" }, { now: 0, quoteAsset: "USDT" }),
);
const [english, french] = readers;

function words(text: string, reader = english): readonly string[] {
  return ruleWords(reader!, parseRule(text, { timeframe: "15m", quoteAsset: "USDT" }));
}

describe("a rule in words", () => {
  it("says what enters, what leaves, what protects and what is staked", () => {
    const text = `enter long when rsi(14) crosses above 30 and close > ema(200)@4h
      exit long when rsi(14) > 70 or profit >= 6% or held > 90m
      stop 2% take 5% trail 1.5% after 1% max 12h cooldown 30m size 10%`;
    expect(words(text)).toEqual([
      "Buys when RSI(14) crosses above 30 and the price is above EMA(200) on 4h.",
      "Sells again when RSI(14) is above 70 or the profit is at or above 6 % or the time held is above 1h 30m.",
      "Protected by a stop 2 % away, a target 5 % away, a trailing stop 1.5 % behind the best price once the profit has reached 1 %, a time limit of 12h.",
      "Rests for 30m after each trade.",
      "Stakes 10 % of its wallet each time.",
    ]);
    expect(words(text, french)).toEqual([
      "Achète quand RSI(14) franchit 30 à la hausse et le cours dépasse EMA(200) en 4h.",
      "Revend quand RSI(14) dépasse 70 ou le profit atteint ou dépasse 6 % ou la durée de détention dépasse 1h 30min.",
      "Protégée par un stop à 2 %, un objectif à 5 %, un stop suiveur à 1,5 % du meilleur cours dès que le profit atteint 1 %, une durée limite de 12h.",
      "Se repose 30min après chaque transaction.",
      "Mise 10 % de son portefeuille à chaque fois.",
    ]);
  });

  it("puts brackets where the parts could be misread, and denies in plain words", () => {
    expect(words("enter long when (close > 1 or open < 2) and not volume rising 3")).toContain(
      "Buys when (the price is above 1 or the opening price is below 2) and the volume did not rise on each of the last 3 candles.",
    );
    expect(words("enter short when not (close > 1 and not open > 2)")[0]).toBe(
      "Sells short when not all of this is so: (the price is above 1 and the opening price is not above 2).",
    );
    expect(words("enter long when (close - open) * 2 > -atr(14)[3]")[0]).toBe(
      "Buys when (the price − the opening price) × 2 is above −ATR(14) 3 candles ago.",
    );
    expect(words("enter long when ema(volume, 20) > 1000 or macd(12, 26, 9).signal < 0")[0]).toBe(
      "Buys when EMA(20) of the volume is above 1,000 or the signal line of MACD(12, 26, 9) is below 0.",
    );
  });

  it("warns of a side that nothing leaves", () => {
    expect(words("enter long when close > 1")).toContain(
      "Without an exit a position stays open until it is closed by hand.",
    );
    expect(words("enter long when close > 1 stop 2%").join(" ")).not.toContain("by hand");
    expect(words("enter long when close > 1 stop 2% size 50 USDT").at(-1)).toBe(
      "Stakes 50.00 USDT each time.",
    );
  });

  it.each(LANGUAGES)("has words in %s for whatever the language can say", (language) => {
    const reader = readers.find((one) => one.language === language);
    fc.assert(
      fc.property(arbitraryRule, (rule) => {
        const said = ruleWords(reader!, rule);
        expect(said.length).toBeGreaterThanOrEqual(2);
        for (const sentence of said) {
          expect(sentence).not.toMatch(/words-|output-|\{|\$|undefined|NaN/);
          expect(sentence).toMatch(/^\p{Lu}.*\.$/su);
          expect(sentence.split("(").length).toBe(sentence.split(")").length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("names every output of every indicator", () => {
    for (const { name, outputs, params } of INDICATORS.values()) {
      for (const output of outputs) {
        const numbers = params.map((param) => param.default ?? param.max).map(String);
        const call = numbers.length === 0 ? name : `${name}(${numbers.join(", ")})`;
        const text = outputs.length === 1 ? call : `${call}.${output}`;
        for (const reader of readers) {
          expect(words(`enter long when ${text} > 0`, reader)[0]).not.toContain("output-");
        }
      }
    }
  });

  it("is left out for a stored rule that cannot be read any more", () => {
    const stored = { ruleText: "enter when the moon is full", timeframe: "1h" } as const;
    expect(storedRuleWords(english!, stored)).toEqual([]);
  });
});
