/** A button is its owner's, a dangerous one works once, and all of them end. */
import { beforeEach, describe, expect, it } from "vitest";
import { Buttons } from "../../../../bots/catalogue/buttons.ts";
import { MemoryCallStore } from "../../../support/memory-calls.ts";

let now = 0;
let buttons: Buttons;
const call = { command: "close", args: { position: "3" }, ownerId: "ada", confirmed: true };

beforeEach(() => {
  now = 1_000;
  buttons = new Buttons({ store: new MemoryCallStore(), now: () => now });
});

describe("a button", () => {
  it("has an id of 12 letters and digits that nobody can foresee", async () => {
    const ids = await Promise.all(
      Array.from({ length: 100 }, () => buttons.issue({ ...call, once: false }, 1_000)),
    );
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[0-9A-Za-z]{12}$/);
  });

  it("is stored together with the others of its message", async () => {
    const stored: number[] = [];
    const store = new MemoryCallStore();
    const put = store.put.bind(store);
    store.put = async (owner, calls) => {
      stored.push(calls.length);
      await put(owner, calls);
    };
    const many = new Buttons({ store, now: () => now });
    const calls = ["1", "2", "3"].map((position) => ({ ...call, once: false, args: { position } }));
    const ids = await many.issueAll("ada", calls, 1_000);
    expect(stored).toEqual([3]);
    expect(await many.press(ids[2]!, "ada")).toMatchObject({ args: { position: "3" } });
    expect(await many.issueAll("ada", [], 1_000)).toEqual([]);
    expect(stored).toEqual([3]);
  });

  it("brings back the call it was made for, as often as it is pressed", async () => {
    const id = await buttons.issue({ ...call, once: false }, 1_000);
    expect(await buttons.press(id, "ada")).toMatchObject(call);
    expect(await buttons.press(id, "ada")).toMatchObject(call);
  });

  it("works once when it must, even pressed twice at the same moment", async () => {
    const id = await buttons.issue({ ...call, once: true }, 1_000);
    const presses = await Promise.allSettled([buttons.press(id, "ada"), buttons.press(id, "ada")]);
    expect(presses.filter((press) => press.status === "fulfilled")).toHaveLength(1);
    await expect(buttons.press(id, "ada")).rejects.toThrow("button-expired");
  });

  it("is not used up by a stranger's press", async () => {
    const id = await buttons.issue({ ...call, once: true }, 1_000);
    await expect(buttons.press(id, "eve")).rejects.toThrow("button-not-yours");
    await buttons.discard(id, "eve");
    expect(await buttons.press(id, "ada")).toMatchObject(call);
  });

  it("expires at its time", async () => {
    const id = await buttons.issue({ ...call, once: false }, 1_000);
    now = 1_999;
    expect(await buttons.press(id, "ada")).toMatchObject(call);
    now = 2_000;
    await expect(buttons.press(id, "ada")).rejects.toThrow("button-expired");
  });

  it.each(["", "x".repeat(12), "__proto__", "constructor"])(
    "forged as %j is worth nothing",
    async (id) => {
      await expect(buttons.press(id, "ada")).rejects.toThrow("button-expired");
    },
  );

  it("can be made worthless by its owner", async () => {
    const id = await buttons.issue({ ...call, once: true }, 1_000);
    await buttons.discard(id, "ada");
    await expect(buttons.press(id, "ada")).rejects.toThrow("button-expired");
  });
});
