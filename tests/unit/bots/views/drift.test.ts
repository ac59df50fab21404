/** What a person reads of reality beside its replay: the verdict first, on a phone, in both languages. */
import { describe, expect, it } from "vitest";
import { PHONE_WIDTH, layoutTable } from "../../../../bots/views/table.ts";
import { driftView } from "../../../../bots/views/drift.ts";
import { Reader } from "../../../../bots/views/reader.ts";
import { CIRCUMSTANCES } from "../../../../src/domain/circumstance.ts";
import type { DriftReport } from "../../../../src/app/drift.ts";
import { hasText } from "../../../../bots/text/text.ts";
import { REFUSALS } from "../../../../src/engine/drift/causes.ts";
import { driftOf } from "../../../support/drift-world.ts";
import { EngineWorld } from "../../../support/engine-world.ts";
import { shown } from "../../../support/test-bot.ts";

const RULE = "enter long when close > 105 exit long when close < 101 size 10%";
const PAGE = { page: 1, pageRows: 20 };

function reader(language = "en"): Reader {
  return new Reader(
    { language, timeZone: "UTC" },
    { now: Date.UTC(2026, 0, 2), quoteAsset: "USDT" },
  );
}

/** One trade alike, one closed by hand and entered again, two while paused. */
async function disturbed(): Promise<DriftReport> {
  const world = new EngineWorld();
  world.adopt(RULE);
  world.warm();
  world.minutes([106, 107, 100, 100, 106, 107]);
  world.command({ kind: "close-positions", ownerId: "ann", numbers: [2] });
  world.minutes([104, 106, 107, 100, 100]);
  world.command({ kind: "pause", ownerId: "ann", scope: "all", until: null });
  world.minutes([106, 107, 100, 106, 107, 100, 100]);
  return driftOf(world);
}

async function alike(): Promise<DriftReport> {
  const world = new EngineWorld();
  world.adopt(RULE);
  world.warm();
  world.minutes([106, 107, 100, 100, 106, 107, 100, 100]);
  return driftOf(world);
}

const said = (report: DriftReport, language?: string, page = PAGE) =>
  shown({ ...driftView(reader(language), report, page), buttons: [] });

describe("/drift", () => {
  it("says first that there is no difference", async () => {
    expect(said(await alike())).toMatch(
      /^Drift of #1 test: BTCUSDT 1m\nNo difference: all 2 trades are the same to the last digit\.\n/,
    );
    expect(said(await alike(), "fr")).toContain("Aucun écart : les 2 transactions sont identiques");
  });

  it("says when there is nothing to compare yet", async () => {
    const world = new EngineWorld();
    world.adopt(RULE);
    expect(said(await driftOf(world))).toContain("No 1m candle has closed since strategy #1 began");
    world.warm();
    expect(said(await driftOf(world))).toContain("No difference: no trade yet");
  });

  it("says what the difference comes from, then tells each trade with its reason", async () => {
    const text = said(await disturbed());
    expect(text).toMatch(/1 of 5 trades the same\. Reality \S+ USDT, replay \S+ USDT: a differ/);
    expect(text).toMatch(/New entries were paused: [+-]\S+ USDT, 2 trades/);
    expect(text).toMatch(/#2 long, 1 Jan 2026, 01:05: Closed by hand/);
    expect(text).toMatch(/Exit price: 107\.00, replay 100\.00 \(\+7\.00 %, \+\S+ USDT\)/);
    expect(text).toContain("Exit: by hand, replay rule");
    expect(text).toMatch(
      /#3 long, [^\n]+: only in reality\. Follows from an earlier difference \(since 1 Jan 2026, 01:05\)/,
    );
    expect(text).toMatch(/long, [^\n]+: only in the replay\. New entries were paused/);
    expect(text).not.toMatch(/\{\$|undefined|NaN/);
  });

  it("says in one line which trades differ in size alone", async () => {
    const world = new EngineWorld();
    world.adopt(RULE);
    world.warm();
    world.minutes([106, 107]);
    world.command({ kind: "close-positions", ownerId: "ann", numbers: [1] });
    world.minutes([100, 100, 106, 107, 100, 100, 106, 107, 100, 100]);
    const text = said(await driftOf(world));
    expect(text).toContain("None of 3 trades the same, 2 more but for their size.");
    expect(text).toContain("#3, #2: only the size differs");
  });

  it("turns its pages, newest first", async () => {
    const report = await disturbed();
    const two = (page: number) => said(report, "en", { page, pageRows: 2 });
    expect(two(1)).toContain("Page 1 of 2");
    expect(two(1)).not.toContain("#2 long");
    expect(two(2)).toContain("#2 long");
  });

  it("fits a phone", async () => {
    const { blocks } = driftView(reader(), await disturbed(), PAGE);
    const tables = blocks.filter((block) => block.kind === "table");
    const lines = tables.flatMap(({ table }) => layoutTable(table, PHONE_WIDTH));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(PHONE_WIDTH);
    expect(lines[0]).toMatch(/# +Real +Replay +Diff\./);
  });

  it("warns of what cannot be replayed, and of candles that are missing", async () => {
    const report = { ...(await alike()), judgesForming: true, complete: false, versions: [1, 2] };
    expect(said(report)).toMatch(/forming candles, which cannot be replayed exactly/);
    expect(said(report)).toMatch(/2 versions were replayed/);
    expect(said(report)).toMatch(/only stored candles were used/);
  });

  it("has words for every cause, in both languages", () => {
    const others = ["manual", "late", "forming", "warming-up", "fee", "slippage"];
    const lasting = CIRCUMSTANCES.filter((kind) => ["away", "unseen", "revised"].includes(kind));
    const ends = ["within-minute", "earlier", "unexplained"];
    for (const code of [...REFUSALS, ...others, ...lasting, ...ends]) {
      expect([hasText("en", `drift-${code}`), hasText("fr", `drift-${code}`)], code).toEqual([
        true,
        true,
      ]);
    }
  });
});
