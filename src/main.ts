/** `npm start`: Binance's public market data, paper trading, until told to stop. */
import { readEnvironment } from "../config/environment.ts";
import { loadSettings } from "../config/load.ts";
import { runProcess } from "./compose-process.ts";
import { enter } from "./entry.ts";

await enter(async () => {
  const loaded = loadSettings(readEnvironment());
  await runProcess({ loaded, dataDir: loaded.settings.dataDir, forMs: null });
});
