/** The application services on stand-ins, with people to use them: what tests of app and bots start from. */
import { createApp, type App } from "../../src/app/app.ts";
import { shareText } from "../../src/app/shared-text.ts";
import type { User } from "../../src/domain/user.ts";
import type { CandleRequest } from "../../src/ports/market-data.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { RuleVersionResult } from "../../src/ports/read-models.ts";
import type { Rasterizer } from "../../src/ports/rasterizer.ts";
import { backtestHere, MemoryCandleStore, RandomExchange } from "./memory-candles.ts";
import { MemorySubscriptionStore } from "./memory-chats.ts";
import { sweepHere } from "./sweep-here.ts";
import { MemoryGateway } from "./memory-gateway.ts";
import {
  ManualClock,
  MemoryAccountStore,
  MemoryMarketData,
  MemoryOutboxStore,
  MemoryReadModels,
  MemoryRunHistory,
} from "./memory-stores.ts";

/** 22 November 2026, 14:03:22 UTC. */
export const NOON = Date.UTC(2026, 10, 22, 14, 3, 22);

export interface TestApp {
  readonly app: App;
  readonly accounts: MemoryAccountStore;
  readonly outbox: MemoryOutboxStore;
  /** Lines of the log in memory. */
  readonly logLines: string[];
  readonly gateway: MemoryGateway;
  readonly market: MemoryMarketData;
  /** Where candles come from. */
  readonly exchange: RandomExchange;
  readonly readModels: MemoryReadModels;
  readonly runHistory: MemoryRunHistory;
  readonly clock: ManualClock;
  /** Lines of the log at level error. */
  readonly errors: string[];
}

export interface TestAppOptions {
  readonly maxStrategiesPerUser?: number;
  readonly accounts?: MemoryAccountStore;
  /** Without it answers come without pictures. */
  readonly rasterizer?: Rasterizer;
}

export function testApp(options: TestAppOptions = {}): TestApp {
  const { maxStrategiesPerUser = 200, accounts = new MemoryAccountStore() } = options;
  const { rasterizer } = options;
  const clock = new ManualClock(NOON);
  const gateway = new MemoryGateway(clock);
  const market = new MemoryMarketData();
  market.list("BTCUSDT");
  market.list("ETHUSDT");
  market.list("ETHBTC", { quoteAsset: "BTC" });
  market.list("LUNAUSDT", { status: "BREAK" });
  const exchange = new RandomExchange(() => clock.now());
  const readModels = new MemoryReadModels();
  const runHistory = new MemoryRunHistory();
  const errors: string[] = [];
  const outbox = new MemoryOutboxStore();
  const logLines: string[] = [];
  const log = { newest: (count: number) => logLines.slice(-count) };
  const chats = { subscriptions: new MemorySubscriptionStore() };
  const candles = new MemoryCandleStore();
  const stores = { accounts, readModels, runHistory, outbox, ...chats, candles };
  const data = {
    instrument: (symbol: string) => market.instrument(symbol),
    serverTime: () => exchange.serverTime(),
    closedCandles: (request: CandleRequest, signal?: AbortSignal) =>
      exchange.closedCandles(request, signal),
  };
  const app = createApp(
    {
      ...stores,
      runBacktest: backtestHere,
      ...(rasterizer === undefined ? {} : { rasterizer }),
      runSweep: sweepHere,
      gateway,
      market: data,
      clock,
      log,
      logger: errorsInto(errors),
    },
    {
      quoteAsset: "USDT",
      defaultSymbol: "BTCUSDT",
      startingBalance: "10000",
      fee: "0.001",
      slippage: "0.0005",
      maxStrategiesPerUser,
      version: "1.2.3",
      languages: ["en", "fr"],
    },
  );
  return {
    app,
    outbox,
    logLines,
    accounts,
    gateway,
    market,
    exchange,
    readModels,
    runHistory,
    clock,
    errors,
  };
}

const drop = (): void => undefined;

/** A logger that keeps messages of level error and drops the rest. */
export function errorsInto(lines: string[]): Logger {
  const logger: Logger = {
    debug: drop,
    info: drop,
    warn: drop,
    error: (_facts, message) => {
      lines.push(message);
    },
    child: () => logger,
  };
  return logger;
}

export function person(id: string, change: Partial<User> = {}): User {
  return {
    id,
    name: id,
    role: "trader",
    suspended: false,
    timeZone: "UTC",
    language: "en",
    createdAt: 0,
    ...change,
  };
}

/** A small rule that any timeframe accepts. */
export const RULE = "enter long when rsi(14) < 30 exit long when rsi(14) > 70 stop 2%";

/** A strategy as `/share` gives it. */
export const SHARED = shareText({
  name: "Shared",
  symbol: "BTCUSDT",
  timeframe: "1h",
  judging: "closed",
  ruleText: "enter long when close > sma(20)\nstop 3%",
});

/** A version of a rule that nothing was traded with. */
export const UNUSED_VERSION: RuleVersionResult = {
  version: 7,
  ruleText: "enter long when close > sma(20)\nstop 3%",
  since: NOON,
  trades: 0,
  wins: 0,
  pnl: "0",
  fees: "0",
  stake: "0",
  best: null,
  worst: null,
};
