/**
 * Whether the exchange answers at all, also while nobody has a strategy. It is asked for its time:
 * at once at the start, soon again while it does not answer, now and then when it does.
 */
import { faultCode } from "../domain/fault.ts";
import type { ObservingClock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { MarketData } from "../ports/market-data.ts";

const AGAIN_MS = 5_000;
const NOW_AND_THEN_MS = 15 * 60_000;

export interface ContactModules {
  readonly data: Pick<MarketData, "serverTime">;
  readonly clock: ObservingClock;
  readonly logger: Logger;
  readonly wait: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
}

export class ExchangeContact {
  readonly #modules: ContactModules;
  #problem: string | null = null;

  constructor(modules: ContactModules) {
    this.#modules = modules;
  }

  /** Code of why it does not answer, or null. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Asks until stopped. */
  async keep(): Promise<void> {
    const { wait, signal } = this.#modules;
    while (!signal.aborted) {
      await this.ask();
      await wait(this.#problem === null ? NOW_AND_THEN_MS : AGAIN_MS);
    }
  }

  /** Asks once; a clock that follows the feed learns the time from the answer. Never throws. */
  async ask(): Promise<void> {
    const { data, clock, logger } = this.#modules;
    try {
      clock.observe(await data.serverTime());
      if (this.#problem !== null) logger.info({}, "the exchange answers again");
      this.#problem = null;
    } catch (error) {
      if (this.#problem === null) {
        logger.warn(
          { code: faultCode(error) },
          "Binance cannot be reached and is tried again and again; npm run demo trades without a network",
        );
      }
      this.#problem = faultCode(error);
    }
  }
}
