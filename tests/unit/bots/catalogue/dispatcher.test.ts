/** The way from a person to a command: who may, where, how often, with what values, and are they sure. */
import { describe, expect, it } from "vitest";
import { Buttons } from "../../../../bots/catalogue/buttons.ts";
import { MemoryCallStore } from "../../../support/memory-calls.ts";
import { command, type Caller, type Command } from "../../../../bots/catalogue/command.ts";
import { Catalogue } from "../../../../bots/catalogue/dispatcher.ts";
import { int, string } from "../../../../bots/catalogue/option.ts";
import type { Reply } from "../../../../bots/views/reply.ts";
import { Fault } from "../../../../src/domain/fault.ts";
import { person } from "../../../support/test-app.ts";
import { buttonOf, shown, testBot, yesOf } from "../../../support/test-bot.ts";

const ada = person("ada");
const caller: Caller = { user: ada, platform: "telegram", place: "private" };

interface Scene {
  readonly catalogue: Catalogue;
  readonly ran: unknown[];
  readonly reported: unknown[];
  now: number;
}

const line = (text: string) => ({ tone: "neutral", blocks: [{ kind: "text", text }] }) as const;

function scene(commands: (ran: unknown[]) => readonly Command[], burst = 100): Scene {
  const ran: unknown[] = [];
  const reported: unknown[] = [];
  const made = { ran, reported, now: 0 };
  const buttons = new Buttons({ store: new MemoryCallStore(), now: () => made.now });
  const catalogue = new Catalogue({
    commands: commands(ran),
    buttons,
    now: () => made.now,
    quoteAsset: "USDT",
    rate: { burst, refillMs: 10_000 },
    reportUnexpected: (error, facts) => reported.push([error, facts]),
  });
  return Object.assign(made, { catalogue });
}

const echo = (ran: unknown[], change: object = {}): Command =>
  command({
    name: "echo",
    group: "general",
    role: "viewer",
    options: { number: int.req("option-page", { min: 1 }), word: string.opt("option-name") },
    aliases: { twice: { number: 2 } },
    run: (values) => {
      ran.push(values);
      return line(`ran ${values.number}`);
    },
    ...change,
  });

describe("running", () => {
  it("gives words and filled-in options the same meaning", async () => {
    const { catalogue, ran } = scene((into) => [echo(into)]);
    await catalogue.say("/echo 3 hello", caller);
    await catalogue.run("echo", { number: 3, word: "hello" }, caller);
    await catalogue.run("ECHO", "word=hello 3", caller);
    expect(ran).toEqual(Array.from({ length: 3 }, () => ({ number: 3, word: "hello" })));
  });

  it("lets an alias preset options, which then are no longer asked for", async () => {
    const { catalogue, ran } = scene((into) => [echo(into)]);
    await catalogue.say("/twice hello", caller);
    expect(ran).toEqual([{ number: 2, word: "hello" }]);
    const reply = await catalogue.run("twice", { number: 5 }, caller);
    expect(reply.tone).toBe("error");
    expect(ran).toHaveLength(1);
  });

  it("answers wrong words with the usage", async () => {
    const { catalogue } = scene((into) => [echo(into)]);
    const reply = await catalogue.say("/echo many", caller);
    expect(shown(reply)).toBe('"many" is no whole number (number).\nUsage: /echo <number> [word]');
  });

  it("suggests the command that was probably meant, among those the caller may use", async () => {
    const { catalogue } = scene((into) => [
      echo(into),
      echo(into, { name: "eject", role: "admin", aliases: {} }),
    ]);
    expect(shown(await catalogue.say("/ecko 3", caller))).toContain("Did you mean /echo?");
    expect(shown(await catalogue.say("/ejekt", caller))).not.toContain("eject");
    expect(shown(await catalogue.say("good morning", caller))).toContain("/help");
  });

  it("says only that something went wrong when it did not foresee it, and reports it", async () => {
    const { catalogue, reported } = scene(() => [
      echo([], {
        run: () => {
          throw new TypeError("secret-token leaked");
        },
      }),
    ]);
    const reply = await catalogue.say("/echo 1", caller);
    expect(reply.tone).toBe("error");
    expect(shown(reply)).not.toContain("secret-token");
    expect(reported).toEqual([[expect.any(TypeError), { command: "echo" }]]);
  });

  it("names a fault that has no sentence by its code", async () => {
    const { catalogue, reported } = scene(() => [
      echo([], {
        run: () => {
          throw new Fault("moon-too-near");
        },
      }),
    ]);
    expect(shown(await catalogue.say("/echo 1", caller))).toBe(
      "That did not work (moon-too-near).",
    );
    expect(reported).toEqual([]);
  });
});

describe("permission", () => {
  it("is refused to a lower role before the options are looked at", async () => {
    const { catalogue, ran } = scene((into) => [echo(into, { role: "admin" })]);
    for (const words of ["/echo 3", "/echo", "/echo what even"]) {
      const reply = await catalogue.say(words, caller);
      expect(shown(reply)).toBe('That needs the role "admin", which you do not have.');
    }
    expect(shown(await catalogue.run("echo", {}, caller))).toContain("admin");
    expect(ran).toEqual([]);
  });

  it("to act is refused to the suspended, to look is not", async () => {
    const { catalogue } = scene((into) => [
      echo(into),
      echo(into, { name: "act", role: "trader", aliases: {} }),
    ]);
    const suspended = { ...caller, user: person("s", { suspended: true }) };
    expect((await catalogue.say("/echo 1", suspended)).tone).toBe("neutral");
    expect(shown(await catalogue.say("/act 1", suspended))).toContain("suspended");
  });

  it("is refused in groups for what is private", async () => {
    const { catalogue, ran } = scene((into) => [echo(into, { place: "private" })]);
    const reply = await catalogue.say("/echo 1", { ...caller, place: "group" });
    expect(shown(reply)).toContain("private chat");
    await catalogue.say("/echo 1", caller);
    expect(ran).toHaveLength(1);
  });

  it("is checked again when a button is pressed", async () => {
    const bot = testBot();
    const root = person("root", { role: "admin" });
    const yes = yesOf(await bot.say("/restart", root));
    const demoted = person("root", { role: "viewer" });
    expect(shown(await bot.press(yes, demoted))).toContain("administrator".slice(0, 5));
    expect(bot.gateway.restarts).toBe(0);
  });
});

describe("the rate limit", () => {
  it("holds back one person's flood and says how long, by button as well", async () => {
    const stage = scene((into) => [echo(into)], 2);
    const say = async (who: Caller): Promise<Reply> => stage.catalogue.say("/echo 1", who);
    await say(caller);
    await say(caller);
    expect(shown(await say(caller))).toBe("That was too fast. Please wait 5s.");
    expect(shown(await stage.catalogue.press("x", caller))).toContain("too fast");
    expect((await say({ ...caller, user: person("bob") })).tone).toBe("neutral");
    stage.now = 5_000;
    expect((await say(caller)).tone).toBe("neutral");
    expect(stage.ran).toHaveLength(4);
  });

  it("does not hold back the terminal, where scripts are piped in", async () => {
    const { catalogue, ran } = scene((into) => [echo(into)], 1);
    for (let n = 1; n <= 20; n++)
      await catalogue.say(`/echo ${n}`, { ...caller, platform: "console" });
    expect(ran).toHaveLength(20);
  });
});

const asking = (ran: unknown[]): readonly Command[] => [
  echo(ran, { confirm: ({ number }: { number: number }) => ({ text: `Really ${number}?` }) }),
  command({ name: "dismiss", group: null, role: "viewer", run: () => line("fine") }),
];

describe("a question", () => {
  it("is asked before anything happens, and yes runs it once", async () => {
    const { catalogue, ran } = scene(asking);
    const question = await catalogue.say("/echo 7", caller);
    expect(shown(question)).toBe("Really 7?");
    expect(ran).toEqual([]);
    expect(shown(await catalogue.press(yesOf(question).id, caller))).toBe("ran 7");
    expect(shown(await catalogue.press(yesOf(question).id, caller))).toContain("expired");
    expect(ran).toHaveLength(1);
  });

  it("can be answered by its owner alone", async () => {
    const { catalogue, ran } = scene(asking);
    const { id } = yesOf(await catalogue.say("/echo 7", caller));
    const eve = { ...caller, user: person("eve", { role: "admin" }) };
    expect(shown(await catalogue.press(id, eve))).toContain("somebody else");
    expect(ran).toEqual([]);
    await catalogue.press(id, caller);
    expect(ran).toHaveLength(1);
  });

  it("expires after a minute", async () => {
    const stage = scene(asking);
    const { id } = yesOf(await stage.catalogue.say("/echo 7", caller));
    stage.now = 60_000;
    expect(shown(await stage.catalogue.press(id, caller))).toContain("expired");
    expect(stage.ran).toEqual([]);
  });

  it("is not asked when yes is said with the words", async () => {
    const { catalogue, ran } = scene(asking);
    await catalogue.say("/echo 7 yes", caller);
    await catalogue.say("/echo 8 word=a YES", caller);
    await catalogue.say("/echo 9 oui", { ...caller, user: person("f", { language: "fr" }) });
    expect(ran).toEqual([{ number: 7 }, { number: 8, word: "a" }, { number: 9 }]);
    expect(shown(await catalogue.say("/echo yes", caller))).toContain("Still needed: page number.");
  });

  it("cannot be answered by filled-in options", async () => {
    const { catalogue, ran } = scene(asking);
    expect((await catalogue.run("echo", { number: 7, word: "yes" }, caller)).tone).toBe("warning");
    expect((await catalogue.run("echo", { number: 7, confirmed: true }, caller)).tone).toBe(
      "error",
    );
    expect(ran).toEqual([]);
  });

  it("is worthless after Cancel", async () => {
    const bot = testBot();
    const root = person("root", { role: "admin" });
    const question = await bot.say("/restart", root);
    expect(shown(await bot.press(buttonOf(question, "Cancel"), root))).toBe("Nothing was done.");
    expect(shown(await bot.press(yesOf(question), root))).toContain("expired");
    expect(bot.gateway.restarts).toBe(0);
  });
});

describe("a hidden command", () => {
  it("cannot be typed", async () => {
    const bot = testBot();
    expect(shown(await bot.say("/dismiss abc", ada))).toContain("There is no command");
    expect(shown(await bot.fill("dismiss", { call: "abc" }, ada))).toContain("There is no command");
  });
});

describe("suggestions", () => {
  it("come from choices and from the caller's own things", async () => {
    const bot = testBot();
    await bot.app.strategies.adopt(ada, "rsi-reversal-1h", null);
    const suggest = (name: string, option: string, typed: string, user = ada) =>
      bot.catalogue.suggest(name, option, typed, { ...caller, user }).map((one) => one.value);
    expect(suggest("toggle", "state", "o")).toEqual(["on", "off"]);
    expect(suggest("why", "number", "")).toEqual([1]);
    expect(suggest("why", "number", "reversal")).toEqual([1]);
    expect(suggest("why", "number", "", person("eve"))).toEqual([]);
    expect(suggest("adopt", "template", "donchian")).toHaveLength(6);
    expect(suggest("adopt", "template", "")).toHaveLength(25);
    expect(suggest("toggle", "state", "", person("v", { role: "viewer" }))).toEqual([]);
    expect(suggest("toggle", "__proto__", "")).toEqual([]);
    expect(suggest("nothing", "x", "")).toEqual([]);
  });
});
