/**
 * What the chat platforms keep: buttons, who is unreachable, which chats subscribed. The stand-ins that
 * other tests use keep the same promises.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Subscription } from "../../../src/domain/subscription.ts";
import {
  MAX_CALLS_PER_OWNER,
  type CallStore,
  type KeptCall,
} from "../../../src/ports/call-store.ts";
import type { SubscriptionStore } from "../../../src/ports/subscription-store.ts";
import type { UnreachableStore } from "../../../src/ports/unreachable-store.ts";
import { PostgresAccountStore } from "../../../src/storage/account-store.ts";
import { PostgresCallStore } from "../../../src/storage/call-store.ts";
import { PostgresSubscriptionStore } from "../../../src/storage/subscription-store.ts";
import { PostgresUnreachableStore } from "../../../src/storage/unreachable-store.ts";
import { testDatabases, type TestHandle } from "../../support/database.ts";
import { MemoryCallStore } from "../../support/memory-calls.ts";
import { MemorySubscriptionStore, MemoryUnreachableStore } from "../../support/memory-chats.ts";
import { NOON, person } from "../../support/test-app.ts";

interface Stores {
  readonly calls: CallStore;
  readonly unreachable: UnreachableStore;
  readonly subscriptions: SubscriptionStore;
}

interface Kind {
  readonly name: string;
  readonly open: () => Promise<{
    readonly fresh: () => Promise<Stores>;
    /** As another process sees the same storage; null where nothing is stored. */
    readonly again: (() => Stores) | null;
    readonly close: () => Promise<void>;
  }>;
}

const memory: Kind = {
  name: "in memory",
  open: async () => ({
    fresh: async () => ({
      calls: new MemoryCallStore(),
      unreachable: new MemoryUnreachableStore(),
      subscriptions: new MemorySubscriptionStore(),
    }),
    again: null,
    close: async () => {},
  }),
};

const stored: readonly Kind[] = testDatabases().map(({ name, create }) => ({
  name: `on the ${name} database`,
  open: async () => {
    const handle: TestHandle = await create();
    const { database } = handle;
    const accounts = new PostgresAccountStore(database);
    const again = () => ({
      calls: new PostgresCallStore(database),
      unreachable: new PostgresUnreachableStore(database),
      subscriptions: new PostgresSubscriptionStore(database),
    });
    const fresh = async () => {
      await handle.empty();
      const identity = { platform: "telegram", externalId: "1", userId: "ann" } as const;
      await accounts.createUser(person("ann"), identity);
      return again();
    };
    return { fresh, again, close: async () => handle[Symbol.asyncDispose]() };
  },
}));

function call(id: string, change: Partial<KeptCall> = {}): KeptCall {
  const args = { scope: "#3", count: 2, sure: true };
  const rest = { once: false, confirmed: false, expiresAt: NOON };
  return { id, ownerId: "ann", command: "pause", args, ...rest, ...change };
}

function chat(chatId: string, change: Partial<Subscription> = {}): Subscription {
  const place = { platform: "telegram", chatId, threadId: null, title: "Team 🚀" } as const;
  const by = { language: "fr", timeZone: "Europe/Paris", createdBy: "ann", createdAt: NOON };
  return { ...place, rhythm: "hourly", ...by, ...change };
}

describe.each([memory, ...stored])("$name", ({ open }) => {
  let opened: Awaited<ReturnType<Kind["open"]>>;
  let stores: Stores;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    stores = await opened.fresh();
  });

  test("a call comes back as it was, and leaves out what was left out", async () => {
    const { id, ...kept } = call("a1", { args: { scope: "#3" } });
    await stores.calls.put("ann", [{ id, ...kept, args: { scope: "#3", duration: undefined } }]);
    const got = await (opened.again?.() ?? stores).calls.get("a1");
    expect(got).toEqual(kept);
    expect(await stores.calls.get("a2")).toBeNull();
  });

  test("of many who take a call one gets it", async () => {
    await stores.calls.put("ann", [call("a1", { once: true })]);
    const taken = await Promise.all(Array.from({ length: 8 }, () => stores.calls.take("a1")));
    expect(taken.filter((one) => one !== null)).toHaveLength(1);
    expect(await stores.calls.get("a1")).toBeNull();
  });

  test("a person's oldest calls go beyond the limit, and nobody else's", async () => {
    await stores.calls.put("bob", [call("b1", { ownerId: "bob" })]);
    for (let n = 0; n < MAX_CALLS_PER_OWNER + 20; n += 10) {
      const ten = Array.from({ length: 10 }, (_, i) => call(`a${n + i}`));
      await stores.calls.put("ann", ten);
    }
    const there = async (id: string) => (await stores.calls.get(id)) !== null;
    expect(await Promise.all(["a19", "a20", "a519", "b1"].map(there))).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  test("expired calls are forgotten step by step, the others stay", async () => {
    const late = [1, 2, 3].map((n) => call(`a${n}`, { expiresAt: NOON + n }));
    await stores.calls.put("ann", [call("old"), ...late]);
    expect(await stores.calls.prune(NOON + 2, 2)).toBe(2);
    expect(await stores.calls.prune(NOON + 2, 2)).toBe(1);
    expect(await stores.calls.prune(NOON + 2, 2)).toBe(0);
    expect(await stores.calls.get("a3")).toMatchObject({ expiresAt: NOON + 3 });
  });

  test("who is unreachable is counted since the first time, on each platform by itself", async () => {
    const { unreachable } = stores;
    await unreachable.note("telegram", "7", { since: NOON, count: 0 });
    await unreachable.note("telegram", "7", { since: NOON + 5, count: 1 });
    await unreachable.note("telegram", "7", { since: NOON + 9, count: 1 });
    await unreachable.note("discord", "7", { since: NOON, count: 4 });
    const again = opened.again?.() ?? stores;
    expect(await again.unreachable.all("telegram")).toEqual(["7"]);
    expect(await again.unreachable.forget("telegram", "7")).toEqual({ since: NOON, count: 2 });
    expect(await again.unreachable.forget("telegram", "7")).toBeNull();
    expect(await unreachable.all("telegram")).toEqual([]);
    expect(await unreachable.all("discord")).toEqual(["7"]);
  });

  test("a chat has one subscription, which changes, moves and ends", async () => {
    const { subscriptions } = stores;
    await subscriptions.save(chat("-1"));
    await subscriptions.save(chat("-2", { createdAt: NOON + 1, threadId: "12" }));
    await subscriptions.save(chat("-1", { rhythm: "5m", createdAt: NOON + 2 }));
    const all = await (opened.again?.() ?? stores).subscriptions.all();
    expect(all).toEqual([
      chat("-2", { createdAt: NOON + 1, threadId: "12" }),
      chat("-1", { rhythm: "5m", createdAt: NOON + 2 }),
    ]);
    await subscriptions.move({ platform: "telegram", chatId: "-2" }, "-1002");
    expect(await subscriptions.get({ platform: "telegram", chatId: "-2" })).toBeNull();
    const moved = await subscriptions.remove({ platform: "telegram", chatId: "-1002" });
    expect(moved).toMatchObject({ chatId: "-1002", threadId: "12", title: "Team 🚀" });
    expect(await subscriptions.remove({ platform: "telegram", chatId: "-1002" })).toBeNull();
    expect(await subscriptions.remove({ platform: "discord", chatId: "-1" })).toBeNull();
  });

  test("a chat that moves to where one has subscribed already is one chat", async () => {
    const { subscriptions } = stores;
    await subscriptions.save(chat("-1"));
    await subscriptions.save(chat("-1001", { rhythm: "daily" }));
    await subscriptions.move({ platform: "telegram", chatId: "-1" }, "-1001");
    expect(await subscriptions.all()).toEqual([chat("-1001", { rhythm: "daily" })]);
  });
});
