/** Tab offers commands, then what fits the option the cursor stands in. */
import { describe, expect, it } from "vitest";
import { completions } from "../../../../bots/console/completion.ts";
import { person } from "../../../support/test-app.ts";
import { testBot } from "../../../support/test-bot.ts";

const ada = person("ada");

describe("completion", () => {
  const bot = testBot();
  const complete = (line: string, user = ada) =>
    completions(bot.catalogue, { user, platform: "console", place: "private" }, line);

  it("offers commands with and without the slash, and only those that may be used", () => {
    const begun = ["start", "stats", "status", "stop", "stopbuy", "stopentry"];
    expect(complete("/st")).toEqual([
      [...begun, "strategies", "strategy"].map((name) => `/${name}`),
      "/st",
    ]);
    expect(complete("bal")).toEqual([["balance"], "bal"]);
    expect(complete("/rest")[0]).toEqual([]);
    expect(complete("/rest", person("r", { role: "admin" }))[0]).toEqual(["/restart"]);
    expect(complete("")[0].length).toBeGreaterThan(20);
  });

  it("offers values for the option that is being typed", () => {
    expect(complete("/adopt rsi-reversal-1")[0].toSorted()).toEqual([
      "rsi-reversal-15m",
      "rsi-reversal-1d",
      "rsi-reversal-1h",
      "rsi-reversal-1m",
    ]);
    expect(complete("/toggle 1 o")).toEqual([["on", "off"], "o"]);
    expect(complete("/nothing x")).toEqual([[], "x"]);
    expect(complete("/version x")).toEqual([[], "x"]);
  });
});
