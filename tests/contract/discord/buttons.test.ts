/** Buttons on Discord: pages and refresh in place, questions, other people's and old buttons. */
import { describe, expect, test } from "vitest";
import { Buttons } from "../../../bots/catalogue/buttons.ts";
import { MemoryCallStore } from "../../support/memory-calls.ts";
import { command, type Command } from "../../../bots/catalogue/command.ts";
import { Catalogue } from "../../../bots/catalogue/dispatcher.ts";
import type { Person } from "../../support/discord/person.ts";
import { CALLBACK } from "../../support/discord/interaction.ts";
import { RULE } from "../../support/test-app.ts";
import { discordWorld, EPHEMERAL, labels, makeStrategy, type World } from "./discord-fixture.ts";

async function owner(world: World, strategies = 1): Promise<Person> {
  const ann = await world.member("ann");
  for (let index = 1; index <= strategies; index += 1) {
    const values = { name: `S${index}`, symbol: "BTCUSDT", timeframe: "1m", rule: RULE };
    await makeStrategy(ann, values);
  }
  return ann;
}

describe("buttons on Discord", () => {
  test("turning a page and refreshing edit the message in place", async () => {
    const world = await discordWorld();
    const ann = await owner(world, 12);
    const list = await ann.slash("strategies").message();
    expect(list.content).toMatch(/S1 /);
    const kept = world.discord.messages.size;
    const turned = await ann.press(list, "Next").answered();
    expect(turned.acknowledgement).toBe(CALLBACK.update);
    expect(list.content).toMatch(/S12/);
    expect(labels(list)).toContain("Previous");
    await ann.press(list, "Refresh").answered();
    expect(world.discord.messages.size).toBe(kept);
  });

  test("a button carries nothing but an opaque id", async () => {
    const world = await discordWorld();
    const ann = await owner(world);
    const list = await ann.slash("strategy", { number: 1 }).message();
    const ids = list.components.flatMap((row) => row.components.map((one) => one.custom_id));
    expect(ids.length).toBeGreaterThan(2);
    for (const id of ids) expect(id).toMatch(/^a:[0-9A-Za-z]{12}$/);
  });

  test("a toggle changes the strategy and shows it in the same message", async () => {
    const world = await discordWorld();
    const ann = await owner(world);
    const message = await ann.slash("strategy", { number: 1 }).message();
    await ann.press(message, "Switch off").answered();
    expect(message.content).toMatch(/#1 S1 is off/);
    expect(world.gateway.strategies("ann")[0]?.strategy.active).toBe(false);
  });

  test("a dangerous command asks first, in red, and is done once", async () => {
    const world = await discordWorld();
    const ann = await owner(world);
    const question = await ann.slash("delete", { number: 1 }).message();
    expect(world.gateway.strategies("ann")).toHaveLength(1);
    const [yes] = question.components[0]?.components ?? [];
    expect(yes).toMatchObject({ label: "Yes, do it", style: 4 });
    const id = yes?.custom_id ?? "";
    const [first, second] = [ann.press(question, id), ann.press(question, id)];
    await Promise.all([first.answered(), second.answered()]);
    expect(world.gateway.executed.filter(({ kind }) => kind === "delete-strategy")).toHaveLength(1);
    const late = await ann.press(question, id, { unchecked: true }).message();
    expect(late.content).toMatch(/expired/);
    expect(late.flags & EPHEMERAL).toBe(EPHEMERAL);
  });

  test("Cancel ends a question: its yes is worth nothing afterwards", async () => {
    const world = await discordWorld();
    const ann = await owner(world);
    const question = await ann.slash("delete", { number: 1 }).message();
    const yes = question.components[0]?.components[0]?.custom_id ?? "";
    await ann.press(question, "Cancel").answered();
    expect(labels(question)).toEqual([]);
    const late = await ann.press(question, yes, { unchecked: true }).message();
    expect(late.content).toMatch(/expired/);
    expect(world.gateway.strategies("ann")).toHaveLength(1);
  });

  test("somebody else's press is refused aside and leaves the message as it was", async () => {
    const world = await discordWorld();
    const ann = await owner(world);
    const bob = await world.member("bob");
    const message = await ann.slash("strategy", { number: 1 }, { where: "guild" }).message();
    const before = message.content;
    for (const other of [bob, world.stranger("eve")]) {
      const said = await other.press(message, "Switch off", { where: "guild" }).message();
      expect(said).not.toBe(message);
      expect(said.flags & EPHEMERAL).toBe(EPHEMERAL);
      expect(said.content).not.toContain("S1");
    }
    expect(message.content).toBe(before);
    expect(world.gateway.strategies("ann")[0]?.strategy.active).toBe(true);
  });

  test("old and invented buttons are answered politely", async () => {
    const world = await discordWorld();
    const ann = await owner(world);
    const message = await ann.slash("strategies").message();
    world.clock.advance(86_400_001);
    expect((await ann.press(message, "Refresh").message()).content).toMatch(/expired/);
    for (const id of ["a:000000000000", "x", "a:", `n:${"z".repeat(90)}`]) {
      const said = await ann.press(message, id, { unchecked: true }).message();
      expect(said.content).toMatch(/expired/);
      expect(said.flags & EPHEMERAL).toBe(id.startsWith("n:") ? 0 : EPHEMERAL);
    }
  });

  test("a button on a notice is answered below it: what was told stays", async () => {
    const world = await discordWorld();
    const ann = await owner(world);
    const message = await ann.slash("strategies").message();
    const before = message.content;
    const id = message.components[0]?.components[0]?.custom_id.slice(2) ?? "";
    const pressed = ann.press(message, `n:${id}`, { unchecked: true });
    const below = await pressed.message();
    expect(pressed.acknowledgement).toBe(CALLBACK.message);
    expect(below).not.toBe(message);
    expect(below.content).toBe(before);
    expect(message.content).toBe(before);
  });

  test("a press that fails says so aside, and the message can be pressed again", async () => {
    const world = await discordWorld();
    const ann = await owner(world);
    world.gateway.openPosition("ann", 1);
    world.gateway.priceIsFresh = false;
    const question = await ann.slash("delete", { number: 1 }).message();
    const said = await ann.press(question, "Yes, do it").message();
    expect(said).not.toBe(question);
    expect(said.flags & EPHEMERAL).toBe(EPHEMERAL);
  });
});

interface Gate {
  readonly open: PromiseWithResolvers<void>;
  readonly catalogue: () => Catalogue;
}

/** A catalogue of commands that wait, for the time an answer takes. */
function gated(): Gate {
  const open = Promise.withResolvers<void>();
  const wait =
    (tone: "good" | "error"): Command["run"] =>
    async () => {
      await open.promise;
      return { tone, blocks: [{ kind: "text", text: `done ${tone}` }] };
    };
  const head = { group: "general", role: "viewer" } as const;
  const commands = [
    command({ ...head, name: "slow", run: (values, call) => wait("good")(values, call) }),
    command({ ...head, name: "slow_error", run: (values, call) => wait("error")(values, call) }),
    command({
      ...head,
      name: "menu",
      run: () => ({
        tone: "neutral",
        blocks: [{ kind: "text", text: "menu" }],
        buttons: [
          [
            { label: "Slow", command: "slow", args: {}, style: "plain" },
            { label: "Fails", command: "slow_error", args: {}, style: "plain" },
          ],
        ],
      }),
    }),
  ];
  const now = Date.now;
  const catalogue = () =>
    new Catalogue({
      commands,
      now,
      quoteAsset: "USDT",
      buttons: new Buttons({ store: new MemoryCallStore(), now }),
      reportUnexpected: () => undefined,
    });
  return { open, catalogue };
}

describe("answers that take long on Discord", () => {
  test("a command is acknowledged in time and filled in when it is done", async () => {
    const gate = gated();
    const { discord, member } = await discordWorld({
      adapter: { catalogue: gate.catalogue(), timing: { deferAfterMs: 1 } },
    });
    const ann = await member("ann");
    const asked = await ann.slash("slow").acknowledged();
    const amongOthers = await ann.slash("slow", {}, { where: "guild" }).acknowledged();
    expect(asked.acknowledgement).toBe(CALLBACK.deferredMessage);
    expect(asked.original?.flags).toBe(0);
    expect(amongOthers.original?.flags).toBe(EPHEMERAL);
    discord.advance(10 * 60_000);
    gate.open.resolve();
    expect((await asked.message()).content).toBe("🟢 done good");
    expect((await amongOthers.message()).content).toBe("🟢 done good");
  });

  test("a slow press keeps its message until the answer replaces it; its failure is told aside", async () => {
    const gate = gated();
    const { member } = await discordWorld({
      adapter: { catalogue: gate.catalogue(), timing: { deferAfterMs: 1 } },
    });
    const ann = await member("ann");
    const [first, second] = [await ann.slash("menu").message(), await ann.slash("menu").message()];
    const replaced = await ann.press(first, "Slow").acknowledged();
    const failing = await ann.press(second, "Fails").acknowledged();
    expect(replaced.acknowledgement).toBe(CALLBACK.deferredUpdate);
    expect(first.content).toBe("menu");
    gate.open.resolve();
    expect(await replaced.message()).toBe(first);
    expect(first.content).toBe("🟢 done good");
    const said = await failing.message();
    expect(said.content).toBe("⛔ done error");
    expect(said.flags & EPHEMERAL).toBe(EPHEMERAL);
    expect(second.content).toBe("menu");
  });

  test("nobody waits for another's slow command", async () => {
    const gate = gated();
    const { member } = await discordWorld({
      adapter: { catalogue: gate.catalogue(), timing: { deferAfterMs: 60_000 } },
    });
    const [ann, bob] = [await member("ann"), await member("bob")];
    const slow = ann.slash("slow");
    expect((await bob.slash("menu").message()).content).toBe("menu");
    expect(slow.acknowledgement).toBeNull();
    gate.open.resolve();
    await slow.answered();
  });

  test("an acknowledgement that comes too late is logged and harms nobody", async () => {
    const gate = gated();
    const { discord, member, log } = await discordWorld({
      adapter: { catalogue: gate.catalogue(), timing: { deferAfterMs: 60_000 } },
    });
    const ann = await member("ann");
    const late = ann.slash("slow");
    discord.advance(3_001);
    gate.open.resolve();
    await discord.until(() => discord.requests.some(({ path }) => path.includes(late.facts.id)));
    expect((await ann.slash("menu").message()).content).toBe("menu");
    expect(log).toContainEqual(
      expect.objectContaining({ level: "warn", facts: expect.objectContaining({ code: 10_062 }) }),
    );
  });
});
