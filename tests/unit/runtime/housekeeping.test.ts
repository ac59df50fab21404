/** What nobody needs any more is forgotten, in steps that hold nobody up. */
import { expect, it } from "vitest";
import { Housekeeping, OUTBOX_KEPT_MS } from "../../../src/runtime/housekeeping.ts";

/** A table of `rows` rows that are all to go; notes what was asked. */
function table(rows: number) {
  const asked: number[] = [];
  let left = rows;
  const prune = async (before: number, limit: number) => {
    asked.push(before);
    const gone = Math.min(left, limit);
    left -= gone;
    return gone;
  };
  return { prune, asked, left: () => left };
}

const NOW = Date.UTC(2026, 10, 22);

it("goes on in steps until nothing is left, by each one's own clock", async () => {
  const [calls, outbox] = [table(4_500), table(2_000)];
  const clock = { now: () => NOW };
  const machineClock = { now: () => NOW + 7 };
  const housekeeping = new Housekeeping({ calls, outbox, clock, machineClock });
  expect(await housekeeping.run()).toEqual({ buttons: 4_500, messages: 2_000 });
  expect(calls.asked).toEqual(Array.from({ length: 3 }, () => NOW + 7));
  expect(outbox.asked).toEqual(Array.from({ length: 2 }, () => NOW - OUTBOX_KEPT_MS));
});

it("leaves what is too much for one run to the next", async () => {
  const [calls, outbox] = [table(1_000_000), table(0)];
  const clock = { now: () => NOW };
  const housekeeping = new Housekeeping({ calls, outbox, clock, machineClock: clock });
  const { buttons } = await housekeeping.run();
  expect(buttons).toBeGreaterThan(0);
  expect(calls.left()).toBe(1_000_000 - buttons);
});
