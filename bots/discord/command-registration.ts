/**
 * Tells Discord which commands there are: the whole list in one request, again with growing pauses
 * until it is taken. A list that Discord finds wrong is said in the log and not sent again.
 */
import { DiscordAPIError, Routes, type REST } from "discord.js";
import type { Logger } from "../../src/ports/logger.ts";
import type { Command } from "../catalogue/command.ts";
import { errorFacts } from "./log-facts.ts";
import { persevere, type Perseverance } from "./perseverance.ts";
import { slashCommands } from "./slash-commands.ts";

export interface RegistrationParts extends Omit<Perseverance, "mayHelp"> {
  readonly rest: REST;
  readonly commands: readonly Command[];
  readonly logger: Logger;
}

/** Resolves when the commands are registered, refused, or not wanted any more. Never throws. */
export async function registerCommands(
  applicationId: string,
  parts: RegistrationParts,
): Promise<void> {
  const { rest, commands, logger, signal } = parts;
  const route = Routes.applicationCommands(applicationId);
  try {
    const body = slashCommands(commands);
    await persevere(() => rest.put(route, { body, signal }), { ...parts, mayHelp });
    logger.info({ commands: body.length }, "Discord knows the commands");
  } catch (error) {
    if (signal.aborted) return;
    logger.error(errorFacts(error), "Discord refused the commands");
  }
}

/** Discord answers a wrong list in the same way every time. */
function mayHelp(error: unknown): boolean {
  return !(error instanceof DiscordAPIError) || error.status >= 500 || error.status === 429;
}
