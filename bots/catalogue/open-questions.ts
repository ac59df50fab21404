/**
 * What a person was asked and has not answered yet: a command that lacks an option. One question for
 * each person and platform, in private alone, for ten minutes, in memory: after a restart the command is
 * simply sent again.
 */
import type { OptionValues } from "../views/reply.ts";
import type { Caller } from "./command.ts";

export interface OpenQuestion {
  readonly command: string;
  /** Options that are known already. */
  readonly args: OptionValues;
  /** The one that was asked for. */
  readonly option: string;
}

/** Time a person has for an answer. */
export const ANSWER_LIFE_MS = 600_000;

interface Asked {
  readonly question: OpenQuestion;
  /** Epoch ms. */
  readonly expiresAt: number;
}

export class OpenQuestions {
  readonly #now: () => number;
  /** The one asked longest ago comes first. */
  readonly #asked = new Map<string, Asked>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** True where plain words reach us and are meant for us alone. */
  static canAnswer({ place, platform }: Caller): boolean {
    return place === "private" && platform !== "discord";
  }

  open(caller: Caller, question: OpenQuestion): void {
    const now = this.#now();
    this.#asked.delete(keyOf(caller));
    this.#asked.set(keyOf(caller), { question, expiresAt: now + ANSWER_LIFE_MS });
    for (const [key, { expiresAt }] of this.#asked) {
      if (expiresAt > now) break;
      this.#asked.delete(key);
    }
  }

  of(caller: Caller): OpenQuestion | null {
    const asked = OpenQuestions.canAnswer(caller) ? this.#asked.get(keyOf(caller)) : undefined;
    return asked !== undefined && asked.expiresAt > this.#now() ? asked.question : null;
  }

  /** False when none was open. */
  close(caller: Caller): boolean {
    const wasOpen = this.of(caller) !== null;
    if (OpenQuestions.canAnswer(caller)) this.#asked.delete(keyOf(caller));
    return wasOpen;
  }
}

function keyOf({ user, platform }: Caller): string {
  return `${platform}:${user.id}`;
}
