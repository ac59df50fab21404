/** The simulated exchange across stops and kills: virtual time and market go on where they were. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { startSimulatorThread } from "../../../src/exchange/simulator/start-simulator-thread.ts";
import { MINUTE_MS, START, startExchange } from "./exchange-fixture.ts";
import { StreamClient } from "./stream-client.ts";

const SPEED = 300;
const DAY_MS = 86_400_000;

function newStateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "simulator-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "state.json");
}

const stored = (file: string) => JSON.parse(readFileSync(file, "utf8"));

async function startProcess(stateFile: string): Promise<{ child: ChildProcess; wsUrl: string }> {
  const script = fileURLToPath(new URL("run-simulator.ts", import.meta.url));
  const values = [stateFile, SPEED, START, 7].map(String);
  const child = spawn(process.execPath, [script, ...values], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, wsUrl: line.toString().trim() };
}

describe("a process with a state file", () => {
  it("killed with -9 goes on later than anything it told, with the same market", async () => {
    const stateFile = newStateFile();
    const { child, wsUrl } = await startProcess(stateFile);
    const client = await StreamClient.open(`${wsUrl}/ws/btcusdt@kline_1m`);
    await client.until(() => client.closings().length >= 3);
    child.kill("SIGKILL");
    await client.closed;
    const told = client.klines();
    const last = told.at(-1)!;
    const { exchange, get } = await startExchange({
      stateFile,
      startAt: START + DAY_MS,
      symbols: ["BTCUSDT"],
    });
    expect(exchange.now()).toBeGreaterThanOrEqual(last.E);
    expect(exchange.now()).toBeLessThan(last.E + 10 * SPEED * 1000);
    const from = told[0]!.k.t;
    const path = `/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=${from}`;
    const rows = (await get(path)).body as unknown[][];
    for (const { k } of client.closings()) {
      const row = rows.find(([openTime]) => openTime === k.t);
      expect(row).toEqual([k.t, k.o, k.h, k.l, k.c, k.v, k.T, k.q, k.n, k.V, k.Q, "0"]);
    }
  });

  it("stopped cleanly ends by itself and goes on exactly where it stopped", async () => {
    const stateFile = newStateFile();
    const { child, wsUrl } = await startProcess(stateFile);
    const client = await StreamClient.open(`${wsUrl}/ws/btcusdt@kline_1m`);
    await client.until(() => client.klines().length >= 3);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    const { E } = client.klines().at(-1)!;
    const { resumeAt } = stored(stateFile);
    expect(resumeAt).toBeGreaterThanOrEqual(E);
    const { exchange } = await startExchange({ stateFile });
    expect(exchange.now()).toBe(resumeAt);
  });
});

describe("a state file", () => {
  it("always reserves more than the present, and keeps the day of listing", async () => {
    const stateFile = newStateFile();
    const { exchange } = await startExchange({ stateFile });
    for (const seconds of [2, 3, 500, 501]) {
      await exchange.advanceTo(START + seconds * 1000);
      expect(stored(stateFile).resumeAt).toBeGreaterThan(START + seconds * 1000);
    }
    await exchange.stop();
    const listedAt = START - 300 * DAY_MS;
    expect(stored(stateFile)).toEqual({ seed: 7, listedAt, resumeAt: START + 501_000 });
    const later = await startExchange({ stateFile });
    await later.exchange.advanceTo(START + 40 * DAY_MS);
    const path = "/api/v3/klines?symbol=BTCUSDT&interval=1d&startTime=0&limit=1";
    expect((await later.get(path)).body).toEqual([expect.arrayContaining([listedAt])]);
  });

  it("does not tell a closing frame twice across a restart", async () => {
    const stateFile = newStateFile();
    const timings = { closeDelayMs: { least: 100, most: 100 } };
    const closings = async (until: number) => {
      const { exchange, connect, advance } = await startExchange({ stateFile, timings });
      const client = await connect("/ws/btcusdt@kline_1m");
      await advance(until, client);
      await exchange.stop();
      return client.closings().map(({ k }) => k.t);
    };
    expect(await closings(START + MINUTE_MS + 99)).toEqual([]);
    expect(await closings(START + MINUTE_MS + 100)).toEqual([START]);
    expect(await closings(START + 2 * MINUTE_MS)).toEqual([]);
    expect(await closings(START + 2 * MINUTE_MS + 100)).toEqual([START + MINUTE_MS]);
  });

  it("of another seed is refused, and gives its seed when none is asked", async () => {
    const stateFile = newStateFile();
    await (await startExchange({ stateFile, seed: 11 })).exchange.stop();
    await expect(startExchange({ stateFile, seed: 12 })).rejects.toMatchObject({
      code: "simulator-seed-differs",
      facts: { stored: 11, asked: 12 },
    });
    await expect(startSimulatorThread({ stateFile, seed: 12, speed: 1 })).rejects.toMatchObject({
      code: "simulator-seed-differs",
      facts: { stored: 11, asked: 12 },
    });
    const thread = await startSimulatorThread({ stateFile, speed: 1 });
    await thread.stop();
    expect(stored(stateFile).seed).toBe(11);
  });

  it("that cannot be read is refused", async () => {
    const stateFile = newStateFile();
    writeFileSync(stateFile, '{"seed":');
    await expect(startExchange({ stateFile })).rejects.toMatchObject({
      code: "simulator-state-unreadable",
    });
  });
});

describe("the simulator's thread", () => {
  it("serves sockets and REST, tells its time, takes faults and ends", async () => {
    const thread = await startSimulatorThread({ speed: SPEED, startAt: START, seed: 7 });
    const client = await StreamClient.open(`${thread.wsUrl}/ws/ethusdt@kline_1m`);
    await client.until(() => client.closings().length >= 2);
    const { E } = client.klines().at(-1)!;
    expect(await thread.virtualNow()).toBeGreaterThanOrEqual(E);
    const response = await fetch(`${thread.restUrl}/api/v3/time`);
    expect(((await response.json()) as { serverTime: number }).serverTime).toBeGreaterThan(E);
    await thread.orderFault("cutSocket", "1m");
    expect((await client.closed).code).toBe(1006);
    await thread.stop();
    await expect(thread.virtualNow()).rejects.toMatchObject({ code: "simulator-thread-ended" });
    await thread.stop();
  });

  it("says why a port cannot be had", async () => {
    const { exchange } = await startExchange();
    const port = Number(new URL(exchange.restUrl).port);
    await expect(startSimulatorThread({ speed: 1, port })).rejects.toMatchObject({
      code: "simulator-port-unavailable",
      facts: { host: "127.0.0.1", port },
    });
  });
});
