/**
 * A program of its own that commits one notice after the other and says so, until it is killed:
 * `node writer-process.ts <directory>`. Writes "open" once the database is, then the number of each
 * commit after it was acknowledged.
 */
import { openDatabase } from "../../../src/storage/database.ts";
import { openEngineStore } from "../../../src/storage/engine-store.ts";
import { acquireLease } from "../../../src/storage/lease.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import { notice } from "./samples.ts";

const logger: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => logger };
const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new TypeError("a directory is missing");
const database = await openDatabase({ dataDir, logger });
const lease = await acquireLease({ database, logger });
const store = await openEngineStore({ database, lease, logger });
console.log("open");
const known = await database.query("select id from outbox");
for (let number = known.length + 1; ; number++) {
  await store.commit([{ kind: "notify", notice: notice(`n${number}`, "ann") }], number);
  console.log(number);
}
