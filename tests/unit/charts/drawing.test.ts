/** Drawn pictures: words escaped and cut, what is described is there, and any market can be drawn. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawPicture } from "../../../src/charts/draw-picture.ts";
import { type MarketChart, marketPicture } from "../../../src/charts/market-chart.ts";
import { escaped } from "../../../src/charts/svg.ts";
import { clipped, textWidth } from "../../../src/charts/text-width.ts";
import { candleColumns } from "../../../src/charts/thin.ts";
import type { DrawnTrade } from "../../../src/charts/trade-layers.ts";
import { timeframeMs } from "../../../src/domain/timeframe.ts";
import { candlesOf, randomCandles } from "../../support/candle-lists.ts";

const LENGTH = timeframeMs("15m");
const LABELS = {
  title: "BTCUSDT 15m",
  subtitle: "",
  note: "paper",
  volume: "volume",
  rising: "rising",
  falling: "falling",
  price: "price",
  long: "entry, long",
  short: "entry, short",
  win: "exit with profit",
  loss: "exit with loss",
  stop: "stop",
  target: "target",
};
const READER = { language: "en", timeZone: "UTC" };

function draw(chart: Partial<MarketChart>, labels: Partial<typeof LABELS> = {}): string {
  const columns = candleColumns(randomCandles(1, 120, { timeframe: "15m" }), LENGTH, 120);
  const empty = { columns, overlays: [], volumeLines: [], panes: [], trades: [] };
  return drawPicture(marketPicture({ ...empty, ...chart }, { ...LABELS, ...labels }, READER));
}

/** What a person would read. */
const wordsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? "");

/** Every number in a path or an attribute is finite. */
const isSound = (svg: string): boolean => !/NaN|Infinity|undefined/.test(svg);

function tradeAt(index: number, change: Partial<DrawnTrade> = {}): DrawnTrade {
  const { columns } = {
    columns: candleColumns(randomCandles(1, 120, { timeframe: "15m" }), LENGTH, 120),
  };
  const at = (i: number) => columns.times[i] ?? 0;
  const price = columns.close[index] ?? 0;
  const exit = { at: at(index + 5), price: price * 1.01, won: true };
  return {
    side: "long",
    entryAt: at(index),
    entryPrice: price,
    exit,
    stop: null,
    target: null,
    ...change,
  };
}

describe("words in a picture", () => {
  it("cannot become markup, whatever they are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const safe = escaped(text);
        expect(safe).not.toMatch(/[<>"]|&(?!(?:amp|lt|gt|quot);)/);
        // eslint-disable-next-line no-control-regex
        expect(safe).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
        expect(safe.isWellFormed()).toBe(true);
      }),
    );
  });

  it("are cut to the room there is", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 300 }), (text, room) => {
        const shown = clipped(text, { size: 20 }, room);
        expect(textWidth(shown, { size: 20 })).toBeLessThanOrEqual(room);
      }),
    );
    expect(clipped("a".repeat(99), { size: 20 }, 100)).toMatch(/^a+…$/);
    expect(clipped("short", { size: 20 }, 100)).toBe("short");
  });

  it("are a person's own, shown harmlessly", () => {
    const title = `<script>&"${"long ".repeat(60)}`;
    const svg = draw({}, { title, subtitle: "\u0000\ud800x" });
    expect(svg).not.toContain("<script");
    expect(wordsOf(svg)[0]).toMatch(/^&lt;script&gt;&amp;&quot;long .*…$/);
    expect(isSound(svg)).toBe(true);
  });
});

describe("a market's picture", () => {
  it("names everything in it and nothing else", () => {
    const line = { times: [0], values: [1] };
    const ema = { label: "ema(50)", family: "ema(50)", line, dotted: false, filled: false };
    const rsi = { ...ema, label: "rsi(14)", family: "rsi(14)" };
    const words = wordsOf(
      draw({
        overlays: [ema],
        panes: [{ lines: [rsi], thresholds: [30, 70] }],
        trades: [tradeAt(20, { stop: 90 })],
      }),
    );
    const named = [
      "rising",
      "ema(50)",
      "rsi(14)",
      "volume",
      "entry, long",
      "exit with profit",
      "stop",
    ];
    expect(words).toEqual(expect.arrayContaining(named));
    for (const absent of ["entry, short", "exit with loss", "target"]) {
      expect(words).not.toContain(absent);
    }
  });

  it("tells a band once, in one colour", () => {
    const line = { times: [0], values: [1] };
    const edges = ["upper", "middle", "lower"].map((output) => ({
      label: `bb(20, 2).${output}`,
      family: "bb(20, 2)",
      line,
      dotted: false,
      filled: false,
    }));
    const words = wordsOf(draw({ overlays: edges }));
    expect(words.filter((word) => word.startsWith("bb"))).toEqual(["bb(20, 2)"]);
  });

  it("shows the levels of a few trades, and of many only how they ended", () => {
    const few = [20, 40].map((i) => tradeAt(i, { stop: 95, target: 105 }));
    expect(wordsOf(draw({ trades: few }))).toContain("target");
    const many = Array.from({ length: 100 }, (_, i) => tradeAt(i, { stop: 95 }));
    const crowded = wordsOf(draw({ trades: many }));
    expect(crowded).toContain("exit with profit");
    expect(crowded).toContain("price");
    expect(crowded).not.toContain("stop");
  });

  it("ends the lines of an open trade at its edge, and leaves out trades before and after", () => {
    const svg = draw({ trades: [tradeAt(30, { exit: null, stop: 90 })] });
    expect(isSound(svg)).toBe(true);
    expect(wordsOf(svg)).not.toContain("exit with profit");
    const elsewhere = tradeAt(30, { entryAt: 0, exit: { at: 1, price: 1, won: true } });
    expect(wordsOf(draw({ trades: [elsewhere] }))).not.toContain("entry, long");
  });

  it("is not pressed flat by a level far away", () => {
    const far = draw({ trades: [tradeAt(30, { stop: 1 })] });
    const axis = (svg: string) => wordsOf(svg).filter((word) => /^[\d.,]+$/.test(word));
    expect(axis(far)).toEqual(axis(draw({ trades: [tradeAt(30)] })));
  });

  it("can be drawn of one candle, of a price that stands still, tiny or huge", () => {
    const shapes = {
      one: [{ open: 100, high: 101, low: 99, close: 100.5 }],
      flat: Array.from({ length: 50 }, () => ({ open: 7, close: 7, volume: 0 })),
      tiny: Array.from({ length: 50 }, (_, i) => ({ open: 1.2e-5, close: 1.234e-5 + i * 1e-8 })),
      huge: Array.from({ length: 50 }, (_, i) => ({ close: 1e11 + i * 1e9, volume: 1e15 })),
    };
    for (const bars of Object.values(shapes)) {
      const svg = draw({ columns: candleColumns(candlesOf(bars, "15m"), LENGTH, 120) });
      expect(isSound(svg)).toBe(true);
    }
    const tiny = draw({ columns: candleColumns(candlesOf(shapes.tiny, "15m"), LENGTH, 120) });
    expect(wordsOf(tiny).some((word) => /^0\.000012\d+$/.test(word))).toBe(true);
    const huge = draw({ columns: candleColumns(candlesOf(shapes.huge, "15m"), LENGTH, 120) });
    expect(wordsOf(huge)).toContain("100B");
  });
});
