/** All trades as a file, however many there are: bounded, said, and taken by every platform. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { saveInto } from "../../../bots/console/save-file.ts";
import { MAX_EXPORTED } from "../../../src/app/trade-export.ts";
import type { TestApp } from "../../support/test-app.ts";
import { closedTrade } from "../../support/test-trades.ts";
import { discordWorld } from "../discord/discord-fixture.ts";
import { scene } from "../telegram/telegram-scene.ts";

const TRADES = 100_000;
/** As long as names and figures get, so that the file is as large as it can be. */
const WORST = {
  strategyName: '"'.repeat(10) + "🦄".repeat(30),
  amount: "123456789012.123456789012345678",
  entryPrice: "123456789012.123456789012345678",
  exitPrice: "123456789012.123456789012345678",
  pnl: "-123456789012.123456789012345678",
  fees: "123456789012.123456789012345678",
} as const;

/** Pages are made when they are asked for: storage would not hold them all in memory either. */
function fill({ readModels }: Pick<TestApp, "readModels">, ownerId: string): void {
  readModels.trades = async ({ offset, limit }) => {
    const numbers = Array.from({ length: limit }, (_, row) => TRADES - offset - row);
    return { trades: numbers.map((number) => closedTrade(ownerId, number, WORST)), total: TRADES };
  };
}

const LEFT = /^[^]*20,000 trades in vigie-trades-2026-11-22\.\u2060?csv[^]*80,000/;
const linesOf = (bytes: Uint8Array) => Buffer.from(bytes).toString().trimEnd().split("\r\n").length;

it("100,000 trades come to Telegram as the newest 20,000, and the rest is counted", async () => {
  const bot = await scene();
  const { phone, user } = await bot.member(1);
  fill(bot, user.id);
  expect((await phone.ask("/export")).text).toMatch(LEFT);
  const { document } = await bot.server.until(() => phone.seen[1]);
  expect(document?.name).toBe("vigie-trades-2026-11-22.csv");
  expect(linesOf(document?.bytes ?? new Uint8Array())).toBe(MAX_EXPORTED + 1);
});

it("100,000 trades come to Discord within its ten megabytes", async () => {
  const world = await discordWorld();
  const ann = await world.member("ann");
  fill(world, "ann");
  const { content, files } = await ann.slash("export").message();
  expect(content).toMatch(LEFT);
  expect(files.map(({ name }) => name)).toEqual(["vigie-trades-2026-11-22.csv"]);
  expect(linesOf(files[0]?.bytes ?? new Uint8Array())).toBe(MAX_EXPORTED + 1);
});

it("100,000 trades are saved from the terminal", async () => {
  const bot = await scene();
  const { user } = await bot.member(1);
  fill(bot, user.id);
  const reply = await bot.say("/export", user);
  const folder = await mkdtemp(join(tmpdir(), "vigie-export-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { file } = reply;
  expect(linesOf(await readFile(await saveInto(folder)(file!)))).toBe(MAX_EXPORTED + 1);
});
