/**
 * The daemon: keeps one session of the engine running for as long as the process lives, before and
 * without any user interface, and answers for it. A session that failed is replaced by a new one from
 * storage; an engine that runs elsewhere is waited for.
 */
import { Fault, faultCode } from "../domain/fault.ts";
import type { Pause } from "../domain/pause.ts";
import type { Command, CommandResult } from "../engine/command.ts";
import type { EngineSettings } from "../engine/settings.ts";
import { strategiesOf } from "../engine/views.ts";
import type {
  DaemonState,
  DaemonStatus,
  EngineGateway,
  MoveReport,
  StrategyView,
  WhyReport,
} from "../ports/engine-gateway.ts";
import type { OutboxStore } from "../ports/outbox-store.ts";
import { findStrategy, moveReport, whyReport } from "./answers.ts";
import { HealthNews } from "./health-news.ts";
import { countStrategies, degradedReasons, noConnections } from "./health.ts";
import type { CommitReport } from "./runner.ts";
import { Session, waitFor, type SessionModules } from "./session.ts";

const FIRST_RESTART_MS = 1_000;
const LAST_RESTART_MS = 30_000;

export interface DaemonModules extends Omit<SessionModules, "committed" | "failed"> {
  readonly outbox: OutboxStore;
  /** Messages may be due. */
  readonly wakeDispatcher: () => void;
}

export class Daemon implements EngineGateway {
  readonly #modules: DaemonModules;
  readonly #settings: Partial<EngineSettings>;
  readonly #stopping = new AbortController();
  readonly #news: HealthNews;
  #session: Session | null = null;
  #state: DaemonState = "starting";
  #startedAt: number;
  #isReady = false;
  #lastFailure: string | null = null;
  #waitingSince: number | null = null;
  #outbox: DaemonStatus["outbox"] = { pending: 0, oldestAt: null };
  #changing: Promise<void> = Promise.resolve();
  #pauseMs = FIRST_RESTART_MS;

  constructor(modules: DaemonModules, settings: Partial<EngineSettings>) {
    this.#modules = modules;
    this.#settings = settings;
    this.#news = new HealthNews(modules.outbox);
    this.#startedAt = Date.now();
  }

  /** Starts the first session. Faults: those of a start, so that a hopeless one ends the process. */
  async start(): Promise<void> {
    await this.#open();
  }

  /** Commits what is decided and closes everything. Never throws. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#changing.catch(() => {});
    await this.#close();
  }

  /** Waits until every followed symbol has its history and its pushes reach the engine. */
  async ready(): Promise<void> {
    await this.#session?.ready;
    await this.#session?.feeds.settled();
  }

  async execute(command: Command): Promise<CommandResult> {
    const session = this.#running();
    if (command.kind === "create-strategies") await this.#learnSymbols(session, command.drafts);
    const result = await session.runner.command(command);
    void session.feeds.sync();
    return result;
  }

  strategies(ownerId: string): readonly StrategyView[] {
    const { engine } = this.#running();
    const owner = engine.registry.owners.get(ownerId);
    return strategiesOf(owner, engine.settings, this.#modules.clock.now());
  }

  pauses(ownerId: string): readonly Pause[] {
    return [...(this.#running().engine.registry.owners.get(ownerId)?.pauses.values() ?? [])];
  }

  why(ownerId: string, number: number): WhyReport {
    const state = findStrategy(this.#running().engine, ownerId, number);
    return whyReport(state, this.#modules.clock.now());
  }

  moveReport(ownerId: string, number: number): MoveReport {
    const state = findStrategy(this.#running().engine, ownerId, number);
    return moveReport(state, this.#modules.clock.now());
  }

  status(): DaemonStatus {
    const session = this.#session;
    const { openPositions, ...strategies } = countStrategies(session?.engine ?? null);
    const reasons = this.#reasons();
    return {
      state: this.#stateFor(reasons),
      reasons,
      startedAt: this.#startedAt,
      uptimeMs: Date.now() - this.#startedAt,
      totalAnalyses: session?.engine.counters.analyses ?? 0,
      tradesExecuted: session?.engine.counters.trades ?? 0,
      strategies,
      openPositions,
      symbols: session?.engine.symbols() ?? [],
      connections: session?.feed.status() ?? noConnections(),
      outbox: this.#outbox,
    };
  }

  async restart(): Promise<void> {
    await this.#exclusively(async () => {
      await this.#close();
      this.#state = "starting";
      this.#startedAt = Date.now();
      await this.#openOrTryAgain();
    });
  }

  async reload(): Promise<{ readonly strategies: number }> {
    await this.restart();
    return { strategies: this.status().strategies.total };
  }

  /** Effects decided and not yet committed. */
  queueDepth(): number {
    return this.#session?.runner.depth ?? 0;
  }

  /** Once a second: time passes for the engine, overdue closes are looked for. */
  tick(): void {
    const session = this.#session;
    if (session === null) return;
    const now = this.#modules.clock.now();
    session.runner.post({ kind: "tick", at: now });
    session.feeds.watch();
    if (session.runner.depth === 0) this.#waitingSince = null;
    else this.#waitingSince ??= Date.now();
    if (session.feeds.isBehind()) void session.feeds.sync();
  }

  /** Once a second, apart from the tick, because it waits for the database. */
  async lookAtOutbox(): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    const now = this.#modules.clock.now();
    this.#outbox = await this.#modules.outbox.depth();
    if (this.#outbox.pending > 0) this.#modules.wakeDispatcher();
    const owners = () => [...session.engine.registry.owners.values()];
    await this.#news.look(
      this.#reasons(),
      () => owners().flatMap(({ id, strategies }) => (strategies.size > 0 ? [id] : [])),
      { real: Date.now(), at: now },
    );
  }

  /** Hourly: filters and trading states may have changed. */
  async refreshInstruments(): Promise<void> {
    await this.#session?.feeds.refreshInstruments();
  }

  #running(): Session {
    if (this.#session === null) throw new Fault("engine-stopped");
    return this.#session;
  }

  #reasons(): readonly string[] {
    if (this.#session === null) return this.#lastFailure === null ? [] : [this.#lastFailure];
    return degradedReasons(this.#session, Date.now(), this.#waitingSince);
  }

  /** A start is over when every symbol's history is there; trouble shows before that too. */
  #stateFor(reasons: readonly string[]): DaemonState {
    if (this.#state !== "running") return this.#state;
    if (reasons.length > 0) return "degraded";
    return this.#isReady ? "running" : "starting";
  }

  async #learnSymbols(
    { runner }: Session,
    drafts: readonly { readonly symbol: string }[],
  ): Promise<void> {
    for (const symbol of new Set(drafts.map((draft) => draft.symbol))) {
      const instrument = await this.#modules.data.instrument(symbol);
      runner.post({ kind: "instrument", instrument });
    }
  }

  async #open(): Promise<void> {
    const modules = {
      ...this.#modules,
      committed: (report: CommitReport) => this.#committed(report),
      failed: (error: unknown) => this.#failed(error, () => session),
    };
    const session: Session = await Session.start(modules, this.#settings);
    this.#session = session;
    this.#state = "running";
    this.#isReady = false;
    this.#lastFailure = null;
    this.#pauseMs = FIRST_RESTART_MS;
    void this.#noteReady(session);
  }

  async #noteReady(session: Session): Promise<void> {
    await session.ready;
    if (this.#session === session) this.#isReady = true;
  }

  async #close(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    this.#state = "stopped";
    try {
      await session?.stop();
    } catch (error) {
      this.#modules.logger.error({ error }, "the engine did not stop cleanly");
    }
  }

  #committed(report: CommitReport): void {
    const { metrics, clock } = this.#modules;
    metrics.observeCommit(report.durationMs / 1000);
    for (const closedAt of report.closes) {
      metrics.observeCloseToCommit(Math.max(0, clock.now() - closedAt) / 1000);
    }
    let told = false;
    for (const effect of report.effects) {
      if (effect.kind === "record-decision") metrics.countDecision(effect.decision.outcome);
      else if (effect.kind === "record-trade") metrics.countTrade(effect.trade.exitReason);
      else if (effect.kind === "notify") told = true;
    }
    if (told) this.#modules.wakeDispatcher();
  }

  /** The session is not to be trusted any more: another one is made from what is committed. */
  #failed(error: unknown, failed: () => Session): void {
    void this.#exclusively(async () => {
      // What an earlier session could not finish is no reason to end this one.
      if (this.#session !== failed()) return;
      const { logger } = this.#modules;
      logger.error({ error }, "the engine failed and is started again from storage");
      this.#lastFailure = faultCode(error);
      await this.#close();
      await this.#openAgain();
    });
  }

  /** A start by hand that fails is told to whoever asked, and tried again all the same. */
  async #openOrTryAgain(): Promise<void> {
    try {
      await this.#open();
    } catch (error) {
      this.#lastFailure = faultCode(error);
      void this.#exclusively(() => this.#openAgain());
      throw error;
    }
  }

  async #openAgain(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted && this.#session === null) {
      await waitFor(this.#pauseMs, signal);
      this.#pauseMs = Math.min(2 * this.#pauseMs, LAST_RESTART_MS);
      try {
        if (!signal.aborted) await this.#open();
        return;
      } catch (error) {
        this.#lastFailure = faultCode(error);
        this.#modules.logger.error({ error }, "the engine could not be started, trying again");
      }
    }
  }

  /** One change of session at a time. */
  #exclusively(change: () => Promise<void>): Promise<void> {
    const done = this.#changing.then(change);
    this.#changing = done.catch(() => {});
    return done;
  }
}
