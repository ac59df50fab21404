/** PNG from SVG: with letters on any machine, one at a time, and a fault where it cannot be done. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { MAX_WAITING, SharpRasterizer } from "../../../src/raster/sharp-rasterizer.ts";

const raster = new SharpRasterizer();
const drawing = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60" font-family="DejaVu Sans"><rect width="200" height="60" fill="#000"/>${inside}</svg>`;
const words = (text: string, weight = "normal") =>
  drawing(`<text x="8" y="40" font-size="30" font-weight="${weight}" fill="#fff">${text}</text>`);
const png = async (svg: string) => Buffer.from(await raster.png(svg));

describe("the rasterizer", () => {
  it("draws text with the font that travels with it", async () => {
    const blank = await png(drawing(""));
    const title = await png(words("BTCUSDT"));
    expect(title.subarray(1, 4).toString()).toBe("PNG");
    expect([title.readUInt32BE(16), title.readUInt32BE(20)]).toEqual([200, 60]);
    expect(title.equals(blank)).toBe(false);
    // Were there no font, every letter would be nothing, or the same box.
    expect(title.equals(await png(words("XRPUSDT")))).toBe(false);
    expect(title.equals(await png(words("BTCUSDT", "bold")))).toBe(false);
    const [accent, plain] = await Promise.all([png(words("é")), png(words("e"))]);
    expect(accent.equals(plain)).toBe(false);
  });

  it("knows no other fonts, so that every machine draws the same", async () => {
    await png(words("x"));
    const file = process.env["FONTCONFIG_FILE"] ?? "";
    const folders = [...readFileSync(file, "utf8").matchAll(/<dir>([^<]*)<\/dir>/g)];
    expect(folders.map(([, folder]) => folder)).toEqual([join(dirname(file), "fonts")]);
    expect(readdirSync(join(dirname(file), "fonts"))).toEqual([
      "DejaVuSans-Bold.ttf",
      "DejaVuSans.ttf",
    ]);
    expect(existsSync(file)).toBe(true);
  });

  it("refuses what is no drawing, and goes on", async () => {
    await expect(raster.png("<svg")).rejects.toMatchObject({ code: "picture-unavailable" });
    expect((await png(drawing(""))).length).toBeGreaterThan(50);
  });

  it("refuses more than may wait", async () => {
    const all = Array.from({ length: MAX_WAITING + 1 }, () => raster.png(drawing("")));
    const settled = await Promise.allSettled(all);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(MAX_WAITING);
    await expect(all.at(-1)).rejects.toMatchObject({ code: "pictures-busy" });
    expect((await png(drawing(""))).length).toBeGreaterThan(50);
  });

  it("says why where the library cannot be loaded", async () => {
    const broken = new SharpRasterizer(async () => {
      throw new Error("Could not load the sharp module");
    });
    await expect(broken.png(drawing(""))).rejects.toMatchObject({
      code: "picture-unavailable",
      facts: { reason: "Could not load the sharp module" },
    });
  });
});
