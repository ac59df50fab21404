/**
 * One life of the engine inside the process: from storage to running, until it is stopped or can no
 * longer be trusted. The daemon starts another one when that happens.
 */
import type { Effect } from "../engine/effect.ts";
import type { Engine } from "../engine/engine.ts";
import type { EngineSettings } from "../engine/settings.ts";
import { ENGINE_DEFAULTS } from "../engine/settings.ts";
import type { Metrics } from "../ops/metrics.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { ObservingClock } from "../ports/clock.ts";
import type { EngineStore } from "../ports/engine-store.ts";
import type { Logger } from "../ports/logger.ts";
import type { MarketData } from "../ports/market-data.ts";
import type { MarketFeed } from "../ports/market-feed.ts";
import { ExchangeContact } from "./exchange-contact.ts";
import { Feeds } from "./feeds.ts";
import { recoverEngine } from "./recovery.ts";
import { Runner, type CommitReport } from "./runner.ts";

/** The engine's storage for as long as we own the engine. */
export interface OwnedStore {
  readonly store: EngineStore;
  /** Gives the ownership back. */
  release(): Promise<void>;
}

export interface SessionModules {
  /** Takes ownership. Faults: engine-elsewhere, database-unreachable. */
  readonly own: () => Promise<OwnedStore>;
  readonly createFeed: () => MarketFeed;
  readonly data: MarketData;
  readonly accounts: AccountStore;
  readonly clock: ObservingClock;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Something was committed: there may be messages to deliver. */
  readonly committed: (report: CommitReport) => void;
  readonly failed: (error: unknown) => void;
}

/** How long a start waits for the exchange to tell its time, ms. */
const FIRST_CONTACT_MS = 3_000;
/** How long a start waits for the histories of all symbols, ms. */
const LONGEST_LOADING_MS = 120_000;

export class Session {
  readonly engine: Engine;
  readonly runner: Runner;
  readonly feed: MarketFeed;
  readonly feeds: Feeds;
  readonly contact: ExchangeContact;
  /** Resolves when every followed symbol has its history and pushes pass. */
  readonly ready: Promise<void>;
  readonly #owned: OwnedStore;
  readonly #abort: AbortController;

  constructor(
    parts: Pick<Session, "engine" | "runner" | "feed" | "feeds" | "contact" | "ready">,
    owned: OwnedStore,
    abort: AbortController,
  ) {
    this.engine = parts.engine;
    this.runner = parts.runner;
    this.feed = parts.feed;
    this.feeds = parts.feeds;
    this.contact = parts.contact;
    this.ready = parts.ready;
    this.#owned = owned;
    this.#abort = abort;
  }

  /** Faults: those of taking ownership and of reading storage. */
  static async start(modules: SessionModules, settings: Partial<EngineSettings>): Promise<Session> {
    const owned = await modules.own();
    try {
      return await startOwned(modules, settings, owned);
    } catch (error) {
      await owned.release();
      throw error;
    }
  }

  /** Takes in no more, commits what is decided, gives the ownership back. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.feed.stop();
    await this.runner.drained().catch(() => {});
    await this.#owned.release();
  }
}

async function startOwned(
  modules: SessionModules,
  settings: Partial<EngineSettings>,
  owned: OwnedStore,
): Promise<Session> {
  const { clock, data, logger, metrics } = modules;
  const { store } = owned;
  const abort = new AbortController();
  const { signal } = abort;
  const wait = (ms: number) => waitFor(ms, signal);
  const contact = new ExchangeContact({ data, clock, logger, wait, signal });
  // A clock that follows the feed has to be told the time once before the first push.
  await Promise.race([contact.ask(), wait(FIRST_CONTACT_MS)]);
  const recovered = await recoverEngine({ ...modules, store }, settings, clock.now());
  const { engine } = recovered;
  const runner = new Runner({ ...modules, engine, store });
  runner.persist(recovered.effects);
  const feed = modules.createFeed();
  const feeds = new Feeds({
    feed,
    engine,
    data,
    store,
    clock,
    logger,
    counted: metrics,
    entryLatenessMs: settings.entryLatenessMs ?? ENGINE_DEFAULTS.entryLatenessMs,
    post: (event) => runner.post(event),
    persist: (effects: readonly Effect[]) => runner.persist(effects),
    judgedUntil: recovered.judgedUntil,
    wait,
    signal,
  });
  feeds.start();
  void contact.keep();
  // A symbol that cannot be had at all must not keep the others' owners without their receipt.
  const ready = Promise.race([feeds.sync(), wait(LONGEST_LOADING_MS)]).then(() =>
    tellRecovered(recovered.lastCommitAt),
  );
  const tellRecovered = (from: number | null) => {
    if (from === null || signal.aborted) return;
    const until = clock.now();
    runner.post({ kind: "recovered", from, until, candlesReplayed: feeds.replayed });
  };
  return new Session({ engine, runner, feed, feeds, contact, ready }, owned, abort);
}

/** Resolves after `ms`, or at once when aborted. */
export function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
