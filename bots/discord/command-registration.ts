/**
 * Tells Discord which commands there are: the whole list in one request, again with growing pauses
 * until it is taken. A list that Discord finds wrong is said in the log and not sent again.
 */
import { ExponentialBackoff, handleWhen, retry } from "cockatiel";
import { DiscordAPIError, Routes, type REST } from "discord.js";
import type { Logger } from "../../src/ports/logger.ts";
import type { Command } from "../catalogue/command.ts";
import { errorFacts } from "./log-facts.ts";
import { slashCommands } from "./slash-commands.ts";

export interface RegistrationParts {
  readonly rest: REST;
  readonly commands: readonly Command[];
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
}

/** Resolves when the commands are registered, refused, or not wanted any more. Never throws. */
export async function registerCommands(
  applicationId: string,
  parts: RegistrationParts,
): Promise<void> {
  const { rest, commands, logger, signal, firstRetryMs, longestRetryMs } = parts;
  const body = slashCommands(commands);
  const again = retry(
    handleWhen((error) => !isRefusal(error)),
    {
      maxAttempts: Number.POSITIVE_INFINITY,
      backoff: new ExponentialBackoff({ initialDelay: firstRetryMs, maxDelay: longestRetryMs }),
    },
  );
  try {
    await again.execute(
      () => rest.put(Routes.applicationCommands(applicationId), { body, signal }),
      signal,
    );
    logger.info({ commands: body.length }, "Discord knows the commands");
  } catch (error) {
    if (signal.aborted) return;
    logger.error(errorFacts(error), "Discord refused the commands");
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status < 500 && error.status !== 429;
}
