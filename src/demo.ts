/**
 * `npm run demo`: the whole service on a simulated exchange in a thread of its own, reached over real
 * sockets exactly as Binance would be. The person at the terminal owns all 42 built-in strategies.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readEnvironment } from "../config/environment.ts";
import { loadSettings, type LoadedSettings } from "../config/load.ts";
import { readOptions, textOf } from "./cli-options.ts";
import { runProcess, type RunningProcess } from "./compose-process.ts";
import { Fault } from "./domain/fault.ts";
import { TIMEFRAMES } from "./domain/timeframe.ts";
import { enter } from "./entry.ts";
import {
  startSimulatorThread,
  type SimulatorThread,
} from "./exchange/simulator/start-simulator-thread.ts";

const DEFAULT_SPEED = 240;
/** Virtual milliseconds a signal may take in the demo: half a second of real time. */
const LATENESS_REAL_MS = 500;
const DEFAULT_SEED = 1;

const HELP = `npm run demo -- [options]

  --for 20          end by itself after so many seconds, with a summary
  --seed 7          another market
  --speed 60        times faster than real time, 240 unless said
  --data-dir DIR    where the state is kept; data/demo-<seed> unless said here or by DATA_DIR
`;

interface DemoOptions {
  /** Where the command line wants the state to be kept. */
  readonly dataDir: string | undefined;
  readonly forMs: number | null;
  readonly seed: number | undefined;
  readonly speed: number;
}

await enter(async () => {
  const options = demoOptions();
  if (options === null) {
    process.stdout.write(HELP);
    return;
  }
  const environment = readEnvironment();
  // A market of its own for every seed, unless told where.
  const dataDir =
    options.dataDir ?? environment["DATA_DIR"] ?? `data/demo-${options.seed ?? DEFAULT_SEED}`;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const market = await startSimulatorThread({
    speed: options.speed,
    // The market begins when the daemon watches it, so that a restart misses little of it.
    waitForConnections: TIMEFRAMES.length,
    stateFile: join(dataDir, "simulator.json"),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  try {
    await runProcess({
      loaded: demoSettings(environment, market),
      dataDir,
      anyPort: environment["HTTP_PORT"] === undefined,
      engine: { entryLatenessMs: LATENESS_REAL_MS * options.speed },
      forMs: options.forMs,
      started: (running) => begin(running, options),
      ending: summarise,
    });
  } finally {
    await market.stop();
  }
});

/** What was asked for; null when that is the help. */
function demoOptions(): DemoOptions | null {
  const value = { type: "string" } as const;
  const { given } = readOptions(
    { for: value, seed: value, speed: value, "data-dir": value, help: { type: "boolean" } },
    0,
  );
  if (given["help"] === true) return null;
  const seconds = numberOption("for", textOf(given, "for"));
  return {
    dataDir: textOf(given, "data-dir"),
    forMs: seconds === undefined ? null : seconds * 1000,
    seed: numberOption("seed", textOf(given, "seed")),
    speed: numberOption("speed", textOf(given, "speed")) ?? DEFAULT_SPEED,
  };
}

function numberOption(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1) {
    throw new Fault("option-invalid", { option: `--${option}`, expected: "a whole number from 1" });
  }
  return value;
}

function demoSettings(
  environment: Readonly<Record<string, string | undefined>>,
  market: SimulatorThread,
): LoadedSettings {
  const loaded = loadSettings({ LOG_LEVEL: "warn", ...environment });
  const { wsUrl: binanceWsUrl, restUrl: binanceRestUrl } = market;
  return {
    ...loaded,
    settings: { ...loaded.settings, binanceWsUrl, binanceRestUrl, clock: "feed" },
  };
}

async function begin({ service, user, print }: RunningProcess, { speed }: DemoOptions) {
  const { app, daemon } = service;
  print(`A simulated Binance at ${speed} times real speed. Nothing here is real money.`);
  const own = daemon.strategies(user.id).length;
  if (own === 0) {
    const { strategies } = await app.strategies.adopt(user, "all", null);
    print(`Adopted all ${strategies.length} built-in strategies on BTCUSDT; /help lists commands.`);
  } else {
    print(`Going on with ${own} strategies from the last time; /help lists commands.`);
  }
}

async function summarise({ service, user, print }: RunningProcess): Promise<void> {
  const { daemon, app } = service;
  const { openPositions, totalAnalyses, strategies, connections } = daemon.status();
  const { all: total } = await app.queries.profit(user);
  const connected = connections.filter((connection) => connection.connected).length;
  print(
    [
      "Summary of the demo",
      `  trades closed     ${total.trades} (${total.wins} won)`,
      `  net result        ${Number(total.pnl).toFixed(2)} USDT after ${Number(total.fees).toFixed(2)} USDT of fees`,
      `  open positions    ${openPositions}`,
      `  strategies        ${strategies.active} active of ${strategies.total}`,
      `  analyses          ${totalAnalyses}`,
      `  sockets           ${connected} of ${connections.length}`,
    ].join("\n"),
  );
}
