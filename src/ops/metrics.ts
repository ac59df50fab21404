/**
 * What Prometheus can ask for. Two kinds: what is measured as it happens (the methods), and what is
 * read from the engine's status when somebody asks. Labels are few and closed (timeframe, source,
 * outcome, reason, platform), never a user, a strategy or a symbol, so the number of series stays small
 * whatever the number of users. Names start with vigie_ and units are base units.
 */
import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";
import type { Timeframe } from "../domain/timeframe.ts";
import type { Clock } from "../ports/clock.ts";
import type { DoorReport } from "../ports/door.ts";
import type { DaemonStatus } from "../ports/engine-gateway.ts";
import { registerStatusMetrics } from "./status-metrics.ts";

/** Where figures come from that are kept elsewhere already. */
export interface MetricSources {
  status(): DaemonStatus;
  /** Events and commands waiting for the engine. */
  queueDepth(): number;
  /** How the chat platforms are. */
  doors(): readonly DoorReport[];
}

/** stream: the socket said it closed; backfill: fetched to close a hole. */
export type CandleSource = "stream" | "backfill";

const PREFIX = "vigie_";
const LATENCY_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const COMMIT_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

export class Metrics {
  readonly #clock: Clock;
  readonly #registry = new Registry();
  readonly #readStatus = registerStatusMetrics(this.#registry, PREFIX);
  #sources: MetricSources | null = null;

  readonly #closeToCommit = this.#histogram(
    "candle_close_to_commit_seconds",
    "From the close of a candle to the commit of what was decided on it",
    LATENCY_BUCKETS,
  );
  readonly #commit = this.#histogram(
    "commit_seconds",
    "Duration of a commit of the engine",
    COMMIT_BUCKETS,
  );
  readonly #candles = this.#counter("candles_closed_total", "Closed candles taken in", [
    "timeframe",
    "source",
  ]);
  readonly #gaps = this.#counter("candles_missing_total", "Candles missing in the stream", [
    "timeframe",
  ]);
  readonly #duplicates = this.#counter("candles_duplicate_total", "Closed candles known already", [
    "timeframe",
  ]);
  readonly #decisions = this.#counter("decisions_total", "Decisions, by what became of them", [
    "outcome",
  ]);
  readonly #trades = this.#counter("trades_total", "Closed trades, by the reason of the exit", [
    "outcome",
  ]);
  readonly #refusals = this.#counter("http_refusals_total", "HTTP requests refused", ["reason"]);

  /** The clock gives the ages of what is waiting. */
  constructor(clock: Clock) {
    this.#clock = clock;
    collectDefaultMetrics({ register: this.#registry, prefix: PREFIX });
  }

  /** The content type of what `render` returns. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything, in Prometheus' text format. */
  async render(): Promise<string> {
    const sources = this.#sources;
    if (sources !== null) {
      this.#readStatus({
        status: sources.status(),
        queueDepth: sources.queueDepth(),
        doors: sources.doors(),
        now: this.#clock.now(),
      });
    }
    return await this.#registry.metrics();
  }

  /** From now on the status is read from here; before that its figures say nothing. */
  watch(sources: MetricSources): void {
    this.#sources = sources;
  }

  observeCloseToCommit(seconds: number): void {
    this.#closeToCommit.observe(seconds);
  }

  observeCommit(seconds: number): void {
    this.#commit.observe(seconds);
  }

  countCandle(timeframe: Timeframe, source: CandleSource): void {
    this.#candles.inc({ timeframe, source });
  }

  /** `candles` were missing between two closed ones. */
  countGap(timeframe: Timeframe, candles: number): void {
    this.#gaps.inc({ timeframe }, candles);
  }

  countDuplicate(timeframe: Timeframe): void {
    this.#duplicates.inc({ timeframe });
  }

  /** "ordered", or the code of what blocked it. */
  countDecision(outcome: string): void {
    this.#decisions.inc({ outcome });
  }

  /** The exit reason, such as "stop_loss". */
  countTrade(outcome: string): void {
    this.#trades.inc({ outcome });
  }

  /** The code with which an HTTP request was refused. */
  countRefusal(reason: string): void {
    this.#refusals.inc({ reason });
  }

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name: PREFIX + name, help, labelNames, registers: [this.#registry] });
  }

  #histogram(name: string, help: string, buckets: number[]): Histogram {
    return new Histogram({ name: PREFIX + name, help, buckets, registers: [this.#registry] });
  }
}
