/**
 * `npm run admin:invite`: prints a code that makes an administrator of whoever sends it to the bot
 * first. It works once and for a day. While the service runs on its embedded database, `/invite admin`
 * at its console does the same.
 */
import { readEnvironment } from "../config/environment.ts";
import { loadSettings } from "../config/load.ts";
import { AuditTrail } from "./app/audit-trail.ts";
import { Invitations } from "./app/invitations.ts";
import { enter, inviteLine } from "./entry.ts";
import { openOwnDatabase, operatorsLogger } from "./own-database.ts";
import { SystemClock } from "./runtime/clocks.ts";
import { PostgresAccountStore } from "./storage/account-store.ts";

await enter(async () => {
  const loaded = loadSettings(readEnvironment());
  const logger = operatorsLogger(loaded);
  await using database = await openOwnDatabase(loaded, logger);
  const accounts = new PostgresAccountStore(database);
  const clock = new SystemClock();
  const audit = new AuditTrail({ accounts, clock, logger });
  const invitations = new Invitations({ accounts, clock, machineClock: clock, audit });
  const invite = await invitations.createForAdmin();
  process.stdout.write(`${inviteLine(invite)}\n`);
});
