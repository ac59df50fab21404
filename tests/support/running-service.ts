/** The whole service on a simulated exchange whose time is moved by hand. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { loadSettings } from "../../config/load.ts";
import { startService, type Service } from "../../src/compose.ts";
import type { User } from "../../src/domain/user.ts";
import { ExchangeSimulator } from "../../src/exchange/simulator/simulator.ts";
import { administer, serverDatabases, silentLogger, template } from "./database.ts";
import { randomUUID } from "node:crypto";

export const MINUTE_MS = 60_000;
/** A second past midnight, when all of the day before is told. */
export const MIDNIGHT = Date.UTC(2026, 0, 5);
const TIMEOUT_MS = 15_000;

/** Where a service keeps its state, so that another one can be started on it. */
export interface Home {
  readonly dataDir: string | null;
  readonly databaseUrl: string | null;
}

/** The kinds of database there are here, each giving a new home. */
export const HOMES: readonly { readonly name: string; readonly make: () => Promise<Home> }[] = [
  { name: "embedded", make: embeddedHome },
  ...serverDatabases().map(() => ({ name: "server", make: serverHome })),
];

async function embeddedHome(): Promise<Home> {
  const dir = await mkdtemp(join(tmpdir(), "vigie-service-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return { dataDir: dir, databaseUrl: null };
}

async function serverHome(): Promise<Home> {
  const name = `vigie_test_${randomUUID().replaceAll("-", "")}`;
  await administer(`create database ${name}`);
  onTestFinished(() => administer(`drop database ${name} with (force)`));
  return { dataDir: null, databaseUrl: `postgres://postgres@127.0.0.1:5432/${name}` };
}

export async function startExchange(symbols: readonly string[] = ["BTCUSDT"]) {
  const exchange = await ExchangeSimulator.start({
    speed: "manual",
    startAt: MIDNIGHT + 1000,
    seed: 7,
    symbols,
  });
  onTestFinished(() => exchange.stop());
  return exchange;
}

export interface Running {
  readonly service: Service;
  readonly user: User;
  /** Moves the market on, minute by minute, each taken in before the next. */
  readonly pass: (minutes: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** `wait`: until every symbol has its candles; not for those that cannot be had. */
export async function startOn(
  home: Home,
  exchange: ExchangeSimulator,
  { wait = true }: { readonly wait?: boolean } = {},
): Promise<Running> {
  const { settings, secrets } = loadSettings({
    CLOCK: "feed",
    BINANCE_WS_URL: exchange.wsUrl,
    BINANCE_REST_URL: exchange.restUrl,
    ...(home.databaseUrl === null ? {} : { DATABASE_URL: home.databaseUrl }),
  });
  const service = await startService({
    settings,
    secrets,
    logger: silentLogger,
    dataDir: home.dataDir,
    template: home.databaseUrl === null ? await template() : undefined,
    http: false,
  });
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await service.stop();
  };
  onTestFinished(stop);
  const user = await service.app.access.ensureConsoleUser();
  if (wait) await service.daemon.ready();
  const pass = async (minutes: number) => {
    for (let i = 0; i < minutes; i++) {
      const next = (Math.floor(exchange.now() / MINUTE_MS) + 1) * MINUTE_MS + 3_000;
      await exchange.advanceTo(next);
      await until(() => service.clock.now() >= next - 1_500);
    }
  };
  return { service, user, pass, stop };
}

/** Waits for something that happens by itself soon. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error("not yet");
    },
    { timeout: TIMEOUT_MS, interval: 2 },
  );
}
