/** How far a long command is, shown no oftener than a platform likes, and never after its answer. */
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ProgressShow } from "../../../../bots/catalogue/progress-show.ts";
import type { Reply } from "../../../../bots/views/reply.ts";

const reply = (text: string): Reply => ({
  tone: "neutral",
  blocks: [{ kind: "text", text }],
  buttons: [],
});
const wordsOf = ({ blocks: [block] }: Reply): string => (block?.kind === "text" ? block.text : "");

function show(
  timing: { firstAfterMs: number; everyMs: number },
  act = async (): Promise<void> => {},
) {
  const shown: string[] = [];
  const troubles: unknown[] = [];
  const progress = new ProgressShow({
    ...timing,
    show: async (one) => {
      shown.push(wordsOf(one));
      await act();
    },
    onTrouble: (error) => troubles.push(error),
  });
  return { progress, shown, troubles };
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await turn();
}

describe("progress", () => {
  it("is not shown of a command that is done in a moment", async () => {
    const { progress, shown } = show({ firstAfterMs: 60_000, everyMs: 60_000 });
    progress.update(reply("1 %"));
    await progress.begun;
    await progress.end();
    expect(shown).toEqual([]);
    expect(progress.hasShown).toBe(false);
  });

  it("skips all lines but the newest between two showings", async () => {
    const gate = Promise.withResolvers<void>();
    const { progress, shown } = show({ firstAfterMs: 0, everyMs: 0 }, () => gate.promise);
    progress.update(reply("1 %"));
    progress.update(reply("2 %"));
    await until(() => shown.length === 1);
    for (let percent = 3; percent <= 50; percent += 1) progress.update(reply(`${percent} %`));
    gate.resolve();
    await until(() => shown.length === 2);
    expect(shown).toEqual(["2 %", "50 %"]);
    await progress.end();
  });

  it("waits at its end for what is being shown, and shows nothing later", async () => {
    const gate = Promise.withResolvers<void>();
    const { progress, shown } = show({ firstAfterMs: 0, everyMs: 0 }, () => gate.promise);
    progress.update(reply("1 %"));
    await until(() => shown.length === 1);
    progress.update(reply("2 %"));
    let over = false;
    const end = progress.end().then(() => (over = true));
    await turn();
    expect(over).toBe(false);
    gate.resolve();
    await end;
    progress.update(reply("3 %"));
    await turn();
    expect(shown).toEqual(["1 %"]);
  });

  it("goes on after a line that could not be shown", async () => {
    const failures = [new Error("gone"), null];
    const { progress, shown, troubles } = show({ firstAfterMs: 0, everyMs: 0 }, async () => {
      const failure = failures.shift();
      if (failure) throw failure;
    });
    progress.update(reply("1 %"));
    await until(() => troubles.length === 1);
    expect(progress.hasShown).toBe(false);
    progress.update(reply("2 %"));
    await until(() => shown.length === 2);
    await progress.end();
    expect(progress.hasShown).toBe(true);
  });
});
