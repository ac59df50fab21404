/** When owners hear of trouble, and when of its end. */
import { describe, expect, it } from "vitest";
import type { Notice } from "../../../src/domain/notice.ts";
import { HealthNews, TOLD_AFTER_MS } from "../../../src/runtime/health-news.ts";

function world() {
  const told: Notice[] = [];
  const news = new HealthNews({
    add: (notice) => {
      told.push(notice);
      return Promise.resolve();
    },
  });
  const look = (reasons: readonly string[], real: number) =>
    news.look(reasons, () => ["ann", "bob"], { real, at: real });
  return { told, look };
}

describe("trouble", () => {
  it("that heals within a minute is told to nobody", async () => {
    const { told, look } = world();
    await look(["socket-down 1m"], 1000);
    await look(["socket-down 1m"], TOLD_AFTER_MS);
    await look([], TOLD_AFTER_MS + 500);
    expect(told).toEqual([]);
  });

  it("that lasts is told once to every owner, and so is its end", async () => {
    const { told, look } = world();
    await look(["socket-down 1m"], 1000);
    await look(["socket-down 1m"], 1000 + TOLD_AFTER_MS);
    await look(["socket-down 1m", "database-away"], 2000 + TOLD_AFTER_MS);
    await look([], 5000 + TOLD_AFTER_MS);
    await look([], 6000 + TOLD_AFTER_MS);
    expect(told.map(({ ownerId, body }) => [ownerId, body.kind])).toEqual([
      ["ann", "feed-degraded"],
      ["bob", "feed-degraded"],
      ["ann", "feed-healed"],
      ["bob", "feed-healed"],
    ]);
    expect(told[2]?.body).toEqual({ kind: "feed-healed", downMs: 4000 + TOLD_AFTER_MS });
    expect(new Set(told.map(({ id }) => id)).size).toBe(4);
  });
});
