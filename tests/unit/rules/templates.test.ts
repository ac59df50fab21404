/** The 42 built-in rules. */
import { describe, expect, test } from "vitest";
import { TIMEFRAMES, timeframeMs } from "../../../src/domain/timeframe.ts";
import { ruleMemory } from "../../../src/rules/memory.ts";
import { parseRule } from "../../../src/rules/parse.ts";
import { printRule } from "../../../src/rules/print.ts";
import { TEMPLATES } from "../../../src/rules/templates.ts";

describe("the templates", () => {
  test("are seven families on each of six timeframes, with keys of their own", () => {
    expect(TEMPLATES).toHaveLength(42);
    expect(new Set(TEMPLATES.map((template) => template.key)).size).toBe(42);
    expect(new Set(TEMPLATES.map((template) => template.title)).size).toBe(42);
    const families = Map.groupBy(TEMPLATES, (template) => template.family);
    expect([...families.keys()]).toEqual([
      "rsi-reversal",
      "ema-crossover",
      "macd-momentum",
      "bollinger-bounce",
      "donchian-breakout",
      "stochastic-trend",
      "adx-trend",
    ]);
    for (const members of families.values()) {
      expect(members.map((member) => member.timeframe)).toEqual(TIMEFRAMES);
    }
  });

  test.each(TEMPLATES.map((template) => [template.key, template] as const))(
    "%s is a valid rule in canonical form, for both sides and with a stop",
    (key, { family, timeframe, ruleText, title }) => {
      expect(key).toBe(`${family}-${timeframe}`);
      expect(title).toMatch(new RegExp(` ${timeframe}$`, "u"));
      const rule = parseRule(ruleText, { timeframe, quoteAsset: "USDT" });
      expect(printRule(rule)).toBe(ruleText);
      expect(rule.enterLong && rule.exitLong && rule.enterShort && rule.exitShort).toBeTruthy();
      expect(rule.protections.stopLossPercent).not.toBeNull();
      expect(rule.protections.size).toStrictEqual({ kind: "percent", percent: "20" });
    },
  );

  test("allow wider moves and longer waits on longer timeframes", () => {
    for (const members of Map.groupBy(TEMPLATES, (template) => template.family).values()) {
      const rules = members.map(({ ruleText }) => parseRule(ruleText).protections);
      const stops = rules.map((protections) => Number(protections.stopLossPercent));
      const cooldowns = rules.map((protections) => protections.cooldownMs);
      expect(stops).toEqual(stops.toSorted((a, b) => a - b));
      expect(new Set(stops).size).toBe(6);
      expect(cooldowns).toEqual(cooldowns.toSorted((a, b) => a - b));
    }
  });

  test("wait for nothing slower than their own candles on 1m and 5m", () => {
    for (const { timeframe, ruleText } of TEMPLATES) {
      const memory = ruleMemory(parseRule(ruleText), timeframe);
      if (timeframeMs(timeframe) > timeframeMs("5m")) continue;
      expect([...memory.keys()]).toEqual([timeframe]);
      expect(memory.get(timeframe)?.warmup).toBeLessThanOrEqual(60);
    }
  });
});
