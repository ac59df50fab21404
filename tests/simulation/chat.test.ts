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

/** Both platforms, local. */
async function startPlatforms() {
  const telegram = await BotApiServer.start();
  const discord = await LocalDiscord.start();
  onTestFinished(async () => {
    await telegram.stop();
    await discord.close();
    expect(telegram.problems).toEqual([]);
    expect(discord.complaints).toEqual([]);
  });
  return { telegram, discord, phone: telegram.person(4711), desktop: new Person(discord, "ann") };
}

type Platforms = Awaited<ReturnType<typeof startPlatforms>>;

/** Our side of both. */
function startSpeaking({ service }: Running, { telegram, discord }: Platforms) {
  const { settings, secrets } = loadSettings({
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: telegram.url,
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
  });
  const catalogue = createCatalogue(service.app, {
    now: () => service.clock.now(),
    // As the process has it: buttons live by the time people live in.
    machineNow: () => Date.now(),
    calls: service.calls,
    reportUnexpected: (error) => expect.fail(String(error)),
  });
  const bots = startBots({ service, catalogue, settings, secrets, logger: silentLogger });
  service.deliverTo(bots.notifiers);
  onTestFinished(() => bots.stop());
  return bots;
}

/** Both platforms, with one person of ours on both. */
async function connect(running: Running) {
  const platforms = await startPlatforms();
  const { service, user } = running;
  const { phone, desktop } = platforms;
  const link = (platform: "telegram" | "discord", externalId: string) =>
    service.accounts.addIdentity({ platform, externalId, userId: user.id });
  await link("telegram", String(phone.id));
  await link("discord", desktop.id);
  const bots = startSpeaking(running, platforms);
  return { ...platforms, platforms, bots };
}

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

it("tells a trade with the same figures on both platforms, and its buttons work after a restart", async () => {
  const exchange = await startExchange();
  const home = await HOMES[0]!.make();
  const first = await startOn(home, exchange);
  const { service, user } = first;
  const { discord, phone, desktop, platforms, bots } = await connect(first);
  await phone.ask("/version");
  await discord.until(() => discord.commands.length > 0);
  const mean = { name: "mean", symbol: "BTCUSDT", timeframe: "1m", ruleText: RULE } as const;
  await service.app.strategies.create(user, mean);
  await service.daemon.ready();
  await until(() => service.daemon.status().connections.every(({ connected }) => connected));
  await first.pass(20);

  const onPhone = (words: RegExp) => phone.seen.find(({ text }) => words.test(text));
  const onDesktop = (words: RegExp) =>
    discord.directMessages(desktop.id).find(({ content }) => words.test(content));
  await until(() => onPhone(/Closed #1/) !== undefined && onDesktop(/Closed #1/) !== undefined);
  const [told, toldThere] = [onPhone(/Closed #1/)!, onDesktop(/Closed #1/)!];
  const { trades } = await service.app.queries.trades(user, 1, 50);
  const net = Number(trades.find(({ number }) => number === 1)?.pnl).toFixed(2);
  for (const text of [told.text, toldThere.content]) {
    expect(text).toContain("BTCUSDT");
    expect(text).toContain(net);
    expect(text).toContain("#1 mean, 1m");
    expect(text).toMatch(/Today [+-]?[\d.,]+ USDT \(\d won, \d lost\)/);
  }
  const keys = (text: RegExp) =>
    onPhone(text)
      ?.keyboard.flat()
      .map((key) => key.text);
  expect(keys(/Opened #1/)).toEqual(["Details", "Close", "Pause strategy"]);
  expect(keys(/Closed #1/)).toEqual(["Details", "Pause strategy"]);

  phone.press(told, "Details");
  await until(() => onPhone(/Trade #1: BTCUSDT/) !== undefined);
  const drawn = () => phone.seen.find(({ photo }) => photo !== null);
  await until(() => drawn() !== undefined);
  expect(Buffer.from(drawn()?.photo ?? []).readUInt32BE(16)).toBe(1000);
  const [picture] = (await desktop.slash("trade", { number: 1 }).message()).files;
  expect(picture?.name).toBe("picture.png");
  expect(Buffer.from(picture?.bytes ?? []).readUInt32BE(16)).toBe(1000);
  phone.press(told, "Pause strategy");
  await until(() => service.daemon.pauses(user.id).some(({ scope }) => scope === "#1"));
  const status = await desktop.slash("status").message();
  expect(status.content).toMatch(/paused for strategy #1/);

  await bots.stop();
  await first.stop();
  const second = await startOn(home, exchange);
  startSpeaking(second, platforms);
  await second.service.app.trading.resume(second.user, null);
  expect(second.service.daemon.pauses(second.user.id)).toEqual([]);
  await until(() => discord.gateway.identifies > 1);
  const answer = await desktop.press(toldThere, "Pause strategy").message();
  expect(answer.content).toMatch(/paused for strategy #1/);
  expect(second.service.daemon.pauses(second.user.id)).toMatchObject([{ scope: "#1" }]);
});
