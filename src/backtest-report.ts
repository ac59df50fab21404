/**
 * What a backtest from the command line says: JSON for programs, a page of text for people. Decimals
 * are written digit by digit as they were computed, not by way of a float.
 */
import type { Instrument } from "./domain/instrument.ts";
import type { Trade } from "./domain/order.ts";
import type { BacktestResult } from "./engine/backtest.ts";
import type { Measured } from "./engine/statistics/measured.ts";
import type { Metrics } from "./engine/statistics/metrics.ts";
import type { CandleFindings } from "./history/candle-check.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LABEL_WIDTH = 23;
const VALUE_WIDTH = 26;

/** One line: {"trades":[…],"metrics":{…}}. */
export function backtestJson(result: BacktestResult): string {
  const trades = result.trades.map(tradeJson).join(",");
  return `{"trades":[${trades}],"metrics":${JSON.stringify(metricsRecord(result))}}\n`;
}

/** Prices, amounts, fees and results are decimal text already, which is a JSON number as it stands. */
function tradeJson(trade: Trade): string {
  const { side, entryAt, entryPrice, exitAt, exitPrice, amount, fees, pnl, exitReason } = trade;
  return (
    `{"side":"${side}","entryTime":${entryAt},"entryPrice":${entryPrice},` +
    `"exitTime":${exitAt},"exitPrice":${exitPrice},"amount":${amount},` +
    `"fees":${fees},"pnl":${pnl},"exitReason":"${exitReason}"}`
  );
}

function metricsRecord({ metrics, parts, open, candles, signals }: BacktestResult): object {
  const position = open?.position;
  return {
    ...plainMetrics(metrics),
    openPosition:
      open === null || position === undefined
        ? null
        : {
            side: position.side,
            entryTime: position.openedAt,
            entryPrice: Number(position.entryPrice),
            amount: Number(position.amount),
            lastPrice: Number(open.lastPrice),
            unrealisedPnl: Number(open.unrealisedPnl),
          },
    inSample: parts === null ? null : plainMetrics(parts.inSample),
    outOfSample: parts === null ? null : plainMetrics(parts.outOfSample),
    candles,
    signals,
  };
}

/** Null for a figure without meaning; `missing` says why. */
function plainMetrics(metrics: Metrics): object {
  const missing: Record<string, string> = {};
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(metrics)) {
    if (typeof value === "string") missing[name] = value;
    plain[name] = typeof value === "string" ? null : value;
  }
  return { ...plain, missing };
}

/** A page for a terminal, 78 columns or fewer. */
export function backtestText(result: BacktestResult, { quoteAsset }: Instrument): string {
  const { metrics, parts, open, candles, signals } = result;
  const money = (value: number) => `${value.toFixed(2)} ${quoteAsset}`;
  const columns = [metrics, ...(parts === null ? [] : [parts.inSample, parts.outOfSample])];
  const lines = [
    `${result.symbol} ${result.timeframe}, ${day(metrics.from)} to ${day(metrics.until)}, ` +
      `${candles.tested} candles, ${signals.fired} signals`,
    ...result.ruleText.split("\n").map((line) => `  ${line}`),
    "",
    row("", parts === null ? ["whole"] : ["whole", "first 70 %", "last 30 %, out of sample"]),
    ...rowsOf(columns, money),
    "",
  ];
  if (open !== null) {
    const { side, amount, entryPrice } = open.position;
    const gain = money(Number(open.unrealisedPnl));
    lines.push(`Still open: ${side} ${amount} from ${entryPrice}, now ${open.lastPrice}: ${gain}`);
  }
  const blocked = Object.entries(signals.blocked).map(([code, count]) => `${count} ${code}`);
  if (blocked.length > 0) lines.push(`Signals without an entry: ${blocked.join(", ")}`);
  const detailed = `1m candles decided stops and targets on ${candles.detailed} of ${candles.tested} candles.`;
  if (candles.detailed > 0) lines.push(detailed);
  lines.push("Past results say little about future ones.");
  return `${lines.join("\n")}\n`;
}

type Money = (value: number) => string;

function rowsOf(columns: readonly Metrics[], money: Money): string[] {
  const each = (label: string, cell: (metrics: Metrics) => string) => row(label, columns.map(cell));
  return [
    each("net profit", (m) => money(m.netProfit)),
    each("return", (m) => percent(m.returnPercent)),
    each("buy and hold", (m) => percent(m.buyAndHoldPercent)),
    each("difference", (m) => percent(m.differencePercent)),
    each("a year (CAGR)", (m) => percent(m.cagrPercent)),
    each("max drawdown", (m) => percent(-(m.maxDrawdown?.percent ?? 0))),
    each("  peak and trough", ({ maxDrawdown: fall }) =>
      fall === null ? "-" : `${day(fall.peakAt)} ${day(fall.troughAt)}`,
    ),
    each("  lasted", ({ maxDrawdown: fall }) =>
      fall === null
        ? "-"
        : `${duration(fall.durationMs)}${fall.recoveredAt === null ? ", not over" : ""}`,
    ),
    each("Sharpe", (m) => ratio(m.sharpe)),
    each("Sortino", (m) => ratio(m.sortino)),
    each("Calmar", (m) => ratio(m.calmar)),
    each("exposure", (m) => share(m.exposurePercent)),
    each("trades", (m) => `${m.trades} (${m.wins} won, ${m.losses} lost)`),
    each("win rate", (m) => share(m.winRatePercent)),
    each("profit factor", (m) => ratio(m.profitFactor)),
    each("payoff", (m) => ratio(m.payoff)),
    each("expectancy", (m) => measured(m.expectancy, money)),
    each("mean trade", (m) => percent(m.meanTradePercent)),
    each("  95 % interval", ({ meanTradeInterval: interval }) =>
      interval === null ? "-" : `${percent(interval.low)} .. ${percent(interval.high)}`,
    ),
    each("SQN", (m) => ratio(m.sqn)),
    each("average hold", (m) => measured(m.averageHoldMs, duration)),
    each("best trade", (m) => measured(m.bestTrade, money)),
    each("worst trade", (m) => measured(m.worstTrade, money)),
    each("longest losing streak", (m) => String(m.longestLosingStreak)),
    each("fees", (m) => money(m.fees)),
  ];
}

/** Holes, repetitions and the like in a candle file; empty when there is nothing to say. */
export function findingsText({ gaps, gapCount, missing, repeated }: CandleFindings): string {
  const lines: string[] = [];
  const [first] = gaps;
  if (first !== undefined) {
    const at = new Date(first.from).toISOString();
    lines.push(`${missing} candles are missing in ${gapCount} gaps, the first from ${at}.`);
  }
  if (repeated > 0) lines.push(`${repeated} lines repeat the line before them and were left out.`);
  return lines.join("\n");
}

function row(label: string, cells: readonly string[]): string {
  const [first = "", ...others] = cells;
  const rest = others.map((cell) => cell.padEnd(VALUE_WIDTH)).join("");
  return `${label.padEnd(LABEL_WIDTH)}${first.padEnd(VALUE_WIDTH)}${rest}`.trimEnd();
}

function measured(value: Measured, show: (value: number) => string): string {
  return typeof value === "string" ? `n/a (${value})` : show(value);
}

function percent(value: Measured): string {
  return measured(value, (number) => `${number > 0 ? "+" : ""}${number.toFixed(2)} %`);
}

function share(value: Measured): string {
  return measured(value, (number) => `${number.toFixed(2)} %`);
}

function ratio(value: Measured): string {
  return measured(value, (number) => number.toFixed(2));
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function duration(ms: number): string {
  return ms >= 2 * DAY_MS
    ? `${(ms / DAY_MS).toFixed(1)} days`
    : `${(ms / HOUR_MS).toFixed(1)} hours`;
}
