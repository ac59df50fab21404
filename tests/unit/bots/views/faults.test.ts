/** A refused rule is shown with the place and what would have fitted; other faults are one sentence. */
import { describe, expect, it } from "vitest";
import { faultText, faultView } from "../../../../bots/views/faults.ts";
import { Reader } from "../../../../bots/views/reader.ts";
import { Fault } from "../../../../src/domain/fault.ts";
import { NOON, person } from "../../../support/test-app.ts";
import { shown, testBot } from "../../../support/test-bot.ts";

const ada = person("ada");
const reader = new Reader(ada, { now: NOON, quoteAsset: "USDT" });

describe("a refused rule", () => {
  it("is shown with a caret under each place and the nearest word", async () => {
    const reply = await testBot().say(
      "/new X BTCUSDT 1h enter long when rssi(14) < 30\nstop 200%",
      ada,
    );
    expect(reply.tone).toBe("error");
    const lines = shown(reply)
      .replace(/\(\S+ percent\)/, "(…)")
      .split("\n");
    expect(lines.slice(0, 7)).toEqual([
      'There is no indicator or price "rssi". Did you mean "rsi"?',
      "  enter long when rssi(14) < 30",
      "                  ^^^^",
      "200% is out of range (…).",
      "  stop 200%",
      "       ^^^^",
      "X · BTCUSDT · 1h is kept. Please answer again. /cancel ends this.",
    ]);
  });

  it("shows three problems and counts the rest", async () => {
    const rule = "enter long when a > 1 and b > 1 and c > 1 and d > 1 and e > 1";
    const answer = shown(await testBot().say(`/new X BTCUSDT 1h ${rule}`, ada));
    expect(answer.match(/\^/g)).toHaveLength(3);
    expect(answer).toContain("There are 2 more problems.");
  });

  it("says what was expected where the text ends too early", async () => {
    const answer = shown(await testBot().say("/new X BTCUSDT 1h enter long when close >", ada));
    expect(answer).toContain(
      "The rule ends too early. Expected: a number, a price or an indicator.",
    );
  });
});

const say = (code: string, facts = {}) => faultText(reader, new Fault(code, facts));

describe("a fault", () => {
  it("reads facts by their names: durations, times, numbers that are names", () => {
    expect(say("pause-too-long", { maxMs: 86_400_000 })).toContain("1d at most");
    expect(say("exchange-banned", { until: NOON })).toContain("until 22 Nov 2026, 14:03");
    expect(say("not-found", { what: "trade", number: 12_345 })).toContain("#12345");
    expect(say("not-found", { number: 7 })).toBe("You have nothing with the number 7.");
  });

  it("repeats what others wrote without letting it steer the screen", () => {
    expect(say("exchange-refused", { message: "\u001B[31mno\nway\u202E" })).toBe(
      "The exchange refused: [31mno way",
    );
  });

  it("is added the usage when the words were wrong", () => {
    const { blocks } = faultView(
      reader,
      new Fault("option-missing", { option: "page" }),
      "/x <page>",
    );
    expect(blocks).toEqual([
      { kind: "text", text: "Something is missing: page." },
      { kind: "text", text: "Usage: /x <page>" },
    ]);
  });

  it("that is none of ours tells nothing of itself", () => {
    const { blocks } = faultView(reader, new Error("password=hunter2"), null);
    expect(JSON.stringify(blocks)).not.toContain("hunter2");
  });
});
