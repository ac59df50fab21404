/** What the operator's tools share: a log on standard error, and the database of the settings. */
import { secretValues, type LoadedSettings } from "../config/load.ts";
import { createLogger } from "./ops/logging.ts";
import type { Logger } from "./ports/logger.ts";
import { openDatabase, type Database } from "./storage/database.ts";

/** Warnings and errors only: what a tool has to say goes to standard output. */
export function operatorsLogger({ secrets }: LoadedSettings): Logger {
  return createLogger({
    level: "warn",
    format: "pretty",
    write: (line) => process.stderr.write(line),
    secrets: secretValues(secrets),
  });
}

/** The server of DATABASE_URL, or the embedded database in DATA_DIR. Faults: those of openDatabase. */
export function openOwnDatabase(
  { settings, secrets }: LoadedSettings,
  logger: Logger,
): Promise<Database> {
  const { databaseUrl } = secrets;
  return openDatabase({ url: databaseUrl ?? undefined, dataDir: settings.dataDir, logger });
}
