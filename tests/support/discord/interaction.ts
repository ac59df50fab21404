/**
 * One interaction as Discord keeps it: what the person did, whether the application has acknowledged it,
 * and what it answered. Tests wait here for answers.
 */
import { Refusal, type LocalMessage, type LocalUser, type Where } from "./shapes.ts";

/** Time the application has for its first answer, and for all of them, ms. */
const FIRST_ANSWER_MS = 3_000;
const TOKEN_LIFE_MS = 15 * 60_000;

/** Kinds of a first answer. */
export const CALLBACK = {
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const;

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

export interface InteractionFacts {
  readonly id: string;
  readonly token: string;
  /** 2 command, 3 component, 4 completion. */
  readonly type: number;
  readonly user: LocalUser;
  readonly where: Where;
  readonly channelId: string;
  /** The message whose button was pressed. */
  readonly message: LocalMessage | null;
  readonly createdAt: number;
  /** Type of the option being typed, of a completion. */
  readonly focusedType: number | null;
}

export class LocalInteraction {
  readonly facts: InteractionFacts;
  /** Kind of the first answer; null until there is one. */
  acknowledgement: number | null = null;
  /** The answer's own message; for an update the message that was pressed. */
  original: LocalMessage | null = null;
  readonly followUps: LocalMessage[] = [];
  choices: readonly Choice[] | null = null;
  #answer: LocalMessage | null = null;
  readonly #answered = Promise.withResolvers<void>();
  readonly #acknowledged = Promise.withResolvers<void>();

  constructor(facts: InteractionFacts) {
    this.facts = facts;
  }

  /** Resolves when there is something to read. */
  async answered(): Promise<this> {
    await this.#answered.promise;
    return this;
  }

  async acknowledged(): Promise<this> {
    await this.#acknowledged.promise;
    return this;
  }

  /** The message that answers: a new one, the one pressed, or what was said aside. */
  async message(): Promise<LocalMessage> {
    await this.answered();
    if (this.#answer === null) throw new Error("answered without a message");
    return this.#answer;
  }

  /** Throws 10062 when it comes too late, 40060 when it is the second one. */
  acknowledge(kind: number, now: number): void {
    if (now - this.facts.createdAt > FIRST_ANSWER_MS) {
      throw new Refusal(404, 10_062, "Unknown interaction");
    }
    if (this.acknowledgement !== null) {
      throw new Refusal(400, 40_060, "Interaction has already been acknowledged.");
    }
    const expected: readonly number[] =
      this.facts.type === 4
        ? [CALLBACK.choices]
        : [CALLBACK.message, CALLBACK.deferredMessage, CALLBACK.modal];
    const updates: readonly number[] = [CALLBACK.update, CALLBACK.deferredUpdate];
    if (!expected.includes(kind) && !(this.facts.type === 3 && updates.includes(kind))) {
      throw new Refusal(400, 50_035, "Invalid Form Body", { type: kind });
    }
    this.acknowledgement = kind;
    this.#acknowledged.resolve();
  }

  /** Throws 50027 when the token is too old, 10015 before the first answer. */
  checkToken(now: number): void {
    if (now - this.facts.createdAt > TOKEN_LIFE_MS) {
      throw new Refusal(401, 50_027, "Invalid Webhook Token");
    }
    if (this.acknowledgement === null) throw new Refusal(404, 10_015, "Unknown Webhook");
  }

  complete(message: LocalMessage | null): void {
    this.#answer ??= message;
    this.#answered.resolve();
  }
}
