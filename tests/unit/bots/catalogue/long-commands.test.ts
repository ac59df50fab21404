/** Commands that say how far they are: watched by who sent them, ended by nobody else. */
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Buttons } from "../../../../bots/catalogue/buttons.ts";
import { command, type Caller } from "../../../../bots/catalogue/command.ts";
import { Catalogue } from "../../../../bots/catalogue/dispatcher.ts";
import type { Reply } from "../../../../bots/views/reply.ts";
import { MemoryCallStore } from "../../../support/memory-calls.ts";
import { person } from "../../../support/test-app.ts";
import { shown } from "../../../support/test-bot.ts";

const ada: Caller = { user: person("ada"), platform: "telegram", place: "private" };
const eve: Caller = { ...ada, user: person("eve", { role: "admin" }) };
const line = (text: string) => ({ tone: "neutral", blocks: [{ kind: "text", text }] }) as const;

function scene() {
  const gate = Promise.withResolvers<void>();
  const reported: unknown[] = [];
  const head = { group: "general", role: "viewer" } as const;
  const catalogue = new Catalogue({
    commands: [
      command({
        ...head,
        name: "long",
        run: async (_values, { progress, signal }) => {
          progress("at 10 %");
          progress("at 20 %");
          const { promise: aborted, reject } = Promise.withResolvers<never>();
          signal.addEventListener("abort", () => reject(signal.reason));
          await Promise.race([gate.promise, aborted]);
          return line("done");
        },
      }),
      command({ ...head, name: "short", run: () => gate.promise.then(() => line("short")) }),
    ],
    buttons: new Buttons({ store: new MemoryCallStore(), now: () => 0 }),
    now: () => 0,
    quoteAsset: "USDT",
    reportUnexpected: (error) => reported.push(error),
  });
  return { catalogue, gate, reported };
}

describe("a long command", () => {
  it("shows each line with a way to end it, and then its answer", async () => {
    const { catalogue, gate } = scene();
    const lines: Reply[] = [];
    const answer = catalogue.say("/long", ada, (one) => lines.push(one));
    await turn();
    gate.resolve();
    expect(shown(await answer)).toBe("done");
    expect(lines.map(({ blocks }) => blocks)).toEqual([
      line("at 10 %").blocks,
      line("at 20 %").blocks,
    ]);
    expect(lines[0]?.buttons.flat().map(({ label }) => label)).toEqual(["Cancel"]);
    expect(catalogue.cancel(ada).ended).toEqual([]);
  });

  it("is ended by who sent it, from any platform, and by nobody else", async () => {
    const { catalogue, reported } = scene();
    const answer = catalogue.say("/long", ada);
    await turn();
    expect(catalogue.cancel(eve).ended).toEqual([]);
    expect(catalogue.cancel({ ...ada, platform: "discord" }).ended).toEqual(["long"]);
    expect(catalogue.cancel(ada).ended).toEqual([]);
    const reply = await answer;
    expect(reply.withdrawn).toBe(true);
    expect(shown(reply)).toBe("Stopped: /long.");
    expect(reported).toEqual([]);
  });

  it("leaves commands alone that never said they were long", async () => {
    const { catalogue, gate } = scene();
    const answer = catalogue.say("/short", ada);
    await turn();
    expect(catalogue.cancel(ada).ended).toEqual([]);
    gate.resolve();
    expect(shown(await answer)).toBe("short");
  });
});
