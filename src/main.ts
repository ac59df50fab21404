/** `npm start`: Binance's public market data, paper trading, until told to stop. */
import { join } from "node:path";
import { readEnvironment } from "../config/environment.ts";
import { loadSettings } from "../config/load.ts";
import { runProcess } from "./compose-process.ts";
import { enter } from "./entry.ts";

await enter(async () => {
  const loaded = loadSettings(readEnvironment());
  const dataDir = join(loaded.settings.dataDir, "postgres");
  await runProcess({ loaded, dataDir, forMs: null });
});
