/**
 * The one file that knows every concrete part and puts them together. What is opened here is closed
 * in reverse order by `stop`.
 */
import type { Secrets, Settings } from "../config/settings.ts";
import { LANGUAGES } from "../bots/text/text.ts";
import { createApp, type App, type AppParts } from "./app/app.ts";
import { Doors } from "./app/doors.ts";
import type { LogTail } from "./app/daemon.ts";
import { noticeModes } from "./app/notice-preferences.ts";
import { faultCode } from "./domain/fault.ts";
import type { EngineSettings } from "./engine/settings.ts";
import { BinanceFeed } from "./exchange/binance/feed.ts";
import { BinanceMarketData } from "./exchange/binance/rest.ts";
import { startHttp, type HttpServer } from "./ops/http-server.ts";
import { Metrics, type MetricSources } from "./ops/metrics.ts";
import { Dispatcher } from "./outbox/dispatcher.ts";
import type { AccountStore } from "./ports/account-store.ts";
import type { CallStore } from "./ports/call-store.ts";
import type { Clock } from "./ports/clock.ts";
import type { Logger } from "./ports/logger.ts";
import type { Notifier } from "./ports/notifier.ts";
import type { UnreachableStore } from "./ports/unreachable-store.ts";
import { SharpRasterizer } from "./raster/sharp-rasterizer.ts";
import { FeedClock, SystemClock } from "./runtime/clocks.ts";
import { runBacktestInWorker } from "./runtime/backtest-worker.ts";
import { sweepInWorkers } from "./runtime/sweep-workers.ts";
import { Daemon } from "./runtime/daemon.ts";
import { Housekeeping } from "./runtime/housekeeping.ts";
import { periodicTasks } from "./runtime/periodic.ts";
import { startSchedule } from "./runtime/schedule.ts";
import type { OwnedStore } from "./runtime/session.ts";
import { PostgresAccountStore } from "./storage/account-store.ts";
import { auditMoney } from "./storage/audit.ts";
import { PostgresCallStore } from "./storage/call-store.ts";
import { PostgresCandleStore } from "./storage/candle-store.ts";
import { openDatabase, type Database } from "./storage/database.ts";
import { openEngineStore } from "./storage/engine-store.ts";
import { acquireLease } from "./storage/lease.ts";
import { PostgresOutboxStore } from "./storage/outbox-store.ts";
import { PostgresReadModels } from "./storage/read-models.ts";
import { PostgresRunHistory } from "./storage/run-history.ts";
import { PostgresSubscriptionStore } from "./storage/subscription-store.ts";
import { PostgresUnreachableStore } from "./storage/unreachable-store.ts";

export const VERSION = "0.1.0";
/** The one asset money is counted in. */
export const QUOTE_ASSET = "USDT";
const DEFAULT_SYMBOL = "BTCUSDT";

export interface ServiceOptions {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly logger: Logger;
  /** Where the embedded database lives, without a DATABASE_URL; null keeps it in memory. */
  readonly dataDir: string | null;
  readonly engine?: Partial<EngineSettings>;
  /** A dump that a new embedded database starts from, for tests. */
  readonly template?: Uint8Array | undefined;
  /** The newest lines of the log, for /logs. */
  readonly log?: LogTail;
  /** The HTTP server is part of the service unless switched off for a test. */
  readonly http?: boolean;
  /** Takes any free port when the wanted one is in use, instead of failing. */
  readonly anyPort?: boolean;
}

export interface Service {
  readonly app: App;
  readonly accounts: AccountStore;
  /** What the chat platforms keep: the meaning of buttons, and who cannot be reached. */
  readonly calls: CallStore;
  readonly unreachable: UnreachableStore;
  readonly daemon: Daemon;
  readonly clock: Clock;
  readonly database: Database;
  /** Resolves with the reason when the embedded database has ended: only a new process helps. */
  readonly died: Promise<string>;
  /** Null when switched off. */
  readonly http: HttpServer | null;
  /** Opens the outbox: notices go to these platforms from now on. */
  deliverTo(platforms: readonly Notifier[]): void;
  /** Stops everything in reverse order; resolves when nothing is left open. */
  stop(): Promise<void>;
}

/** Starts the daemon and what belongs to it, without any user interface. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { settings, secrets, logger } = options;
  const clock = settings.clock === "feed" ? new FeedClock() : new SystemClock();
  await using stack = new AsyncDisposableStack();
  const database = await openDatabase({
    url: secrets.databaseUrl ?? undefined,
    dataDir: options.dataDir,
    template: options.template,
    logger,
  });
  stack.defer(() => database.close());
  const notifiers: Notifier[] = [];
  const outbox = new PostgresOutboxStore(database);
  const accounts = new PostgresAccountStore(database);
  const dispatcher = new Dispatcher({
    store: outbox,
    notifiers: () => notifiers,
    modesFor: noticeModes(accounts),
    clock,
    logger,
  });
  stack.defer(() => dispatcher.stop());
  const wakeDispatcher = () => dispatcher.wake();
  const data = new BinanceMarketData({ restUrl: settings.binanceRestUrl, clock, logger });
  const metrics = new Metrics(clock);
  const daemon = new Daemon(
    {
      own: () => ownEngine(database, logger),
      createFeed: () => new BinanceFeed({ wsUrl: settings.binanceWsUrl, clock, logger }),
      data,
      accounts,
      outbox,
      clock,
      metrics,
      logger,
      wakeDispatcher,
    },
    { fee: settings.paperFee, slippage: settings.paperSlippage, ...options.engine },
  );
  await daemon.start();
  stack.defer(() => daemon.stop());
  const doors = new Doors(() => Date.now());
  metrics.watch(figuresOf(daemon, doors));
  const shared = { accounts, outbox, clock, logger, wakeDispatcher, doors };
  const app = openApp({ ...shared, gateway: daemon, market: data }, database, options);
  const calls = new PostgresCallStore(database);
  const housekeeping = new Housekeeping({ calls, outbox, clock, machineClock: new SystemClock() });
  startPeriodicWork(stack, { app, daemon, database, settings, logger, housekeeping });
  const http =
    options.http === false ? null : await openHttp(stack, options, { daemon, metrics, doors });
  const opened = stack.move();
  return {
    app,
    accounts,
    calls,
    unreachable: new PostgresUnreachableStore(database),
    daemon,
    clock,
    database,
    died: new Promise((resolve) => database.embedded?.onExit(resolve)),
    http,
    deliverTo: (platforms) => {
      notifiers.push(...platforms);
      dispatcher.wake();
    },
    stop: () => opened.disposeAsync(),
  };
}

async function ownEngine(database: Database, logger: Logger): Promise<OwnedStore> {
  const lease = await acquireLease({ database, logger });
  const store = await openEngineStore({ database, lease, logger });
  return {
    store,
    async release() {
      await store.close();
      await lease.release();
    },
  };
}

function figuresOf(daemon: Daemon, doors: Doors): MetricSources {
  return {
    status: () => daemon.status(),
    queueDepth: () => daemon.queueDepth(),
    doors: () => doors.reports(),
  };
}

/** What is made of the database here. */
type StoredHere = "readModels" | "runHistory" | "subscriptions" | "candles";

/** Codes live by the machine's time, even where the service follows a replayed market's. */
function openApp(
  parts: Omit<AppParts, StoredHere | "runBacktest" | "runSweep">,
  database: Database,
  { settings, log }: ServiceOptions,
): App {
  const all: AppParts = {
    ...parts,
    ...(log === undefined ? {} : { log }),
    readModels: new PostgresReadModels(database),
    runHistory: new PostgresRunHistory(database),
    subscriptions: new PostgresSubscriptionStore(database),
    candles: new PostgresCandleStore(database),
    runBacktest: runBacktestInWorker,
    rasterizer: new SharpRasterizer(),
    runSweep: sweepInWorkers,
    machineClock: new SystemClock(),
  };
  return createApp(all, appSettings(settings));
}

function appSettings(settings: Settings) {
  return {
    version: VERSION,
    languages: LANGUAGES,
    startingBalance: settings.paperBalance,
    fee: settings.paperFee,
    slippage: settings.paperSlippage,
    maxStrategiesPerUser: settings.maxStrategiesPerUser,
    quoteAsset: QUOTE_ASSET,
    defaultSymbol: DEFAULT_SYMBOL,
  };
}

function startPeriodicWork(
  stack: AsyncDisposableStack,
  parts: {
    app: App;
    daemon: Daemon;
    database: Database;
    settings: Settings;
    logger: Logger;
    housekeeping: Housekeeping;
  },
): void {
  const { app, daemon, database, settings, logger, housekeeping } = parts;
  const tasks = periodicTasks({
    daemon,
    logger,
    auditMoney: () => auditMoney(database),
    sendReports: () => Promise.all([app.reports.send(), app.subscriptions.send()]),
    tidyUp: () => housekeeping.run(),
    statusMinutes: settings.statusMinutes,
  });
  const schedule = startSchedule(tasks, logger);
  stack.defer(() => schedule.stop());
}

async function openHttp(
  stack: AsyncDisposableStack,
  { settings, secrets, logger, anyPort = false }: ServiceOptions,
  parts: { daemon: Daemon; metrics: Metrics; doors: Doors },
): Promise<HttpServer> {
  const listen = (port: number) =>
    startHttp({
      host: settings.httpHost,
      port,
      token: secrets.httpToken,
      gateway: parts.daemon,
      metrics: parts.metrics,
      doors: () => parts.doors.reports(),
      logger,
    });
  const http = await listen(settings.httpPort).catch((error: unknown) => {
    if (!anyPort || faultCode(error) !== "http-port-in-use") throw error;
    return listen(0);
  });
  logger.info({ host: settings.httpHost, port: http.port }, "HTTP for operators is open");
  stack.defer(() => http.close());
  return http;
}
