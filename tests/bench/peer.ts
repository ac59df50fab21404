/**
 * The same SMA cross by grademark, a backtester from npm. Its averages are given to it and not counted;
 * ours are. It knows no fees, sizes or equity, fills at the next opening too, and enters again a candle
 * later, so it makes slightly fewer trades.
 */
import { createRequire } from "node:module";
import grademark from "grademark";
import { SMA } from "technicalindicators";
import type { Candle } from "../../src/domain/candle.ts";
import { runBacktest } from "../../src/engine/backtest.ts";
import { randomCandles } from "../support/candle-lists.ts";
import { BTCUSDT } from "../support/engine-world.ts";
import { type Figure, median } from "./figure.ts";

const CANDLES = 131_400;
const SEED = 20_261_122;
const VOLATILITY = 0.0015;
const ROUNDS = 3;
const [FAST, SLOW] = [10, 30];
const RULE = `enter long when sma(${FAST}) crosses above sma(${SLOW}) exit long when sma(${FAST}) crosses below sma(${SLOW}) size 10%`;
const TERMS = { instrument: BTCUSDT, capital: "10000", fee: "0.001", slippage: "0" };

interface PeerBar {
  readonly time: Date;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** fast - slow, now and one candle ago. */
  readonly gap: number;
  readonly before: number;
}

type PeerSeries = Parameters<typeof grademark.backtest<PeerBar, PeerBar, object, number>>[1];
/** What grademark itself takes its tables from. */
const { DataFrame } = createRequire(import.meta.resolve("grademark"))("data-forge") as {
  DataFrame: new (bars: readonly PeerBar[]) => PeerSeries;
};

/** Both in turn, so that each finds the machine as the other does. */
export function benchPeer(): readonly Figure[] {
  const candles = randomCandles(SEED, CANDLES, { volatility: VOLATILITY });
  const series = new DataFrame(barsOf(candles));
  const request = { ...TERMS, ruleText: RULE, timeframe: "1m" as const, candles };
  const rounds = Array.from({ length: ROUNDS }, () => ({
    ours: timed(() => runBacktest(request).trades.length),
    theirs: timed(() => peerTrades(series)),
  }));
  const theirs = median(rounds.map((round) => round.theirs));
  return [
    {
      name: "backtest_over_grademark",
      value: theirs / median(rounds.map((round) => round.ours)),
      unit: "ratio",
      meaning: `SMA cross over ${CANDLES} candles; grademark is given its averages and trades without fees`,
    },
    {
      name: "grademark",
      value: CANDLES / theirs,
      unit: "candles/s",
      meaning: "the peer by itself",
    },
  ];
}

function peerTrades(series: PeerSeries): number {
  const trades = grademark.backtest<PeerBar, PeerBar, object, number>(
    {
      entryRule: (enter, { bar }) => {
        if (bar.before <= 0 && bar.gap > 0) enter();
      },
      exitRule: (exit, { bar }) => {
        if (bar.before >= 0 && bar.gap < 0) exit();
      },
    },
    series,
  );
  return trades.length;
}

function barsOf(candles: readonly Candle[]): readonly PeerBar[] {
  const values = candles.map(({ close }) => Number(close));
  const [fast, slow] = [FAST, SLOW].map((period) => SMA.calculate({ period, values }));
  const gapAt = (i: number) => (fast?.[i - FAST + 1] ?? NaN) - (slow?.[i - SLOW + 1] ?? NaN);
  return candles.map(({ openTime, open, high, low, close, volume }, i) => ({
    time: new Date(openTime),
    open: Number(open),
    high: Number(high),
    low: Number(low),
    close: Number(close),
    volume: Number(volume),
    gap: gapAt(i),
    before: gapAt(i - 1),
  }));
}

/** Seconds. */
function timed(work: () => unknown): number {
  const begun = performance.now();
  work();
  return (performance.now() - begun) / 1_000;
}
