/** `npm run backtest`: what it prints is a contract with the programs that read it. */
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

describe("npm run backtest", () => {
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

describe("npm run backtest refuses in a sentence", () => {
  const header = "open_time_ms,open,high,low,close,volume\n";
  const line = (i: number, rest = "100,101,99,100,1") =>
    `${1_767_225_600_000 + i * 900_000},${rest}\n`;
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [
      "a missing column",
      "time,open,close\n1,2,3\n",
      /lacks columns: open_time_ms, high, low, volume/,
    ],
    ["a bad number", header + line(0) + line(1, "100,x,99,100,1"), /line 3: "x" .* high/],
    ["an impossible candle", header + line(0, "100,99,98,100,1"), /line 2: .*high-too-low/],
    ["a time off the timeframe", `${header}1767225600001,1,1,1,1,1\n`, /off-the-timeframe/],
    ["disorder", header + line(2) + line(1), /line 3: .* stands after a later one/],
    ["contradiction", header + line(1) + line(1, "1,1,1,1,1"), /line 3: .* told before/],
    ["no candle", header, /holds no candle/],
    ["a short line", `${header}1767225600000,1,1\n`, /line 2: the file is broken/],
  ];

  it("candle files that cannot be right", async () => {
    const { file, backtest: run } = await workplace();
    const said = await Promise.all(
      cases.map(async ([what, text], i) => {
        const candles = await file(`${i}.csv`, text);
        const outcome = await run("--rule", RULE, ...OF, "--candles", candles, "--json");
        return { what, ...outcome };
      }),
    );
    for (const [i, { what, code, out, err }] of said.entries()) {
      expect([what, code, out]).toEqual([what, 1, ""]);
      expect(err, what).toMatch(cases[i]![2]);
      expect(err.trim().split("\n"), what).toHaveLength(1);
    }
  });

  it("what it cannot do without, and what it does not know", async () => {
    const { backtest: run, dir } = await workplace();
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [["--rule", RULE, ...OF, "--candles", `${dir}/none.csv`], /There is no file .*none\.csv/],
      [["--rule", RULE, ...OF], /missing: --candles/],
      [[...OF, "--candles", "x"], /missing: --rule-file, --rule, --template/],
      [["--rule", RULE, "--symbol", SYMBOL, "--timeframe", "7m", "--candles", "x"], /1m, 5m, 15m/],
      [["--rule", RULE, ...OF, "--candles", "x", "--fee", "2"], /--fee must be a number from 0/],
      [["--rule", RULE, ...OF, "--candels", "x"], /no option "--candels"/],
      [["--template", "none", ...OF, "--candles", "x"], /no built-in rule "none"/],
    ];
    for (const [args, sentence] of wrong) {
      const { code, out, err } = await run(...args, "--json");
      expect([args, code, out]).toEqual([args, 1, ""]);
      expect(err).toMatch(sentence);
    }
  });

  it("a rule that cannot be read, with the place and what would fit", async () => {
    const { backtest: run } = await workplace();
    const rule = "enter long when rsj(14) crosses above 30";
    const { code, out, err } = await run("--rule", rule, ...OF, "--candles", "x", "--json");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain(`${rule}\n                ^^^`);
    expect(err).toContain("rsi");
  });
});
