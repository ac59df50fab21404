/** The daemon end to end: simulated exchange, real sockets, real database. */
import { describe, expect, it } from "vitest";
import { auditMoney } from "../../src/storage/audit.ts";
import type { ExchangeSimulator } from "../../src/exchange/simulator/simulator.ts";
import {
  HOMES,
  MIDNIGHT,
  MINUTE_MS,
  startExchange,
  startOn,
  until,
  type Running,
} from "../support/running-service.ts";

const RULE =
  "enter long when close > ema(5) enter short when close < ema(5) " +
  "exit long when close < ema(5) exit short when close > ema(5) stop 1% size 10%";

async function connected({ service }: Running): Promise<void> {
  await until(() => service.daemon.status().connections.every((one) => one.connected));
}

async function adopt(running: Running, symbol = "BTCUSDT"): Promise<void> {
  const { service, user } = running;
  await service.app.strategies.create(user, {
    name: "follows the mean",
    symbol,
    timeframe: "1m",
    ruleText: RULE,
  });
  await service.daemon.ready();
  await connected(running);
  await until(() => service.daemon.status().reasons.length === 0);
}

async function tradesOf({ service, user }: Running) {
  const page = await service.app.queries.trades(user, 1, 500);
  return page.trades;
}

async function storedOpenTimes({ service }: Running, from: number): Promise<number[]> {
  const rows = await service.database.query<{ at: string }>(
    `select (extract(epoch from open_time) * 1000)::bigint::text as at from candles
     where timeframe = '1m' and open_time >= to_timestamp(${from / 1000}) order by open_time`,
  );
  return rows.map(({ at }) => Number(at));
}

function everyMinute(from: number, exchange: ExchangeSimulator): number[] {
  const closed = Math.floor((exchange.now() - from) / MINUTE_MS);
  return Array.from({ length: closed }, (_, i) => from + i * MINUTE_MS);
}

describe.each(HOMES)("the service on the $name database", ({ make }) => {
  it("trades, tells, and its books balance", async () => {
    const exchange = await startExchange();
    const running = await startOn(await make(), exchange);
    await adopt(running);
    await running.pass(40);
    await until(async () => (await tradesOf(running)).length > 3);
    expect(await auditMoney(running.service.database)).toEqual([]);
    const { state, totalAnalyses } = running.service.daemon.status();
    expect(state).toBe("running");
    expect(totalAnalyses).toBeGreaterThanOrEqual(39);
  });

  it("heals a cut socket without a hole in the candles", async () => {
    const exchange = await startExchange();
    const running = await startOn(await make(), exchange);
    await adopt(running);
    await running.pass(3);
    exchange.faults.cutSocket("all");
    await exchange.advanceTo(exchange.now() + 5 * MINUTE_MS);
    const connections = () => running.service.daemon.status().connections;
    await until(() => connections().every((one) => one.connected && one.reconnects === 1));
    await running.pass(3);
    const from = MIDNIGHT;
    await until(async () => {
      const stored = await storedOpenTimes(running, from);
      return stored.length >= everyMinute(from, exchange).length;
    });
    expect(await storedOpenTimes(running, from)).toEqual(everyMinute(from, exchange));
  });

  it("goes on after a restart with the same positions, runs and numbers", async () => {
    const exchange = await startExchange();
    const home = await make();
    const first = await startOn(home, exchange);
    await adopt(first);
    await first.pass(30);
    await until(() => first.service.daemon.strategies(first.user.id)[0]?.position !== null);
    const before = first.service.daemon.strategies(first.user.id)[0];
    const trades = await tradesOf(first);
    await first.stop();
    const second = await startOn(home, exchange);
    const after = second.service.daemon.strategies(second.user.id)[0];
    expect(after?.run).toEqual(before?.run);
    // The best price so far is only kept exactly where a trailing stop follows it.
    const { bestPrice: _, ...held } = before?.position?.position ?? {};
    expect(after?.position?.position).toMatchObject(held);
    await connected(second);
    await second.pass(20);
    await until(async () => (await tradesOf(second)).length > trades.length);
    const ids = (await tradesOf(second)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(await auditMoney(second.service.database)).toEqual([]);
  });

  it("keeps a switch and a reset across a restart, and the old run's history", async () => {
    const exchange = await startExchange();
    const home = await make();
    const first = await startOn(home, exchange);
    await adopt(first);
    await first.pass(10);
    await first.service.app.strategies.reset(first.user, 1);
    await first.service.app.strategies.setActive(first.user, { numbers: [1], active: false });
    const trades = await tradesOf(first);
    await first.stop();
    const second = await startOn(home, exchange);
    const [view] = second.service.daemon.strategies(second.user.id);
    expect(view).toMatchObject({ strategy: { active: false, run: 2 }, run: { balance: "10000" } });
    expect(await tradesOf(second)).toEqual(trades);
    const runs = await second.service.app.queries.strategy(second.user, 1);
    expect(runs.runs.map(({ number }) => number)).toEqual([2, 1]);
  });

  it("follows a symbol with its first strategy and drops it with its last", async () => {
    const exchange = await startExchange(["BTCUSDT", "ETHUSDT"]);
    const running = await startOn(await make(), exchange);
    await adopt(running);
    await adopt(running, "ETHUSDT");
    expect(running.service.daemon.status().symbols).toEqual(["BTCUSDT", "ETHUSDT"]);
    await running.service.app.strategies.delete(running.user, 2);
    expect(running.service.daemon.status().symbols).toEqual(["BTCUSDT"]);
  });

  it("restarts inside the process and goes on", async () => {
    const exchange = await startExchange();
    const running = await startOn(await make(), exchange);
    await adopt(running);
    await running.pass(5);
    await running.service.daemon.restart();
    await running.service.daemon.ready();
    await connected(running);
    await running.pass(30);
    await until(async () => (await tradesOf(running)).length > 1);
    expect(await auditMoney(running.service.database)).toEqual([]);
  });
});
