/** `npm run db:info`: what the database holds, table by table. */
import Table from "cli-table3";
import { readEnvironment } from "../config/environment.ts";
import { loadSettings } from "../config/load.ts";
import { enter } from "./entry.ts";
import { openOwnDatabase, operatorsLogger } from "./own-database.ts";
import { PostgresReadModels } from "./storage/read-models.ts";

const KIB = 1024;

await enter(async () => {
  const loaded = loadSettings(readEnvironment());
  await using database = await openOwnDatabase(loaded, operatorsLogger(loaded));
  const tables = await new PostgresReadModels(database).databaseInfo();
  const shown = new Table({
    head: ["table", "rows", "KiB"],
    colAligns: ["left", "right", "right"],
    style: { head: [], border: [] },
  });
  for (const { table, rows, bytes } of tables) {
    shown.push([table, rows.toLocaleString("en"), Math.ceil(bytes / KIB).toLocaleString("en")]);
  }
  process.stdout.write(`${shown.toString()}\n`);
});
