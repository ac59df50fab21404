/** What a platform would refuse is found when the catalogue is built; the real one passes. */
import { describe, expect, it } from "vitest";
import { checkCommands, command, type Command } from "../../../../bots/catalogue/command.ts";
import { choice, int, rest, type OptionSet } from "../../../../bots/catalogue/option.ts";
import { usage } from "../../../../bots/catalogue/usage.ts";
import { hasText, LANGUAGES, text } from "../../../../bots/text/text.ts";
import { testBot } from "../../../support/test-bot.ts";

const done = { tone: "neutral", blocks: [] } as const;
const named = (name: string, options: OptionSet = {}, aliases = {}): Command =>
  command({ name, group: "general", role: "viewer", options, aliases, run: () => done });

describe("a catalogue is refused", () => {
  it.each([
    ["a name with a dash", [named("a-b")]],
    ["a name that begins with a digit", [named("1a")]],
    ["a name that is too long", [named("a".repeat(33))]],
    ["two commands of one name", [named("a"), named("a")]],
    ["an alias that is taken", [named("a"), named("b", {}, { a: {} })]],
    ["too many commands", Array.from({ length: 101 }, (_, n) => named(`c${n}`))],
    ["a needed option behind one that is not", [named("a", { x: int.opt("x"), y: int.req("y") })]],
    ["an option behind the rest", [named("a", { x: rest.req("x"), y: int.opt("y") })]],
    ["too many choices", [named("a", { x: choice(Array.from({ length: 26 }, String)).req("x") })]],
    ["an option name with capitals", [named("a", { badName: int.req("x") })]],
  ])("for %s", (_, commands) => {
    expect(() => checkCommands(commands)).toThrow("bad-command");
  });
});

const forRole = (role: "viewer" | "trader") =>
  testBot()
    .catalogue.commands(role)
    .map((one) => one.name);

describe("the real catalogue", () => {
  const commands = testBot().catalogue.commands("admin");

  it("has what was promised", () => {
    const names = commands.flatMap((one) => [one.name, ...Object.keys(one.aliases)]);
    const promised =
      "help status strategies strategy toggle reset positions close trades trade balance profit " +
      "performance daily weekly monthly templates adopt new edit copy delete pause resume why " +
      "settings version restart reload";
    expect(names).toEqual(expect.arrayContaining(promised.split(" ")));
  });

  it("keeps the administrator's commands from everybody else", () => {
    expect(forRole("trader")).not.toContain("restart");
    expect(forRole("viewer")).not.toContain("close");
    expect(forRole("viewer")).toContain("status");
  });

  it.each(LANGUAGES)("is described in %s within both platforms' limits", (language) => {
    for (const one of commands) {
      const keys = [
        `command-${one.name}`,
        ...Object.values(one.options).map((option) => option.description),
      ];
      for (const key of keys) {
        expect(hasText(language, key), key).toBe(true);
        const length = text(language, key).length;
        expect(length, key).toBeGreaterThan(2);
        expect(length, key).toBeLessThanOrEqual(100);
      }
    }
  });

  it("asks before everything that cannot be taken back, and before a rule is put to use", () => {
    const asking = commands.filter((one) => one.confirm !== null).map((one) => one.name);
    expect(asking.toSorted()).toEqual([
      "broadcast",
      "close",
      "daemon",
      "delete",
      "edit",
      "link",
      "new",
      "reset",
      "restart",
      "role",
      "toggle",
      "unlink",
    ]);
  });
});

describe("usage", () => {
  it("shows needed and optional options, few choices and the rest", () => {
    const one = named(
      "do",
      { n: int.req("n"), s: choice(["on", "off"]).opt("s"), text: rest.opt("t") },
      { also: { n: 1 } },
    );
    expect(usage(one)).toBe("/do <n> [on|off] [text…]");
    expect(usage(one, "also")).toBe("/also [on|off] [text…]");
  });
});
