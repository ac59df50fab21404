/**
 * `npm run candles -- import|export|check|fetch`: candles in and out of the configured database. Every
 * tool can be broken off and run again; what was done stays done.
 */
import { readEnvironment } from "../config/environment.ts";
import { loadSettings, type LoadedSettings } from "../config/load.ts";
import {
  filePath,
  momentOf,
  readOptions,
  requiredText,
  timeframeOf,
  type Given,
} from "./cli-options.ts";
import { checkText, fetchText, fileCheckText, importText } from "./candles-report.ts";
import { Fault } from "./domain/fault.ts";
import { timeframeMs } from "./domain/timeframe.ts";
import { enter } from "./entry.ts";
import { BinanceMarketData } from "./exchange/binance/rest.ts";
import { CandleCheck } from "./history/candle-check.ts";
import { readCandleFile, writeCandleFile } from "./history/candle-file.ts";
import { checkStored } from "./history/check-candles.ts";
import { fetchCandles } from "./history/fetch-candles.ts";
import { importCandles } from "./history/import-candles.ts";
import { standardOutput } from "./ops/logging.ts";
import type { CandleRequest } from "./ports/market-data.ts";
import { openOwnDatabase, operatorsLogger } from "./own-database.ts";
import { progressBar } from "./progress-bar.ts";
import { SystemClock } from "./runtime/clocks.ts";
import { PostgresCandleStore } from "./storage/candle-store.ts";

const HELP = `npm run candles -- TOOL --symbol BTCUSDT --timeframe 15m

  import FILE           takes a CSV or CSV.gz with the columns open_time_ms, open, high,
                        low, close, volume; stored candles that differ are overwritten
  export FILE           writes what is stored; a name that ends in .gz is packed
  check [FILE]          looks for gaps, repetitions and revisions, in a file or in what is
                        stored; --exchange compares what is stored with Binance
  fetch                 brings what is stored to completeness from Binance

  --from DATE --to DATE the range, --to exclusive; all that is stored by default,
                        for fetch --from must be given and --to is now
`;

const text = { type: "string" } as const;
const OPTIONS = {
  symbol: text,
  timeframe: text,
  from: text,
  to: text,
  exchange: { type: "boolean" },
  help: { type: "boolean" },
} as const;
const TOOLS = ["import", "export", "check", "fetch"] as const;

/** A reader that has seen enough, such as `head`, is no error. */
const print = standardOutput();

await enter(async () => {
  const { given, words } = readOptions(OPTIONS, 2);
  const [tool, file] = words;
  if (given["help"] === true) {
    print(HELP);
    return;
  }
  if (tool === undefined) throw new Fault("option-missing", { option: TOOLS.join(", ") });
  const environment = readEnvironment();
  const path = file === undefined ? null : filePath(file, environment["INIT_CWD"]);
  const of = { symbol: requiredText(given, "symbol").toUpperCase(), timeframe: timeframeOf(given) };
  const said = await run({ tool, path, given, of, loaded: loadSettings(environment) });
  print(said);
});

interface Order {
  readonly tool: string;
  readonly path: string | null;
  readonly given: Given;
  readonly of: Pick<CandleRequest, "symbol" | "timeframe">;
  readonly loaded: LoadedSettings;
}

async function run(order: Order): Promise<string> {
  const { tool, path, of, given } = order;
  if (path === null && (tool === "import" || tool === "export")) {
    throw new Fault("option-missing", { option: "FILE" });
  }
  for (const name of ["from", "to"]) momentOf(given, name);
  switch (tool) {
    case "import":
      return await withStore(order, async ({ store }) => {
        const bar = progressBar("Importing");
        const pages = readCandleFile(path ?? "", of, (done, total) => bar.show(done, total));
        const report = await importCandles(store, pages).finally(() => bar.end());
        return importText(report);
      });
    case "export":
      return await withStore(order, async ({ store }) => {
        const pages = store.pages(await rangeOf(order, store));
        return `${await writeCandleFile(path ?? "", pages)} candles written to ${path}.\n`;
      });
    case "check":
      if (path !== null) return await checkFile(path, of);
      return await withStore(order, async ({ store, data }) => {
        const exchange = order.given["exchange"] === true ? data : null;
        return checkText(await checkStored(store, await rangeOf(order, store), exchange));
      });
    case "fetch":
      return await fetch(order);
    default:
      throw new Fault("option-invalid", { option: tool, expected: TOOLS.join(", ") });
  }
}

interface Parts {
  readonly store: PostgresCandleStore;
  readonly data: BinanceMarketData;
}

async function fetch(order: Order): Promise<string> {
  const { given, of } = order;
  requiredText(given, "from");
  const from = momentOf(given, "from") ?? 0;
  const to = (momentOf(given, "to") ?? Date.now()) - timeframeMs(of.timeframe);
  if (to < from) throw new Fault("range-empty");
  return await withStore(order, async (parts) => {
    const bar = progressBar("Fetching");
    const progress = (done: number, total: number) => bar.show(done, total);
    const fetching = fetchCandles(parts, { ...of, from, to }, { progress });
    return fetchText(await fetching.finally(() => bar.end()));
  });
}

async function checkFile(path: string, of: Order["of"]): Promise<string> {
  const bar = progressBar("Checking");
  const check = new CandleCheck(of.timeframe);
  try {
    for await (const page of readCandleFile(path, of, (done, total) => bar.show(done, total))) {
      for (const { candle } of page) check.take(candle);
    }
  } finally {
    bar.end();
  }
  return fileCheckText(check.findings);
}

/** What was asked for; where nothing was, all that is stored. */
async function rangeOf({ given, of }: Order, store: PostgresCandleStore): Promise<CandleRequest> {
  const extent = await store.extent(of.symbol, of.timeframe);
  const until = momentOf(given, "to");
  const from = momentOf(given, "from") ?? extent?.oldest ?? 0;
  const to = until === undefined ? (extent?.newest ?? 0) : until - 1;
  if (to < from) throw new Fault("range-empty");
  return { ...of, from, to };
}

async function withStore(
  { loaded }: Order,
  work: (parts: Parts) => Promise<string>,
): Promise<string> {
  const logger = operatorsLogger(loaded);
  await using database = await openOwnDatabase(loaded, logger);
  const { binanceRestUrl } = loaded.settings;
  return await work({
    store: new PostgresCandleStore(database),
    data: new BinanceMarketData({ restUrl: binanceRestUrl, clock: new SystemClock(), logger }),
  });
}
