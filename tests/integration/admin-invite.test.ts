/** `npm run admin:invite` prints a code that really lets an administrator in, once. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { AuditTrail } from "../../src/app/audit-trail.ts";
import { Invitations } from "../../src/app/invitations.ts";
import { SystemClock } from "../../src/runtime/clocks.ts";
import { PostgresAccountStore } from "../../src/storage/account-store.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { silentLogger } from "../support/database.ts";

const run = promisify(execFile);

it("the printed code makes one administrator", { timeout: 60_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "vigie-invite-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const { DATABASE_URL: _unused, ...inherited } = process.env;
  const env = { ...inherited, DATA_DIR: dataDir };
  const { stdout } = await run(process.execPath, ["src/admin-invite.ts"], { env });
  const code = /\/start (\S+)/.exec(stdout)?.[1] ?? "";
  await using database = await openDatabase({ url: undefined, dataDir, logger: silentLogger });
  const accounts = new PostgresAccountStore(database);
  const clock = new SystemClock();
  const audit = new AuditTrail({ accounts, clock, logger: silentLogger });
  const invitations = new Invitations({ accounts, clock, machineClock: clock, audit });
  const root = await invitations.redeem("telegram", "7", { name: "Root", code });
  expect(await accounts.userByIdentity("telegram", "7")).toEqual({ ...root, role: "admin" });
  await expect(invitations.redeem("discord", "8", { name: "Eve", code })).rejects.toThrow(
    "invite-invalid",
  );
});
