/** Pictures in answers, really drawn; and answers that are complete where none can be. */
import { describe, expect, it } from "vitest";
import { SharpRasterizer } from "../../../../src/raster/sharp-rasterizer.ts";
import { person, RULE } from "../../../support/test-app.ts";
import { shown, testBot } from "../../../support/test-bot.ts";

const ann = person("ann");
const COMMANDS = ["/chart 1", "/equity", "/trade 1", "/backtest 1"];

async function botWith(rasterizer: SharpRasterizer | null) {
  const bot = testBot(rasterizer === null ? {} : { rasterizer });
  await bot.say(`/new Swing BTCUSDT 1h ${RULE} yes`, ann);
  bot.gateway.openPosition("ann", 1);
  bot.clock.advance(3_600_000);
  return bot;
}

/** Width and height, as the file says. */
function sizeOf(png: Uint8Array): readonly number[] {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

describe("answers with a picture", () => {
  it.each(["en", "fr"])("have one in %s for every command that promises it", async (language) => {
    const bot = await botWith(new SharpRasterizer());
    for (const line of COMMANDS) {
      const { image, tone } = await bot.say(line, { ...ann, language });
      expect(tone).not.toBe("error");
      expect(image?.alt).not.toBe("");
      const [width = 0, height = 0] = sizeOf(image!.png);
      expect([line, width]).toEqual([line, 1000]);
      expect(height / width).toBeLessThan(1);
      expect(image!.png.length).toBeLessThan(400_000);
    }
    expect([bot.unexpected, bot.errors]).toEqual([[], []]);
  });

  it("say the verdict of a backtest in one line beside it", async () => {
    const bot = await botWith(new SharpRasterizer());
    const { image, blocks } = await bot.say("/backtest 1", ann);
    expect(image?.alt).toMatch(/net, .* trades, max drawdown .*buy and hold/);
    expect(blocks[1]).toEqual({ kind: "text", text: image?.alt });
  });

  it("are asked for again by their button", async () => {
    const bot = await botWith(new SharpRasterizer());
    const reply = await bot.say("/chart BTCUSDT 15m ema(20) rsi(14)", ann);
    const again = await bot.press(reply.buttons.flat()[0]!, ann);
    expect(shown(again)).toBe(shown(reply));
    expect(Buffer.from(again.image!.png).equals(Buffer.from(reply.image!.png))).toBe(true);
  });
});

describe("a machine that cannot draw", () => {
  it("gives the same answers in words", async () => {
    const broken = new SharpRasterizer(async () => {
      throw new Error("no libvips here");
    });
    const [without, failing] = [await botWith(null), await botWith(broken)];
    for (const line of COMMANDS) {
      const reply = await failing.say(line, ann);
      expect(reply.image).toBeUndefined();
      expect(shown(reply)).toBe(shown(await without.say(line, ann)));
      expect(shown(reply)).not.toMatch(/error|wrong|libvips/i);
    }
    expect(failing.unexpected).toEqual([]);
  });
});
