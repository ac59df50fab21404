/** `npm run backtest`: what it prints is a contract with the programs that read it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { backtest } from "../../unit/engine/backtest/run.ts";
import { randomCandles, SYMBOL } from "../../support/candle-lists.ts";
import { csvOf, workplace } from "./command-line.ts";

const RULE =
  "enter long when ema(5) crosses above ema(13)\nexit long when ema(5) crosses below ema(13)\nstop 1%";
const CANDLES = randomCandles(4, 3_000, { timeframe: "15m" });
const OF = ["--symbol", SYMBOL, "--timeframe", "15m"];

interface Printed {
  readonly trades: readonly Record<string, string | number>[];
  readonly metrics: Record<string, unknown>;
}

/** Each of them starts processes. */
const PATIENCE = { timeout: 60_000 };

describe("npm run backtest", PATIENCE, () => {
  it("prints the trades and metrics as JSON and nothing else", async () => {
    const { file, backtest: run } = await workplace();
    const rule = await file("rule.txt", RULE);
    const candles = await file("candles.csv.gz", csvOf(CANDLES));
    const args = ["--rule-file", rule, ...OF, "--candles", candles, "--json"];
    const { code, out, err } = await run(...args);
    expect([code, err]).toEqual([0, ""]);
    const printed = JSON.parse(out) as Printed;
    expect(Object.keys(printed)).toEqual(["trades", "metrics"]);
    const { trades, metrics } = backtest(RULE, { candles: CANDLES, fee: "0.001" });
    expect(trades.length).toBeGreaterThan(50);
    expect(printed.trades).toEqual(
      trades.map((trade) => ({
        side: trade.side,
        entryTime: trade.entryAt,
        entryPrice: Number(trade.entryPrice),
        exitTime: trade.exitAt,
        exitPrice: Number(trade.exitPrice),
        amount: Number(trade.amount),
        fees: Number(trade.fees),
        pnl: Number(trade.pnl),
        exitReason: trade.exitReason,
      })),
    );
    expect(printed.metrics["netProfit"]).toBe(metrics.netProfit);
    expect(printed.metrics["trades"]).toBe(trades.length);
    // Every digit of a result is there, also those a float would lose.
    expect(out).toContain(`"pnl":${trades[0]!.pnl},`);
  });

  it("saves a picture of it, and the JSON stays what it is", async () => {
    const { dir, file, backtest: run } = await workplace();
    const candles = await file("candles.csv", csvOf(CANDLES));
    const args = ["--rule", RULE, ...OF, "--candles", candles, "--json"];
    const path = join(dir, "out.png");
    const { code, out, err } = await run(...args, "--picture", path);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe((await run(...args)).out);
    const png = await readFile(path);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(1000);
    const nowhere = await run(...args, "--picture", join(dir, "none", "out.png"));
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringMatching(/cannot be written/)]);
  });

  it("takes other terms, and null stands for a figure without meaning", async () => {
    const { file, backtest: run } = await workplace();
    const candles = await file("candles.csv", csvOf(CANDLES.slice(0, 400)));
    const terms = ["--capital", "500", "--fee", "0", "--slippage", "0.01", "--step", "1"];
    const args = ["--rule", RULE, ...OF, "--candles", candles, ...terms, "--json"];
    const { trades, metrics } = JSON.parse((await run(...args)).out) as Printed;
    expect(trades.every(({ fees }) => fees === 0)).toBe(true);
    expect(trades.every(({ amount }) => Number.isInteger(amount))).toBe(true);
    expect(trades[0]!["amount"]).toBeLessThan(6);
    expect(metrics["sqn"]).toBeNull();
    expect(metrics["missing"]).toMatchObject({ sqn: "needs 30 trades", sharpe: "needs 30 days" });
  });

  it("prints a page for people, with a built-in rule", async () => {
    const { file, backtest: run } = await workplace();
    const candles = await file("candles.csv", csvOf(CANDLES));
    const args = ["--template", "ema-crossover-15m", "--symbol", SYMBOL, "--candles", candles];
    const { code, out } = await run(...args);
    expect(code).toBe(0);
    expect(out).toContain("BTCUSDT 15m, 2026-01-01 to 2026-02-01, 3000 candles");
    expect(out).toMatch(/^net profit +-?\d+\.\d\d USDT/m);
    expect(out).toMatch(/^profit factor +\d/m);
    expect(out).toContain("out of sample");
    expect(out).not.toContain("undefined");
    expect(out).not.toContain("NaN");
  });

  it("reports holes and repeated lines and goes on", async () => {
    const { file, backtest: run } = await workplace();
    const holed = [...CANDLES.slice(0, 200), CANDLES[199]!, ...CANDLES.slice(203, 400)];
    const candles = await file("candles.csv", csvOf(holed));
    const { code, out, err } = await run("--rule", RULE, ...OF, "--candles", candles, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toHaveProperty("trades");
    expect(err).toContain("3 candles are missing in 1 gaps, the first from 2026-01-03T02:00");
    expect(err).toContain("1 lines repeat the line before them");
  });
});

describe("npm run backtest refuses in a sentence", PATIENCE, () => {
  it("a candle file that cannot be right", async () => {
    const { file, backtest: run } = await workplace();
    const text = csvOf(CANDLES.slice(0, 3)).replace(/(\n.*\n.*?,).*?,/, "$1x,");
    const candles = await file("candles.csv", text);
    const { code, out, err } = await run("--rule", RULE, ...OF, "--candles", candles, "--json");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/candles\.csv, line 3: "x" cannot stand in the column open\.\n$/);
  });

  it("what it cannot do without, and what it does not know", async () => {
    const { backtest: run, dir } = await workplace();
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [["--rule", RULE, ...OF, "--candles", `${dir}/none.csv`], /There is no file .*none\.csv/],
      [[...OF, "--candles", "x"], /missing: --rule-file, --rule, --template/],
      [["--rule", RULE, ...OF, "--candles", "x", "--fee", "2"], /--fee must be a number from 0/],
      [["--rule", RULE, ...OF, "--candels", "x"], /no option "--candels"/],
    ];
    const said = await Promise.all(wrong.map(([args]) => run(...args, "--json")));
    for (const [i, { code, out, err }] of said.entries()) {
      expect([code, out]).toEqual([1, ""]);
      expect(err).toMatch(wrong[i]![1]);
    }
  });

  it("a rule that cannot be read, with the place and what would fit", async () => {
    const { backtest: run } = await workplace();
    const rule = "enter long when rsj(14) crosses above 30";
    const { code, out, err } = await run("--rule", rule, ...OF, "--candles", "x", "--json");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain(`${rule}\n                ^^^`);
    expect(err).toContain('Did you mean "rsi"?');
  });
});
