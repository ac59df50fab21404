/** The whole service on a symbol that the exchange forgets: nothing hangs, and there is a way out. */
import { expect, it, onTestFinished } from "vitest";
import { createCatalogue } from "../../bots/catalogue/catalogue.ts";
import { shown, yesOf } from "../support/test-bot.ts";
import { HOMES, MIDNIGHT, startExchange, startOn, until } from "../support/running-service.ts";

const RULE = "enter long when close > ema(5) exit long when close < 1 size 10%";
const HOURS_LATER = MIDNIGHT + 3 * 3_600_000;

it("settles a position whose symbol was forgotten while the service was away", async () => {
  const home = await HOMES.at(-1)!.make();
  const listed = await startExchange(["BTCUSDT", "ETHUSDT"]);
  const first = await startOn(home, listed);
  await first.service.app.strategies.create(first.user, {
    name: "gone",
    symbol: "ETHUSDT",
    timeframe: "1m",
    ruleText: RULE,
  });
  await first.service.daemon.ready();
  await until(() => first.service.daemon.status().connections.every(({ connected }) => connected));
  const { queries } = first.service.app;
  for (let i = 0; i < 20 && queries.positions(first.user).length === 0; i++) await first.pass(1);
  expect(queries.positions(first.user)).toHaveLength(1);
  await first.stop();

  const forgetful = await startExchange(["BTCUSDT"]);
  await forgetful.advanceTo(HOURS_LATER);
  const { service, user, stop } = await startOn(home, forgetful, { wait: false });
  onTestFinished(stop);
  await until(() => service.app.queries.positions(user)[0]?.settlement != null);
  const catalogue = createCatalogue(service.app, {
    now: () => service.clock.now(),
    calls: service.calls,
    reportUnexpected: (error) => expect.fail(String(error)),
  });
  const caller = { user, platform: "telegram", place: "private" } as const;
  const question = await catalogue.say("/delete 1", caller);
  expect(shown(question)).toContain("The exchange no longer trades ETHUSDT");
  const done = await catalogue.press(yesOf(question).id, caller);
  expect(shown(done)).toContain("was settled at the last known price");
  const { trades } = await service.app.queries.trades(user, 1, 10);
  expect(trades).toMatchObject([{ exitReason: "settled", symbol: "ETHUSDT" }]);
  expect(service.daemon.status().symbols).toEqual([]);
});
