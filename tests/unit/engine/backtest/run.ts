/** Backtests on small lists, with plain terms unless said otherwise. */
import {
  type BacktestProgress,
  type BacktestRequest,
  runBacktest,
} from "../../../../src/engine/backtest.ts";
import { BTCUSDT } from "../../../support/engine-world.ts";

export type Terms = Partial<BacktestRequest> & Pick<BacktestRequest, "candles">;

/** No fees, no slippage, 10,000 USDT, the first candle's timeframe. */
export function backtest(ruleText: string, terms: Terms, progress?: BacktestProgress) {
  const request = {
    ruleText,
    instrument: BTCUSDT,
    timeframe: terms.candles[0]?.timeframe ?? "1m",
    capital: "10000",
    fee: "0",
    slippage: "0",
    ...terms,
  };
  return runBacktest(request, progress);
}

/** Rules that trade often on random candles, with every kind of exit among them. */
export const LIVELY_RULES = [
  "enter long when rsi(7) crosses above 40 exit long when rsi(7) > 60 stop 2% size 30%",
  "enter long when ema(5) crosses above ema(13) enter short when ema(5) crosses below ema(13) exit long when ema(5) < ema(13) exit short when ema(5) > ema(13) size 50%",
  "enter short when close > bb(20,2).upper exit short when close < bb(20,2).middle stop 3% take 2% max 30m size 10%",
  "enter long when close > highest(high,10)[1] trail 1% after 1% cooldown 5m size 100%",
  "enter long when stoch(14,3,3).k crosses above 20 exit long when profit > 1% or held > 20m size 25 USDT",
  "enter long when close > open enter short when close < open stop 0.5% take 0.7% trail 0.4%",
] as const;
