/** The whole way: a trade on the simulated exchange, told on both platforms, steered from either. */
import { expect, it, onTestFinished } from "vitest";
import { createCatalogue } from "../../bots/catalogue/catalogue.ts";
import { loadSettings } from "../../config/load.ts";
import { startBots } from "../../src/compose-bots.ts";
import { silentLogger } from "../support/database.ts";
import { Person } from "../support/discord/person.ts";
import { LocalDiscord } from "../support/discord/server.ts";
import { HOMES, startExchange, startOn, until, type Running } from "../support/running-service.ts";
import { BotApiServer, TOKEN } from "../support/telegram/bot-api-server.ts";

const RULE = "enter long when close > ema(5) exit long when close < ema(5) size 10%";

/** Both platforms, with one person of ours on both. */
async function connect(running: Running) {
  const telegram = await BotApiServer.start();
  const discord = await LocalDiscord.start();
  const { settings, secrets } = loadSettings({
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: telegram.url,
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
  });
  const { service, user } = running;
  const phone = telegram.person(4711);
  const desktop = new Person(discord, "ann");
  const link = (platform: "telegram" | "discord", externalId: string) =>
    service.accounts.addIdentity({ platform, externalId, userId: user.id });
  await link("telegram", String(phone.id));
  await link("discord", desktop.id);
  const catalogue = createCatalogue(service.app, {
    now: () => service.clock.now(),
    reportUnexpected: (error) => expect.fail(String(error)),
  });
  const bots = startBots({ service, catalogue, settings, secrets, logger: silentLogger });
  service.deliverTo(bots.notifiers);
  onTestFinished(async () => {
    await bots.stop();
    await telegram.stop();
    await discord.close();
    expect(telegram.problems).toEqual([]);
    expect(discord.complaints).toEqual([]);
  });
  return { telegram, discord, phone, desktop };
}

it("tells a trade with the same figures on both platforms, and either steers the strategy", async () => {
  const exchange = await startExchange();
  const running = await startOn(await HOMES[0]!.make(), exchange);
  const { service, user } = running;
  const { discord, phone, desktop } = await connect(running);
  await phone.ask("/version");
  await discord.until(() => discord.commands.length > 0);
  await service.app.strategies.create(user, {
    name: "mean",
    symbol: "BTCUSDT",
    timeframe: "1m",
    ruleText: RULE,
  });
  await service.daemon.ready();
  await until(() => service.daemon.status().connections.every(({ connected }) => connected));
  await running.pass(20);

  const told = () =>
    phone.seen.map(({ text }) => text).filter((text) => text.includes("Closed #1"));
  const direct = () => discord.directMessages(desktop.id).map(({ content }) => content);
  await until(() => told().length > 0 && direct().some((text) => text.includes("Closed #1")));
  const { trades } = await service.app.queries.trades(user, 1, 50);
  const first = trades.find(({ number }) => number === 1);
  const net = Number(first?.pnl).toFixed(2);
  for (const text of [told()[0], direct().find((one) => one.includes("Closed #1"))]) {
    expect(text).toContain("BTCUSDT");
    expect(text).toContain(net);
  }

  phone.say("/chart 1");
  const drawn = () => phone.seen.find(({ photo }) => photo !== null);
  await until(() => drawn() !== undefined);
  expect(drawn()?.text).toContain("#1 mean");
  expect(Buffer.from(drawn()?.photo ?? []).readUInt32BE(16)).toBe(1000);
  const [picture] = (await desktop.slash("trade", { number: 1 }).message()).files;
  expect(picture?.name).toBe("picture.png");
  expect(Buffer.from(picture?.bytes ?? []).readUInt32BE(16)).toBe(1000);

  phone.say("/toggle 1");
  await until(() => service.daemon.strategies(user.id)[0]?.strategy.active === false);
  const shown = await desktop.slash("strategy", { number: 1 }).message();
  expect(shown.content).toMatch(/\boff\b/i);
});

it("keeps trading while a platform is down, and tells everything when it is back", async () => {
  const exchange = await startExchange();
  const running = await startOn(await HOMES[0]!.make(), exchange);
  const { service, user } = running;
  const { telegram, discord, phone } = await connect(running);
  await phone.ask("/version");
  await discord.until(() => discord.commands.length > 0);
  telegram.fail("sendMessage", { kind: "error", code: 502 }, 1_000);
  await service.app.strategies.create(user, {
    name: "mean",
    symbol: "BTCUSDT",
    timeframe: "1m",
    ruleText: RULE,
  });
  await service.daemon.ready();
  await until(() => service.daemon.status().connections.every(({ connected }) => connected));
  await running.pass(15);
  await until(async () => (await service.app.queries.trades(user, 1, 50)).trades.length > 0);
  const opened = () => phone.seen.some(({ text }) => text.includes("Opened #1"));
  expect(opened()).toBe(false);
  telegram.mend();
  await running.pass(10);
  await until(opened);
});
