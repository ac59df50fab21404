/** Giving a strategy away as text, and making one from a text that somebody else gave. */
import { Fault } from "../domain/fault.ts";
import type { Strategy } from "../domain/strategy.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { User } from "../domain/user.ts";
import type { Drafting } from "./drafting.ts";
import { requireRole } from "./require-role.ts";
import { fingerprintOf, readShared, shareText, type SharedStrategy } from "./shared-text.ts";
import type { Strategies } from "./strategies.ts";

export interface SharingParts {
  readonly strategies: Pick<Strategies, "find" | "create">;
  readonly drafting: Pick<Drafting, "canonical" | "tradable">;
}

export interface Share {
  readonly strategy: Strategy;
  /** To be pasted, in several lines. */
  readonly text: string;
  /** The same in one line. */
  readonly line: string;
  readonly fingerprint: string;
}

export interface ImportWish {
  readonly text: string;
  /** Instead of what the text says; null keeps that. */
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
  readonly active: boolean;
}

/** What an import would make. */
export interface ImportPreview extends SharedStrategy {
  readonly active: boolean;
  readonly fingerprint: string;
  /** The fingerprint written in the text when it is of something else: the text was changed. */
  readonly altered: string | null;
  /** What the text says where the importer wished otherwise; else null. */
  readonly insteadOf: { readonly symbol: string | null; readonly timeframe: Timeframe | null };
}

export class Sharing {
  readonly #parts: SharingParts;

  constructor(parts: SharingParts) {
    this.#parts = parts;
  }

  /** Fault: not-found {what, number}. */
  share(actor: User, number: number): Share {
    const { strategy } = this.#parts.strategies.find(actor, number);
    const ruleText = this.#parts.drafting.canonical(strategy.ruleText, strategy.timeframe);
    const shared = { ...strategy, ruleText };
    return {
      strategy,
      text: shareText(shared),
      line: shareText(shared, " "),
      fingerprint: fingerprintOf(shared),
    };
  }

  /**
   * What importing a text would make. Faults: those of reading it (shared-text.ts), of the rule language
   * and of the symbol.
   */
  async preview(actor: User, wish: ImportWish): Promise<ImportPreview> {
    requireRole(actor, "trader");
    const { drafting } = this.#parts;
    const read = readShared(wish.text);
    const ruleText = drafting.canonical(read.ruleText, read.timeframe);
    const fingerprint = fingerprintOf({ ...read, ruleText });
    const symbol = await drafting.tradable(wish.symbol ?? read.symbol);
    const timeframe = wish.timeframe ?? read.timeframe;
    const { name, judging, stated } = read;
    return {
      name,
      symbol,
      timeframe,
      judging,
      // A rule may look at no timeframe shorter than its own: it is read anew on the one wished for.
      ruleText: drafting.canonical(ruleText, timeframe),
      active: wish.active,
      fingerprint,
      altered: stated === fingerprint ? null : stated,
      insteadOf: {
        symbol: symbol === read.symbol ? null : read.symbol,
        timeframe: timeframe === read.timeframe ? null : read.timeframe,
      },
    };
  }

  /**
   * Makes the strategy, switched off unless wished otherwise. `altered`: also when the text was changed
   * since it was shared. Fault: share-altered {stated, actual}, and those of `preview` and of `create`.
   */
  async import(actor: User, wish: ImportWish & { readonly altered: boolean }): Promise<Strategy> {
    const preview = await this.preview(actor, wish);
    if (preview.altered !== null && !wish.altered) {
      throw new Fault("share-altered", { stated: preview.altered, actual: preview.fingerprint });
    }
    return this.#parts.strategies.create(actor, preview);
  }
}
