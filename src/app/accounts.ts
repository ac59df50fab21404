/** What a person may change about themselves: name, time zone, language. */
import { Fault } from "../domain/fault.ts";
import type { User } from "../domain/user.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { AuditTrail } from "./audit-trail.ts";
import { cleanName } from "./names.ts";

/** Longest text accepted as the name of a time zone or language. */
const MAX_TAG_LENGTH = 64;

export interface AccountsParts {
  readonly accounts: AccountStore;
  readonly audit: AuditTrail;
  /** Languages that have texts: "en", "fr". */
  readonly languages: readonly string[];
}

export class Accounts {
  readonly #parts: AccountsParts;

  constructor(parts: AccountsParts) {
    this.#parts = parts;
  }

  get languages(): readonly string[] {
    return this.#parts.languages;
  }

  /** Fault: name-empty. */
  async rename(actor: User, name: string): Promise<User> {
    return this.#save(actor, { name: cleanName(name) });
  }

  /** Takes an IANA name in any case. Fault: unknown-time-zone {timeZone}. */
  async setTimeZone(actor: User, timeZone: string): Promise<User> {
    return this.#save(actor, { timeZone: canonicalTimeZone(timeZone) });
  }

  /** Fault: unknown-language {language, known}. */
  async setLanguage(actor: User, language: string): Promise<User> {
    const wanted = language.trim().toLowerCase();
    const known = this.#parts.languages;
    const match = known.find((tag) => tag === wanted || wanted.startsWith(`${tag}-`));
    if (match === undefined) {
      throw new Fault("unknown-language", {
        language: wanted.slice(0, MAX_TAG_LENGTH),
        known: known.join(", "),
      });
    }
    return this.#save(actor, { language: match });
  }

  async #save(actor: User, change: Partial<User>): Promise<User> {
    const user = { ...actor, ...change };
    await this.#parts.accounts.saveUser(user);
    await this.#parts.audit.record(actor, "settings", { ...change });
    return user;
  }
}

function canonicalTimeZone(text: string): string {
  const wanted = text.trim().slice(0, MAX_TAG_LENGTH);
  const fault = new Fault("unknown-time-zone", { timeZone: wanted });
  // Offsets such as "+02:00" are understood by Intl but know no summer time: a place is asked for.
  if (!/^[A-Za-z]/.test(wanted)) throw fault;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    throw fault;
  }
}
