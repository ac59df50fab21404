/** All that people can ask of Vigie, built on the ports: what every platform's commands call. */
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import type { Logger } from "../ports/logger.ts";
import type { MarketData } from "../ports/market-data.ts";
import type { ReadModels } from "../ports/read-models.ts";
import { Access } from "./access.ts";
import { Accounts } from "./accounts.ts";
import { AuditTrail } from "./audit-trail.ts";
import { Daemon } from "./daemon.ts";
import { Drafting, type DraftSettings } from "./drafting.ts";
import { OrderDesk } from "./order-desk.ts";
import { Queries } from "./queries.ts";
import { Strategies, type StrategySettings } from "./strategies.ts";
import { Trading } from "./trading.ts";

export interface AppParts {
  readonly accounts: AccountStore;
  readonly gateway: EngineGateway;
  readonly market: Pick<MarketData, "instrument">;
  readonly readModels: ReadModels;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface AppSettings extends StrategySettings, DraftSettings {
  /** Of the running code, for example "0.1.0". */
  readonly version: string;
  /** Languages that have texts. */
  readonly languages: readonly string[];
}

export interface App {
  readonly settings: AppSettings;
  readonly access: Access;
  readonly accounts: Accounts;
  readonly strategies: Strategies;
  readonly trading: Trading;
  readonly queries: Queries;
  readonly daemon: Daemon;
}

export function createApp(parts: AppParts, settings: AppSettings): App {
  const { accounts, gateway, market, readModels, clock, logger } = parts;
  const audit = new AuditTrail({ accounts, clock, logger });
  const desk = new OrderDesk({ gateway, audit });
  const drafting = new Drafting({ market, settings });
  return {
    settings,
    access: new Access({ accounts, clock }),
    accounts: new Accounts({ accounts, audit, languages: settings.languages }),
    strategies: new Strategies({ gateway, drafting, desk, settings }),
    trading: new Trading({ gateway, desk, clock }),
    queries: new Queries({ gateway, readModels, clock }),
    daemon: new Daemon({ gateway, audit, version: settings.version }),
  };
}
