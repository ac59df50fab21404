/**
 * `npm run admin:invite`: prints a code that makes an administrator of whoever sends it to the bot
 * first. It works once and for a day. While the service runs on its embedded database, `/invite admin`
 * at its console does the same.
 */
import { readEnvironment } from "../config/environment.ts";
import { loadSettings, secretValues } from "../config/load.ts";
import { AuditTrail } from "./app/audit-trail.ts";
import { Invitations } from "./app/invitations.ts";
import { enter, inviteLine } from "./entry.ts";
import { createLogger } from "./ops/logging.ts";
import { SystemClock } from "./runtime/clocks.ts";
import { PostgresAccountStore } from "./storage/account-store.ts";
import { openDatabase } from "./storage/database.ts";

await enter(async () => {
  const { settings, secrets } = loadSettings(readEnvironment());
  const logger = createLogger({
    level: "warn",
    format: "pretty",
    write: (line) => process.stderr.write(line),
    secrets: secretValues(secrets),
  });
  await using database = await openDatabase({
    url: secrets.databaseUrl ?? undefined,
    dataDir: settings.dataDir,
    logger,
  });
  const accounts = new PostgresAccountStore(database);
  const clock = new SystemClock();
  const audit = new AuditTrail({ accounts, clock, logger });
  const invitations = new Invitations({ accounts, clock, machineClock: clock, audit });
  const invite = await invitations.createForAdmin();
  process.stdout.write(`${inviteLine(invite)}\n`);
});
