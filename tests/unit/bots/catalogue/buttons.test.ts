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

describe("the memory of buttons", () => {
  it("drops a person's oldest beyond the limit, and nobody else's", async () => {
    const bobs = await buttons.issue({ ...call, ownerId: "bob", once: false }, 1_000);
    const ids: string[] = [];
    for (let n = 0; n < 201; n++) ids.push(await buttons.issue({ ...call, once: false }, 1_000));
    await expect(buttons.press(ids[0]!, "ada")).rejects.toThrow("button-expired");
    expect(await buttons.press(ids[1]!, "ada")).toMatchObject(call);
    expect(await buttons.press(bobs, "bob")).toMatchObject({ ownerId: "bob" });
  });

  it("forgets expired ones when new ones come", async () => {
    const store = new MemoryCallStore();
    const forgetful = new Buttons({ store, now: () => now });
    const id = await forgetful.issue({ ...call, once: false }, 10);
    now += 10;
    await forgetful.issue({ ...call, once: false }, 10);
    expect(await store.get(id)).toBeNull();
  });
});
