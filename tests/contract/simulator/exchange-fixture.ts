/** A simulated exchange moved by hand, its clients, and their end after each test. */
import { onTestFinished } from "vitest";
import type { SimulatorOptions } from "../../../src/exchange/simulator/assemble-exchange.ts";
import { ExchangeSimulator } from "../../../src/exchange/simulator/simulator.ts";
import { StreamClient } from "./stream-client.ts";
import type { ClientOptions } from "ws";

/**
 * Midnight, so that candles of all timeframes begin here. The exchange starts a second later, when all
 * of the day before is told.
 */
export const START = Date.UTC(2026, 0, 5);
export const MINUTE_MS = 60_000;

export interface Fixture {
  readonly exchange: ExchangeSimulator;
  /** Connects a client to a path such as /ws/btcusdt@kline_1m. */
  readonly connect: (path: string, options?: ClientOptions) => Promise<StreamClient>;
  /** Resolves when every client has received all that was sent to it so far. */
  readonly settle: (...clients: StreamClient[]) => Promise<void>;
  /** Moves time by hand and waits until the clients have received what was due. */
  readonly advance: (time: number, ...clients: StreamClient[]) => Promise<void>;
  readonly get: (path: string) => Promise<{ status: number; headers: Headers; body: unknown }>;
}

export async function startExchange(options: Partial<SimulatorOptions> = {}): Promise<Fixture> {
  const exchange = await ExchangeSimulator.start({
    speed: "manual",
    startAt: START + 1000,
    seed: 7,
    symbols: ["BTCUSDT", "ETHUSDT", "DOGEUSDT"],
    ...options,
  });
  onTestFinished(() => exchange.stop());
  let marks = 0;
  const settle = async (...clients: StreamClient[]) => {
    marks += 1;
    const mark = `{"mark":${marks}}`;
    exchange.faults.sendRaw("all", mark);
    await Promise.all(clients.map((client) => client.until((text) => text === mark)));
  };
  return {
    exchange,
    connect: (path, clientOptions = {}) => StreamClient.open(exchange.wsUrl + path, clientOptions),
    settle,
    async advance(time, ...clients) {
      await exchange.advanceTo(time);
      await settle(...clients);
    },
    async get(path) {
      const response = await fetch(exchange.restUrl + path);
      const text = await response.text();
      const json = response.headers.get("content-type")?.includes("json") === true;
      const body: unknown = json ? JSON.parse(text) : text;
      return { status: response.status, headers: response.headers, body };
    },
  };
}
