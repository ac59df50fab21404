/** Who cannot be written to: remembered across starts, counted honestly, told once. */
import { describe, expect, it } from "vitest";
import { missedText, Unreachable } from "../../../../bots/notices/unreachable.ts";
import { Fault } from "../../../../src/domain/fault.ts";
import { MemoryUnreachableStore } from "../../../support/memory-chats.ts";
import { silentLogger } from "../../../support/silent-logger.ts";

function open(store = new MemoryUnreachableStore()) {
  const parts = { platform: "telegram", store, now: () => 1_000, logger: silentLogger } as const;
  return new Unreachable(parts);
}

describe("an account that does not take messages", () => {
  it("is known to the next start, with what it missed, until it speaks", async () => {
    const store = new MemoryUnreachableStore();
    const before = open(store);
    expect(await before.has("7")).toBe(false);
    await before.missed("7", "n1");
    await before.missed("7", "n1");
    await before.missed("7", "n2");
    const after = open(store);
    expect(await after.has("7")).toBe(true);
    expect(await after.back("7")).toEqual({ since: 1_000, count: 2 });
    expect(await after.back("7")).toBeNull();
    expect(await open(store).has("7")).toBe(false);
  });

  it("has missed nothing by leaving alone", async () => {
    const unreachable = open();
    await unreachable.left("7");
    expect(await unreachable.has("7")).toBe(true);
    const missed = await unreachable.back("7");
    expect(missed).toEqual({ since: 1_000, count: 0 });
    expect(missedText("en", "telegram", missed!)).toBeNull();
  });

  it("does not ask storage about who is reachable", async () => {
    const store = new MemoryUnreachableStore();
    const asked: string[] = [];
    store.forget = async (_platform, id) => {
      asked.push(id);
      return null;
    };
    const unreachable = open(store);
    await unreachable.back("7");
    await unreachable.back("7");
    expect(asked).toEqual([]);
  });

  it("is known as long as the process lives when storage is away", async () => {
    const store = new MemoryUnreachableStore();
    store.note = () => Promise.reject(new Fault("database-away"));
    store.forget = () => Promise.reject(new Fault("database-away"));
    const unreachable = open(store);
    await unreachable.missed("7", "n1");
    expect(await unreachable.has("7")).toBe(true);
    expect(await unreachable.back("7")).toBeNull();
    expect(await unreachable.has("7")).toBe(false);
  });

  it("is looked up again when the first look failed", async () => {
    const store = new MemoryUnreachableStore();
    await store.note("telegram", "7", { since: 1, count: 1 });
    const all = store.all.bind(store);
    store.all = () => Promise.reject(new Fault("database-away"));
    const unreachable = open(store);
    await expect(unreachable.has("7")).rejects.toThrow("database-away");
    store.all = all;
    expect(await unreachable.has("7")).toBe(true);
  });
});
