/** A picture is an addition: whatever goes wrong with one costs nothing but the picture. */
import { describe, expect, it } from "vitest";
import { Pictures } from "../../../src/app/pictures.ts";
import { Fault } from "../../../src/domain/fault.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import { SharpRasterizer } from "../../../src/raster/sharp-rasterizer.ts";

function withLog(rasterizer: SharpRasterizer | null) {
  const told: unknown[] = [];
  const logger: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: ({ code }) => {
      told.push(code);
    },
    error: () => undefined,
    child: () => logger,
  };
  return { pictures: new Pictures({ rasterizer, logger }), told };
}

const LINE = { times: [0, 60_000], values: [100, 101] };
const LINES = { equity: LINE, drawdown: { ...LINE, values: [0, 0] }, hold: null, start: 100 };
const WORDS = { title: "t", subtitle: "", note: "", figures: [] };
const LABELS = { ...WORDS, equity: "e", hold: "h", drawdown: "d", start: "s" };
const READER = { language: "en", timeZone: "UTC" };

describe("pictures", () => {
  it("are PNG where they can be drawn", async () => {
    const { pictures, told } = withLog(new SharpRasterizer());
    const png = await pictures.equity(LINES, LABELS, READER);
    expect(
      Buffer.from(png ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    expect(told).toEqual([]);
  });

  it("are left out where they cannot, and the log says each cause once", async () => {
    const broken = new SharpRasterizer(async () => {
      throw new Error("no library");
    });
    const { pictures, told } = withLog(broken);
    for (let i = 0; i < 3; i++) expect(await pictures.equity(LINES, LABELS, READER)).toBeNull();
    const away = () => Promise.reject(new Fault("exchange-unreachable"));
    for (let i = 0; i < 3; i++) expect(await pictures.orNone(away)).toBeNull();
    const wrongZone = { language: "en", timeZone: "Nowhere/Land" };
    expect(await pictures.equity(LINES, LABELS, wrongZone)).toBeNull();
    expect(told.slice(0, 2)).toEqual(["picture-unavailable", "exchange-unreachable"]);
    expect(told).toHaveLength(3);
  });

  it("cost nothing where nobody wants any", async () => {
    const { pictures, told } = withLog(null);
    expect(await pictures.orNone(() => expect.fail("looked"))).toBeNull();
    expect(await pictures.equity(LINES, LABELS, READER)).toBeNull();
    expect(told).toEqual([]);
  });
});
