/** All that people can ask of Vigie, built on the ports: what every platform's commands call. */
import type { AccountStore } from "../ports/account-store.ts";
import type { CandleStore } from "../ports/candle-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import type { Logger } from "../ports/logger.ts";
import type { MarketData } from "../ports/market-data.ts";
import type { OutboxStore } from "../ports/outbox-store.ts";
import type { Rasterizer } from "../ports/rasterizer.ts";
import type { ReadModels } from "../ports/read-models.ts";
import type { RunHistory } from "../ports/run-history.ts";
import type { SubscriptionStore } from "../ports/subscription-store.ts";
import { Access } from "./access.ts";
import { Accounts } from "./accounts.ts";
import { Announcer } from "./announcer.ts";
import { AuditTrail } from "./audit-trail.ts";
import type { RunBacktest } from "./backtest-job.ts";
import { Backtests, type BacktestSettings } from "./backtests.ts";
import { Charts } from "./charts.ts";
import { Daemon, type LogTail } from "./daemon.ts";
import { Doors } from "./doors.ts";
import { Drift } from "./drift.ts";
import { Drafting, type DraftSettings } from "./drafting.ts";
import { EquityHistory } from "./equity-history.ts";
import { Invitations } from "./invitations.ts";
import { Linking } from "./linking.ts";
import { NoticePreferences } from "./notice-preferences.ts";
import { Optimizations } from "./optimizations.ts";
import type { RunSweep } from "./optimize-job.ts";
import { OrderDesk } from "./order-desk.ts";
import { People } from "./people.ts";
import { Pictures } from "./pictures.ts";
import { Previews } from "./previews.ts";
import { Queries } from "./queries.ts";
import { Rehearsals } from "./rehearsals.ts";
import { Reports } from "./reports.ts";
import { Sharing } from "./sharing.ts";
import { Subscriptions } from "./subscriptions.ts";
import { Strategies, type StrategySettings } from "./strategies.ts";
import { TradeExport } from "./trade-export.ts";
import { Trading } from "./trading.ts";
import { Turns } from "./turns.ts";
import { Versions } from "./versions.ts";

export interface AppParts {
  readonly accounts: AccountStore;
  readonly gateway: EngineGateway;
  readonly market: Pick<MarketData, "instrument" | "closedCandles" | "serverTime">;
  /** Candles kept for backtests, and where those run. */
  readonly candles: CandleStore;
  readonly runBacktest: RunBacktest;
  readonly runSweep: RunSweep;
  readonly readModels: ReadModels;
  readonly subscriptions: SubscriptionStore;
  /** Without it answers come without pictures. */
  readonly rasterizer?: Rasterizer;
  readonly runHistory: RunHistory;
  readonly clock: Clock;
  /** The machine's time; `clock` unless given. */
  readonly machineClock?: Clock;
  readonly logger: Logger;
  /** Without it nothing is announced and no report is sent. */
  readonly outbox?: Pick<OutboxStore, "add">;
  /** Called when something was put into the outbox. */
  readonly wakeDispatcher?: () => void;
  /** The chat platforms that are on; none unless given. */
  readonly doors?: Doors;
  /** Without it there is no log to show. */
  readonly log?: LogTail;
}

export interface AppSettings extends StrategySettings, DraftSettings, BacktestSettings {
  /** Of the running code, for example "0.1.0". */
  readonly version: string;
  /** Languages that have texts. */
  readonly languages: readonly string[];
}

export interface App {
  readonly settings: AppSettings;
  readonly access: Access;
  readonly accounts: Accounts;
  readonly linking: Linking;
  readonly people: People;
  readonly preferences: NoticePreferences;
  readonly announcer: Announcer;
  readonly reports: Reports;
  readonly subscriptions: Subscriptions;
  readonly strategies: Strategies;
  readonly versions: Versions;
  readonly sharing: Sharing;
  readonly trading: Trading;
  readonly queries: Queries;
  readonly previews: Previews;
  readonly backtests: Backtests;
  readonly turns: Turns;
  readonly rehearsals: Rehearsals;
  readonly charts: Charts;
  readonly equityHistory: EquityHistory;
  readonly pictures: Pictures;
  readonly optimizations: Optimizations;
  readonly drift: Drift;
  readonly tradeExport: TradeExport;
  readonly daemon: Daemon;
  readonly doors: Doors;
}

export function createApp(parts: AppParts, settings: AppSettings): App {
  const { accounts, gateway, market, readModels, clock, logger } = parts;
  const { candles, runBacktest: run, runSweep: sweep, runHistory: history } = parts;
  const { log = null, machineClock = clock, rasterizer = null } = parts;
  const audit = new AuditTrail({ accounts, clock, logger });
  const desk = new OrderDesk({ gateway, audit });
  const drafting = new Drafting({ market, settings });
  const { doors = new Doors(() => machineClock.now()) } = parts;
  const queries = new Queries({ gateway, readModels, clock, doors });
  const { outbox = null, wakeDispatcher: wake = () => undefined } = parts;
  const announcer = new Announcer({ accounts, outbox, wake, audit, clock, logger });
  const invitations = new Invitations({ accounts, clock, machineClock, audit });
  const linking = new Linking({
    accounts,
    gateway,
    readModels,
    announcer,
    clock,
    machineClock,
    audit,
  });
  const turns = new Turns();
  const backtests = new Backtests({ gateway, drafting, market, candles, run, turns, settings });
  const strategies = new Strategies({ gateway, drafting, desk, settings });
  return {
    settings,
    access: new Access({ accounts, clock, invitations, linking }),
    accounts: new Accounts({ accounts, audit, languages: settings.languages }),
    linking,
    people: new People({ accounts, gateway, audit }),
    preferences: new NoticePreferences({ accounts, audit }),
    announcer,
    reports: new Reports({ accounts, queries, readModels, announcer, clock }),
    subscriptions: new Subscriptions({ ...parts, store: parts.subscriptions, announcer, audit }),
    strategies,
    versions: new Versions({ strategies, gateway, readModels, desk }),
    sharing: new Sharing({ strategies, drafting }),
    trading: new Trading({ gateway, desk, clock }),
    queries,
    previews: new Previews({ market, settings }),
    backtests,
    turns,
    rehearsals: new Rehearsals({ drafting, backtests, market }),
    charts: new Charts({ gateway, readModels, market, candles, clock, settings }),
    equityHistory: new EquityHistory({ gateway, readModels, market, candles, clock }),
    pictures: new Pictures({ rasterizer, logger }),
    optimizations: new Optimizations({ drafting, market, backtests, turns, sweep, settings }),
    drift: new Drift({ gateway, history, market, candles, run, turns, settings }),
    tradeExport: new TradeExport({ readModels, clock }),
    daemon: new Daemon({ gateway, readModels, log, audit, version: settings.version }),
    doors,
  };
}
