/**
 * The door: who is known, and who comes in by a code. Codes come as "/start" with the code of an
 * invitation, or "/link" with the code another platform has shown.
 */
import type { ChatInputCommandInteraction, User as DiscordUser } from "discord.js";
import { cleanName } from "../../src/app/names.ts";
import { Fault, faultCode } from "../../src/domain/fault.ts";
import type { User } from "../../src/domain/user.ts";
import type { Logger } from "../../src/ports/logger.ts";

/** What the door needs of the application. Without a way to redeem, codes open nothing. */
export interface DiscordAccess {
  /** The person behind Discord's id, or null for a stranger. */
  identify(platform: "discord", externalId: string): Promise<User | null>;
  /** Makes a user of who holds an invite. Faults are told to the person. */
  redeemInvite?(platform: "discord", externalId: string, name: string, code: string): Promise<User>;
  /** Adds this account to the user who made the code. Faults are told to the person. */
  redeemLink?(platform: "discord", externalId: string, code: string, name: string): Promise<User>;
}

export interface ReceptionParts {
  readonly access: DiscordAccess;
  /** Gives somebody new the language their Discord is set to; one we lack is a Fault. */
  readonly setLanguage?: (user: User, language: string) => Promise<User>;
  readonly logger: Logger;
}

export class Reception {
  readonly #parts: ReceptionParts;

  constructor(parts: ReceptionParts) {
    this.#parts = parts;
  }

  identify(user: DiscordUser): Promise<User | null> {
    return this.#parts.access.identify("discord", user.id);
  }

  /** The user that a code makes of a stranger; null when the command brings no code. */
  async admit(interaction: ChatInputCommandInteraction): Promise<User | null> {
    const { access } = this.#parts;
    const { commandName, options, user } = interaction;
    const [first] = options.data;
    const code = typeof first?.value === "string" ? first.value.trim() : "";
    if (code === "") return null;
    if (commandName === "link" && access.redeemLink !== undefined) {
      return access.redeemLink("discord", user.id, code, nameOf(user));
    }
    if (commandName !== "start" || access.redeemInvite === undefined) return null;
    const made = await access.redeemInvite("discord", user.id, nameOf(user), code);
    return this.#inTheirLanguage(made, interaction.locale);
  }

  async #inTheirLanguage(user: User, tag: string): Promise<User> {
    const { setLanguage, logger } = this.#parts;
    if (setLanguage === undefined) return user;
    try {
      return await setLanguage(user, tag);
    } catch (error) {
      logger.debug({ code: faultCode(error) }, "a new person keeps the default language");
      return user;
    }
  }
}

/** A name that can be kept; of a name that is all invisible, the number is left. */
function nameOf({ id, displayName }: DiscordUser): string {
  try {
    return cleanName(displayName);
  } catch (error) {
    if (error instanceof Fault) return `Discord ${id}`;
    throw error;
  }
}
