/**
 * The door: who is known, who comes in by a code, and what strangers are told and how often. Codes come
 * as "/start CODE", which is also what a link "t.me/bot?start=CODE" sends, and as "/link CODE".
 */
import type { User as TelegramUser } from "grammy/types";
import { Fault, faultCode } from "../../src/domain/fault.ts";
import type { User } from "../../src/domain/user.ts";
import type { Logger } from "../../src/ports/logger.ts";
import { cleanName } from "../../src/app/names.ts";
import { splitCommand } from "../catalogue/parse-words.ts";
import { RateLimit } from "../catalogue/rate-limit.ts";

/** What the door needs of the application. Without a way to redeem, codes open nothing. */
export interface TelegramAccess {
  /** The person behind Telegram's id, or null for a stranger. */
  identify(platform: "telegram", externalId: string): Promise<User | null>;
  /** Makes a user of who holds an invite. Faults are told to the person. */
  redeemInvite?(
    platform: "telegram",
    externalId: string,
    name: string,
    code: string,
  ): Promise<User>;
  /** Adds this account to the user who made the code. Faults are told to the person. */
  redeemLink?(platform: "telegram", externalId: string, code: string, name: string): Promise<User>;
}

export interface ReceptionParts {
  readonly access: TelegramAccess;
  /** Gives somebody new the language their Telegram is set to; one we lack is a Fault. */
  readonly setLanguage?: (user: User, language: string) => Promise<User>;
  readonly machineNow: () => number;
  readonly logger: Logger;
}

/** A stranger is told once a minute at most: we are no echo. */
const LINE_EVERY = { burst: 1, refillMs: 60_000 };

export class Reception {
  readonly #parts: ReceptionParts;
  readonly #told = new RateLimit(LINE_EVERY);

  constructor(parts: ReceptionParts) {
    this.#parts = parts;
  }

  identify(from: TelegramUser): Promise<User | null> {
    return this.#parts.access.identify("telegram", String(from.id));
  }

  /** The user that a code makes of a stranger; null when the text brings no code. */
  async admit(from: TelegramUser, typed: string): Promise<User | null> {
    const { access } = this.#parts;
    const spoken = splitCommand(typed);
    const code = spoken?.words.trim() ?? "";
    const externalId = String(from.id);
    if (spoken === null || code === "") return null;
    if (spoken.name === "link" && access.redeemLink !== undefined) {
      return access.redeemLink("telegram", externalId, code, nameOf(from));
    }
    if (spoken.name !== "start" || access.redeemInvite === undefined) return null;
    const user = await access.redeemInvite("telegram", externalId, nameOf(from), code);
    return this.#inTheirLanguage(user, from);
  }

  /** True when a stranger has not been told for a while. */
  owesTheLine(from: TelegramUser): boolean {
    return this.#told.take(String(from.id), this.#parts.machineNow()) === 0;
  }

  async #inTheirLanguage(user: User, { language_code: tag }: TelegramUser): Promise<User> {
    const { setLanguage, logger } = this.#parts;
    if (setLanguage === undefined || tag === undefined) return user;
    try {
      return await setLanguage(user, tag);
    } catch (error) {
      logger.debug({ code: faultCode(error) }, "a new person keeps the default language");
      return user;
    }
  }
}

/** A name that can be kept; of a name that is all invisible, the number is left. */
function nameOf({ id, first_name: first, last_name: last }: TelegramUser): string {
  try {
    return cleanName([first, last ?? ""].join(" "));
  } catch (error) {
    if (error instanceof Fault) return `Telegram ${id}`;
    throw error;
  }
}
