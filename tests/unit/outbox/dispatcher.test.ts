/** The dispatcher: in order, as each person wishes, and one summary instead of a flood. */
import { describe, expect, it } from "vitest";
import type { Notice, NoticeBody } from "../../../src/domain/notice.ts";
import type { DeliveryMode } from "../../../src/domain/notice-settings.ts";
import { Dispatcher } from "../../../src/outbox/dispatcher.ts";
import type { Delivery } from "../../../src/ports/notifier.ts";
import { ManualClock, MemoryOutboxStore } from "../../support/memory-stores.ts";
import { errorsInto, NOON } from "../../support/test-app.ts";
import { closedTrade, strategyFacts } from "../../support/test-trades.ts";

const MINUTE_MS = 60_000;
const blocked: NoticeBody = {
  kind: "entry-blocked",
  ...strategyFacts(),
  code: "no-cash",
};
const exit = (pnl: string): NoticeBody => ({
  kind: "exit",
  ...strategyFacts(),
  trade: closedTrade("ada", 1, { pnl }),
});

interface World {
  readonly clock: ManualClock;
  readonly outbox: MemoryOutboxStore;
  readonly delivered: Notice[];
  /** What the platform answers next; sent unless set. */
  answer: Delivery;
  readonly run: () => Promise<void>;
  readonly add: (
    count: number,
    body: NoticeBody,
    ageMs?: number,
    ownerId?: string,
  ) => Promise<void>;
}

function world(modesFor?: (ownerId: string) => Promise<() => DeliveryMode>): World {
  const clock = new ManualClock(NOON);
  const outbox = new MemoryOutboxStore();
  const delivered: Notice[] = [];
  let made = 0;
  const one: World = {
    clock,
    outbox,
    delivered,
    answer: { outcome: "sent" },
    run: async () => {
      const notifier = {
        deliver: async (notice: Notice) => {
          delivered.push(notice);
          return one.answer;
        },
      };
      const logger = errorsInto([]);
      const parts = { store: outbox, notifiers: () => [notifier], clock, logger };
      const dispatcher = new Dispatcher(modesFor === undefined ? parts : { ...parts, modesFor });
      dispatcher.wake();
      await outboxSettled(dispatcher);
    },
    add: async (count, body, ageMs = 0, ownerId = "ada") => {
      for (let i = 0; i < count; i++) {
        made += 1;
        await outbox.add({ id: `n${made}`, ownerId, at: clock.now() - ageMs + i, body });
      }
    },
  };
  return one;
}

/** Every delivery here is answered at once: a few turns of the queue are enough, none is timed. */
async function outboxSettled(dispatcher: Dispatcher): Promise<void> {
  for (let turn = 0; turn < 500; turn++) await Promise.resolve();
  await dispatcher.stop();
}

describe("what a person wishes", () => {
  it("decides whether a notice is heard, seen or not told at all", async () => {
    const bot = world(async (ownerId) => () => (ownerId === "ada" ? "drop" : "silent"));
    await bot.add(2, blocked);
    await bot.add(1, blocked, 0, "bob");
    await bot.run();
    expect(bot.delivered.map(({ ownerId, silent }) => [ownerId, silent])).toEqual([["bob", true]]);
    expect(bot.outbox.sent.toSorted()).toEqual(["n1", "n2", "n3"]);
    expect((await bot.outbox.depth()).pending).toBe(0);
  });

  it("is not asked where nobody can say it", async () => {
    const bot = world();
    await bot.add(1, blocked);
    await bot.run();
    expect(bot.delivered).toEqual([expect.objectContaining({ id: "n1" })]);
    expect(bot.delivered[0]).not.toHaveProperty("silent");
  });
});

describe("after an outage", () => {
  it("more than ten late notices are told as one, with their count and result", async () => {
    const bot = world();
    await bot.add(7, blocked, 30 * MINUTE_MS);
    await bot.add(2, exit("9.8"), 20 * MINUTE_MS);
    await bot.add(2, exit("-0.3"), 11 * MINUTE_MS);
    await bot.add(1, blocked, MINUTE_MS);
    await bot.run();
    expect(bot.delivered.map(({ body }) => body.kind)).toEqual(["digest", "entry-blocked"]);
    expect(bot.delivered[0]?.body).toEqual({
      kind: "digest",
      from: NOON - 30 * MINUTE_MS,
      until: NOON - 11 * MINUTE_MS + 1,
      counts: [
        { kind: "entry-blocked", count: 7 },
        { kind: "exit", count: 4 },
      ],
      pnl: "19",
    });
    expect(bot.outbox.sent).toHaveLength(12);
  });

  it("ten late ones, or many fresh ones, are told one by one", async () => {
    const bot = world();
    await bot.add(10, blocked, 30 * MINUTE_MS);
    await bot.add(30, blocked, MINUTE_MS);
    await bot.run();
    expect(bot.delivered).toHaveLength(40);
  });

  it("words to be read and trouble to be mended are never summed up", async () => {
    const bot = world();
    await bot.add(11, blocked, 30 * MINUTE_MS);
    await bot.add(1, { kind: "broadcast", text: "read me" }, 25 * MINUTE_MS);
    const halted = { ...strategyFacts(), code: "x" };
    await bot.add(1, { kind: "strategy-halted", ...halted }, 20 * MINUTE_MS);
    await bot.run();
    expect(bot.delivered.map(({ body }) => body.kind)).toEqual([
      "digest",
      "broadcast",
      "strategy-halted",
    ]);
  });

  it("each person gets their own, and what is dropped is not counted", async () => {
    const bot = world(async (ownerId) => () => (ownerId === "eve" ? "drop" : "silent"));
    await bot.add(11, exit("1"), 30 * MINUTE_MS);
    await bot.add(11, exit("5"), 30 * MINUTE_MS, "bob");
    await bot.add(11, exit("7"), 30 * MINUTE_MS, "eve");
    await bot.run();
    expect(
      bot.delivered.map(({ ownerId, silent, body }) => [
        ownerId,
        silent,
        body.kind === "digest" && body.pnl,
      ]),
    ).toEqual([
      ["ada", true, "11"],
      ["bob", true, "55"],
    ]);
    expect(bot.outbox.sent).toHaveLength(33);
  });

  it("a summary that cannot be sent now comes later, the same one", async () => {
    const bot = world();
    await bot.add(11, blocked, 30 * MINUTE_MS);
    await bot.add(1, blocked);
    bot.answer = { outcome: "retry", afterMs: 5_000, error: "away" };
    await bot.run();
    expect(bot.outbox.sent).toEqual([]);
    bot.answer = { outcome: "sent" };
    await bot.run();
    expect(bot.delivered).toHaveLength(1);
    bot.clock.advance(5_000);
    await bot.run();
    expect(bot.delivered.map(({ id }) => id)).toEqual(["digest-n1-11", "digest-n1-11", "n12"]);
    expect((await bot.outbox.depth()).pending).toBe(0);
  });

  it("a summary nobody can receive is given up whole", async () => {
    const bot = world();
    await bot.add(11, blocked, 30 * MINUTE_MS);
    bot.answer = { outcome: "no-address" };
    await bot.run();
    expect(bot.outbox.parked).toHaveLength(11);
    expect(bot.outbox.sent).toEqual([]);
  });
});
