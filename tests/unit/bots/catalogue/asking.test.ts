/** What a command lacks is asked for: with buttons where there is a choice, in words where there is none. */
import { describe, expect, it } from "vitest";
import type { Caller } from "../../../../bots/catalogue/command.ts";
import { ANSWER_LIFE_MS } from "../../../../bots/catalogue/open-questions.ts";
import type { Reply } from "../../../../bots/views/reply.ts";
import { person } from "../../../support/test-app.ts";
import { buttonOf, shown, testBot, yesOf, type TestBot } from "../../../support/test-bot.ts";

const ada = person("ada");
const at = (change: Partial<Caller> = {}): Caller => ({
  user: ada,
  platform: "telegram",
  place: "private",
  ...change,
});

const labels = (reply: Reply): readonly string[] => reply.buttons.flat().map(({ label }) => label);

async function adopted(): Promise<TestBot> {
  const bot = testBot();
  for (const key of ["rsi-reversal-1h", "rsi-reversal-4h", "ema-crossover-1h"]) {
    await bot.say(`/adopt ${key}`, ada);
  }
  return bot;
}

describe("an option with choices", () => {
  it("is asked for with a button each and Cancel, and a press fills it in", async () => {
    const bot = await adopted();
    const asked = await bot.say("/strategy", ada);
    expect(asked.tone).toBe("neutral");
    expect(shown(asked)).toContain("Which strategy?");
    expect(labels(asked)).toEqual([
      "#1 RSI reversal 1h (BTCUSDT 1h)",
      "#2 RSI reversal 4h (BTCUSDT 4h)",
      "#3 EMA crossover 1h (BTCUSDT 1h)",
      "Cancel",
    ]);
    const second = buttonOf(asked, "#2 RSI reversal 4h (BTCUSDT 4h)");
    expect(shown(await bot.press(second, ada))).toContain("#2 RSI reversal 4h\n");
    expect(shown(await bot.press(second, person("eve")))).toContain("somebody else");
  });

  it("can be answered in words as well, by value or as the button reads", async () => {
    const bot = await adopted();
    await bot.say("/strategy", ada);
    expect(shown(await bot.say("2", ada))).toContain("#2 RSI reversal 4h\n");
    await bot.say("/strategy", ada);
    expect(shown(await bot.say("#3 ema crossover 1h (btcusdt 1h)", ada))).toContain("#3 EMA");
    expect(shown(await bot.say("2", ada))).toContain("There is no command");
  });

  it("leads to the question that a dangerous command asks anyway", async () => {
    const bot = await adopted();
    const asked = await bot.say("/reset", ada);
    const [first] = asked.buttons.flat();
    const sure = await bot.press(first!, ada);
    expect(sure.tone).toBe("warning");
    expect(shown(await bot.press(yesOf(sure), ada))).toContain("starts afresh");
  });

  it("is paged where there are many, and each page turns to the next", async () => {
    const bot = testBot();
    const asked = await bot.say("/adopt", ada);
    expect(labels(asked)).toHaveLength(8 + 2);
    expect(labels(asked).slice(-2)).toEqual(["Next", "Cancel"]);
    const next = await bot.press(buttonOf(asked, "Next"), ada);
    expect(labels(next).slice(-3)).toEqual(["Previous", "Next", "Cancel"]);
    expect(labels(next)).not.toContain(labels(asked)[0]);
    const back = await bot.press(buttonOf(next, "Previous"), ada);
    expect(labels(back)).toEqual(labels(asked));
    const chosen = next.buttons[0]![0]!;
    expect(shown(await bot.press(chosen, ada))).toContain("runs on BTCUSDT");
    expect(bot.app.queries.strategies(ada)).toHaveLength(1);
  });

  it("is not asked for when there is nothing to choose from", async () => {
    const bot = testBot();
    expect(shown(await bot.say("/close", ada))).toBe("No position is open.");
    expect(shown(await bot.say("/strategy", ada))).toContain("You have no strategies yet");
    expect(shown(await bot.say("/trade", ada))).toContain("No trade has been closed yet");
    expect(bot.catalogue.awaits(at())).toBe(false);
  });

  it("asks for the next one that is missing, with what is known kept", async () => {
    const bot = await adopted();
    const asked = await bot.say("/judging", ada);
    const mode = await bot.press(buttonOf(asked, "#1 RSI reversal 1h (BTCUSDT 1h)"), ada);
    expect(labels(mode)).toEqual(["closed", "live", "Cancel"]);
    await bot.press(buttonOf(mode, "live"), ada);
    expect(bot.app.strategies.find(ada, 1).strategy.judging).toBe("live");
  });

  it("offers the open positions and the newest trades of one's own", async () => {
    const bot = await adopted();
    bot.gateway.openPosition(ada.id, 1);
    expect(labels(await bot.say("/close", ada))).toEqual([
      "#1 BTCUSDT long (RSI reversal 1h)",
      "Cancel",
    ]);
    expect(labels(await bot.say("/trade", ada))).toEqual(["#1 BTCUSDT long", "Cancel"]);
    expect(labels(await bot.say("/trade", person("eve")))).toEqual([]);
  });
});

describe("an option without choices", () => {
  it("is the person's next plain message", async () => {
    const bot = await adopted();
    const asked = await bot.say("/rename 1", ada);
    expect(shown(asked)).toContain("What shall it be called?");
    expect(labels(asked)).toEqual(["Cancel"]);
    expect(shown(await bot.say("  Quiet one ", ada))).toContain("#1 Quiet one");
    expect(bot.app.strategies.find(ada, 1).strategy.name).toBe("Quiet one");
  });

  it("is asked for again after a refused answer, and what was given before is kept", async () => {
    const bot = await adopted();
    await bot.say("/rename 1", ada);
    const again = await bot.say("\u200b", ada);
    expect(again.tone).toBe("error");
    expect(shown(again)).toContain("no visible character");
    await bot.say("Second try", ada);
    expect(bot.app.strategies.find(ada, 1).strategy.name).toBe("Second try");
  });

  it("is no longer waited for after Cancel, /cancel, another command or ten minutes", async () => {
    const bot = await adopted();
    const stopped = async (stop: (asked: Reply) => Promise<unknown>): Promise<void> => {
      await stop(await bot.say("/rename 1", ada));
      expect(shown(await bot.say("Never", ada))).toContain("There is no command");
    };
    await stopped((asked) => bot.press(buttonOf(asked, "Cancel"), ada));
    await stopped(async () => {
      expect(shown(await bot.say("/cancel", ada))).toBe("Nothing was done.");
      expect(shown(await bot.say("/cancel", ada))).toContain("nothing to cancel");
    });
    await stopped(() => bot.say("/version", ada));
    await stopped(async () => bot.clock.advance(ANSWER_LIFE_MS));
    expect(bot.app.strategies.find(ada, 1).strategy.name).toBe("RSI reversal 1h");
  });

  it("is waited for on the platform it was asked on, from the person who was asked", async () => {
    const bot = await adopted();
    await bot.say("/rename 1", ada);
    const others = [at({ platform: "console" }), at({ user: person("eve") })];
    for (const other of others) {
      expect(shown(await bot.catalogue.say("Mine", other))).toContain("There is no command");
    }
    expect(bot.catalogue.awaits(at())).toBe(true);
  });

  it("is never asked for in a group, nor where plain words do not reach us", async () => {
    const bot = await adopted();
    for (const place of [at({ place: "group" }), at({ platform: "discord" })]) {
      const reply = await bot.catalogue.say("/rename 1", place);
      expect(shown(reply)).toContain("Usage: /rename <number> <name…>");
      expect(bot.catalogue.awaits(place)).toBe(false);
      expect(labels(await bot.catalogue.say("/strategy", place))).toHaveLength(4);
      expect(bot.catalogue.awaits(place)).toBe(false);
    }
  });

  it("survives a message that came too fast or was no command", async () => {
    const bot = await adopted();
    await bot.say("/rename 1", ada);
    await bot.say("/nonsense", ada);
    expect(bot.catalogue.awaits(at())).toBe(true);
  });
});

it("a wrong value is refused with the usage, as ever", async () => {
  const bot = await adopted();
  expect(shown(await bot.say("/rename many", ada))).toContain("Usage: /rename <number> <name…>");
  expect(bot.catalogue.awaits(at())).toBe(false);
});

it("nobody learns by a question what a command is that they may not use", async () => {
  const viewer = person("vic", { role: "viewer" });
  expect(shown(await testBot().say("/close", viewer))).toContain('needs the role "trader"');
});
