/** Files and pictures that commands make are saved on the machine, for their owner alone. */
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { MAX_PICTURES, saveInto, savePicturesInto } from "../../../bots/console/save-file.ts";
import { SharpRasterizer } from "../../../src/raster/sharp-rasterizer.ts";
import { NOON } from "../../support/test-app.ts";
import { closedTrade } from "../../support/test-trades.ts";
import { open } from "./console-fixture.ts";

const fullDisk = () => Promise.reject(new Error("disk full"));

describe("a file that a command makes", () => {
  it("is saved for its owner alone, and its path is shown", async () => {
    const folder = join(await mkdtemp(join(tmpdir(), "vigie-console-")), "exports");
    onTestFinished(() => rm(dirname(folder), { recursive: true, force: true }));
    const { input, console, written, bot } = open({ saveFile: saveInto(folder) });
    bot.readModels.addTrade(closedTrade("root", 12));
    input.end("/export\n");
    await console.done;
    const path = join(folder, "vigie-trades-2026-11-22.csv");
    expect(written()).toContain(`One trade in vigie-trades-2026-11-22.csv\nSaved as ${path}\n`);
    expect(await readFile(path, "utf8")).toMatch(/^trade,strategy,[^]*\r\n12,1,Swing,BTCUSDT/);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it("is printed where there is no place for it", async () => {
    const { input, console, written, bot } = open();
    bot.readModels.addTrade(closedTrade("root", 12));
    input.end("/export\n/version\n");
    await console.done;
    expect(written()).toMatch(/12,1,Swing,BTCUSDT[^]*Vigie 1\.2\.3/);
  });

  it("that cannot be saved is reported, and the console goes on", async () => {
    const { input, console, written, bot, errors } = open({ saveFile: fullDisk });
    bot.readModels.addTrade(closedTrade("root", 12));
    input.end("/export\n/version\n");
    await console.done;
    expect(errors).toEqual([new Error("disk full")]);
    expect(written()).toMatch(/Something went wrong here[^]*Vigie 1\.2\.3/);
  });
});

describe("a picture that a command makes", () => {
  it("is saved for its owner alone, and its path is shown with its line in brief", async () => {
    const folder = join(await mkdtemp(join(tmpdir(), "vigie-console-")), "pictures");
    onTestFinished(() => rm(dirname(folder), { recursive: true, force: true }));
    const saveImage = savePicturesInto(folder, () => NOON);
    const { input, console, written } = open({ saveImage, rasterizer: new SharpRasterizer() });
    input.end("/chart BTCUSDT 1h\n");
    await console.done;
    const path = join(folder, "2026-11-22-140322-1.png");
    expect(written()).toMatch(/BTCUSDT 1h\n[^]*\n {2}[▁-█]{60}\nPicture: /);
    expect(written()).toContain(`Picture: ${path}\n`);
    expect((await readFile(path)).subarray(1, 4).toString()).toBe("PNG");
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it("makes the oldest make way", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vigie-pictures-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    let now = NOON;
    const save = savePicturesInto(folder, () => (now += 1_000));
    for (let i = 0; i < MAX_PICTURES + 3; i++) await save({ png: new Uint8Array([i]), alt: "" });
    const kept = (await readdir(folder)).toSorted();
    expect(kept).toHaveLength(MAX_PICTURES);
    expect(kept[0]).toBe("2026-11-22-140326-4.png");
  });

  it("that cannot be saved is reported, and the console goes on", async () => {
    const rasterizer = new SharpRasterizer();
    const { input, console, written, errors } = open({ saveImage: fullDisk, rasterizer });
    input.end("/equity 1\n/chart\n/version\n");
    await console.done;
    expect(errors).toEqual([new Error("disk full")]);
    expect(written()).toMatch(/The picture could not be saved[^]*Vigie 1\.2\.3/);
  });
});
