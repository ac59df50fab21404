/** A run with everything that disturbs one, through the whole service: each difference has its cause. */
import { expect, it } from "vitest";
import { Decimal } from "../../src/domain/money.ts";
import { HOMES, MINUTE_MS, startExchange, startOn, until } from "../support/running-service.ts";

const RULE = "enter long when close > ema(5) exit long when close < ema(5) size 10%";

it("says what became of a run with a pause, a hand, an edit and a stop of the service", async () => {
  const exchange = await startExchange();
  const home = await HOMES[0]!.make();
  const first = await startOn(home, exchange);
  const { service, user } = first;
  const connected = () => service.daemon.status().connections.every((one) => one.connected);
  const draft = { name: "mean", symbol: "BTCUSDT", timeframe: "1m", ruleText: RULE } as const;
  await service.app.strategies.create(user, draft);
  await service.daemon.ready();
  await until(connected);
  await first.pass(30);
  const compare = () => service.app.drift.compare(user, 1);
  const before = await compare();
  expect(before.rows.length).toBeGreaterThan(1);
  expect(before.rows.filter(({ status }) => status !== "same")).toEqual([]);

  await service.app.trading.pause(user, "all", null);
  await first.pass(15);
  await service.app.trading.resume(user, null);
  while (service.app.queries.positions(user).length === 0) await first.pass(1);
  await service.app.trading.close(user, "all");
  await first.pass(5);
  await service.app.strategies.edit(user, 1, { ruleText: `${RULE.replace("10", "20")} stop 3%` });
  await service.daemon.ready();
  await first.pass(10);
  await first.stop();
  await exchange.advanceTo(exchange.now() + 25 * MINUTE_MS);
  const second = await startOn(home, exchange);
  await second.pass(10);

  const report = await second.service.app.drift.compare(second.user, 1);
  const codes = report.byCause.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(["paused", "manual", "away"]));
  expect(codes).not.toContain("unexplained");
  expect(report).toMatchObject({ versions: [1, 2], complete: true });
  const shares = report.byCause.map(({ quote }) => quote);
  const sum = shares.reduce((total, quote) => total.plus(quote), new Decimal(0));
  expect(sum.toFixed()).toBe(report.difference);
});
