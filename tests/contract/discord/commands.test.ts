/** Every command of the catalogue on Discord, registered, filled in, answered. */
import { describe, expect, test } from "vitest";
import { closedTrade } from "../../support/test-trades.ts";
import { RULE, SHARED, UNUSED_VERSION } from "../../support/test-app.ts";
import {
  discordWorld,
  EPHEMERAL,
  labels,
  makeStrategy,
  type Values,
  type World,
} from "./discord-fixture.ts";
import type { Person } from "../../support/discord/person.ts";

/** What a person fills in to see each command work; the text is part of a good answer. */
const CALLS: Readonly<Record<string, readonly [values: Values, answer: RegExp]>> = {
  strategies: [{}, /First/],
  strategy: [{ number: 1 }, /#1 First/],
  why: [{ number: 1 }, /rsi\(14\)/],
  toggle: [{ target: "1", state: "off" }, /First/],
  new: [{ name: "Third", symbol: "ETHUSDT", timeframe: "1h", rule: RULE }, /Third on ETHUSDT 1h/],
  edit: [{ number: 1, rule: RULE }, /First/],
  rename: [{ number: 1, name: "Renamed" }, /Renamed/],
  judging: [{ number: 1, mode: "live" }, /First/],
  copy: [{ number: 1, symbol: "ETHUSDT" }, /First/],
  versions: [{ number: 1 }, /versions of its rule[^]*7/],
  revert: [{ number: 1, version: 7 }, /First[^]*sma\(20\)/],
  move: [{ number: 1 }, /follows version 2 now/],
  share: [{ number: 1 }, /vigie-strategy 1[^]*fingerprint/],
  // What is pasted into a slash command loses its line breaks.
  import: [{ text: SHARED.replaceAll("\n", " ") }, /#3 Shared is there for BTCUSDT 1h/],
  templates: [{}, /rsi/i],
  template: [{ template: "rsi-reversal-1h" }, /rsi\(14\)/i],
  adopt: [{ template: "rsi-reversal-1h" }, /RSI/],
  reset: [{ number: 1 }, /First/],
  delete: [{ number: 1 }, /First/],
  positions: [{}, /BTCUSDT/],
  trades: [{}, /trade/i],
  trade: [{ number: 1 }, /BTCUSDT/],
  close: [{ position: "1" }, /closed/],
  pause: [{ scope: "all", duration: "6h" }, /pause|entries/i],
  resume: [{ scope: "ETHUSDT" }, /ETHUSDT/],
  balance: [{}, /USDT/],
  order: [{ number: 1 }, /BTCUSDT/],
  forceexit: [{ position: "1" }, /closed/],
  fx: [{ position: "all" }, /closed/],
  stop: [{}, /2 strategies were switched off/],
  stopentry: [{ duration: "6h" }, /paused for all strategies until/],
  stopbuy: [{}, /paused for all strategies/],
  unlock: [{ scope: "ETHUSDT" }, /ETHUSDT/],
  profit: [{}, /Realised profit: \+9\.80/],
  daily: [{ count: 3 }, /Profit by day[^]*2026-11-22 +\+9\.80/],
  weekly: [{}, /Profit by week[^]*2026-W47/],
  monthly: [{}, /Profit by month[^]*2026-11 /],
  performance: [{ by: "symbol" }, /BTCUSDT +\+9\.80/],
  stats: [{}, /rule +\+9\.80/],
  exits: [{}, /rule +\+9\.80/],
  indicator: [{ name: "kst", timeframe: "4h" }, /know sure thing[^]*[▁-█]{32}/],
  chart: [{ symbol: "BTCUSDT", timeframe: "1h", indicators: "ema(20) rsi(14)" }, /BTCUSDT 1h/],
  equity: [{ strategy: 1 }, /Equity of #1 First/],
  backtest: [{ what: "adx-trend-1d" }, /Backtest: BTCUSDT 1d[^]*max drawdown/],
  optimize: [
    { rule: "timeframe=1d enter long when close > sma({5..15:5})" },
    /Search: BTCUSDT 1d[^]*best of 3 rules[^]*out of sample/,
  ],
  drift: [{ number: 1 }, /candle has closed since strategy #1 began/],
  status: [{ what: "table" }, /Open positions[^]*BTCUSDT/],
  health: [{}, /The service is running[^]*Discord: connected as \\@vigie/],
  count: [{}, /2 of 2 strategies on, one open position/],
  locks: [{}, /paused for ETHUSDT/],
  daemon: [{ what: "restart" }, /restart/i],
  version: [{}, /1\.2\.3/],
  restart: [{}, /restart/i],
  reload: [{}, /strategies were read again/],
  reload_config: [{}, /strategies were read again/],
  help: [{ topic: "rules" }, /enter long/],
  start: [{}, /\/strategies/],
  cancel: [{}, /nothing to cancel/],
  me: [{}, /ann of me/],
  tg_info: [{}, /telegram of ann of tg\\?_info/],
  link: [{}, /[A-Z0-9]{4}-[A-Z0-9]{4}/],
  unlink: [{ platform: "telegram" }, /Telegram/],
  notify: [{ what: "exit", value: "off" }, /exit +off/],
  invite: [{ role: "viewer" }, /[A-Z0-9]{4}-[A-Z0-9]{4}/],
  users: [{}, /ann of/],
  suspend: [{ user: 1 }, /ann of/],
  role: [{ user: 1, role: "viewer" }, /ann of/],
  broadcast: [{ text: "Maintenance tonight" }, /\d+ people are told/],
  ws: [{}, /1m/],
  db: [{}, /trades/],
  logs: [{}, /The log is empty/],
  export: [{}, /One trade in vigie-trades-2026-11-22\.csv/],
  settings: [{ setting: "language", value: "fr" }, /Vos réglages/],
  show_config: [{}, /Your settings/],
  subscribe: [{}, /⛔|works in a group/],
  unsubscribe: [{}, /⛔|works in a group/],
  subscriptions: [{}, /No group or channel gets status messages/],
};

/** A command without an example of its own fails by this. */
const NO_EXAMPLE = [{}, /^an example in CALLS$/] as const;

async function trader(world: World, id = "ann"): Promise<Person> {
  const ann = await world.member(id, { role: "admin" });
  const first = { name: "First", symbol: "BTCUSDT", timeframe: "1m", rule: RULE };
  await makeStrategy(ann, first);
  await makeStrategy(ann, { ...first, name: "Other", symbol: "ETHUSDT" });
  await ann.slash("pause", { scope: "ETHUSDT" }).answered();
  const elsewhere = { platform: "telegram", externalId: `telegram of ${id}`, userId: id } as const;
  await world.accounts.addIdentity(elsewhere);
  world.readModels.addTrade(closedTrade(id, 11));
  world.gateway.openPosition(id, 1);
  world.readModels.addVersion(id, 1, UNUSED_VERSION);
  return ann;
}

describe("commands on Discord", () => {
  test("every command of the catalogue is registered, and works when filled in", async () => {
    const world = await discordWorld();
    const known = world.discord.commands.map(({ name }) => name);
    for (const name of known) {
      const [values, answer] = CALLS[name] ?? NO_EXAMPLE;
      const ann = await trader(world, `ann of ${name}`);
      if (name === "move") {
        const draft = await ann.slash("edit", { number: 1, rule: `${RULE} take 9%` }).message();
        await ann.press(draft, "Change").message();
      }
      let message = await ann.slash(name, values).message();
      if (labels(message).includes("Yes, do it")) {
        message = await ann.press(message, "Yes, do it").message();
      }
      if (!answer.test("⛔")) expect(message.content, `/${name}`).not.toMatch(/⛔/);
      expect(message.content, `/${name}`).toMatch(answer);
    }
    expect(known.toSorted()).toEqual(Object.keys(CALLS).toSorted());
    expect(world.log.filter(({ level }) => level === "error" || level === "warn")).toEqual([]);
  });

  test("options have real types, limits, choices and completion, required ones first", async () => {
    const { discord } = await discordWorld();
    const command = (name: string) => discord.commands.find((one) => one.name === name);
    expect(command("strategy")?.options).toEqual([
      expect.objectContaining({
        name: "number",
        type: 4,
        required: true,
        autocomplete: true,
        min_value: 1,
      }),
    ]);
    expect(command("new")?.options).toMatchObject([
      { name: "name", type: 3, required: true },
      { name: "symbol", type: 3, required: true, autocomplete: true },
      {
        name: "timeframe",
        type: 3,
        choices: expect.arrayContaining([{ name: "1m", value: "1m" }]),
      },
      { name: "rule", type: 3, required: true },
    ]);
    expect(command("profit")?.options).toHaveLength(2);
    expect(command("daily")?.options).toMatchObject([{ name: "count", max_value: 50 }]);
    for (const one of discord.commands) {
      expect(one.integration_types).toEqual([0, 1]);
      expect(one.description_localizations?.fr).toBeTruthy();
    }
    expect(command("strategies")?.contexts).toEqual([0, 1, 2]);
    expect(command("link")?.contexts).toEqual([1]);
  });

  test("completion offers a person's own strategies by name, numbers as numbers", async () => {
    const world = await discordWorld();
    const ann = await trader(world);
    await world.member("bob");
    expect(await ann.complete("strategy", "number", "fir")).toEqual([
      { name: "#1 First (BTCUSDT 1m)", value: 1 },
    ]);
    expect(await ann.complete("toggle", "target", "a")).toContainEqual({
      name: "all",
      value: "all",
    });
    const templates = await ann.complete("adopt", "template", "");
    expect(templates).toHaveLength(25);
  });

  test("strangers are offered nothing while they type, and one neutral line when they send", async () => {
    const world = await discordWorld();
    await trader(world);
    const eve = world.stranger("eve");
    expect(await eve.complete("strategy", "number", "")).toEqual([]);
    for (const where of ["dm", "guild"] as const) {
      const message = await eve.slash("strategies", {}, { where }).message();
      expect(message.content).toMatch(/invited people only/);
      expect(message.flags & EPHEMERAL).toBe(EPHEMERAL);
      expect(message.components).toEqual([]);
    }
    const marie = world.stranger("marie", "fr");
    expect((await marie.slash("balance").message()).content).toMatch(/invit/);
  });

  test("a client that sends nonsense gets a sentence, not an error", async () => {
    const world = await discordWorld();
    const ann = await trader(world);
    const unchecked = { unchecked: true };
    const said = async (name: string, values: Values) =>
      (await ann.slash(name, values, unchecked).message()).content;
    expect(await said("strategy", { number: "one" })).toMatch(/whole number/);
    expect(await said("strategy", {})).toMatch(/Which strategy/);
    expect(await said("rename", { number: 1 })).toMatch(/missing/i);
    expect(await said("strategy", { number: 1, evil: "x" })).toMatch(/no option/i);
    expect(await said("strategie", {})).toMatch(/no command/i);
    expect(await said("dismiss", { call: "x" })).toMatch(/no command/i);
  });

  test("answers in a server are seen by the asker alone, in private they are ordinary", async () => {
    const world = await discordWorld();
    const ann = await trader(world);
    const flags = async (where: "guild" | "dm" | "group-dm") =>
      (await ann.slash("balance", {}, { where }).message()).flags & EPHEMERAL;
    expect(await flags("guild")).toBe(EPHEMERAL);
    expect(await flags("group-dm")).toBe(EPHEMERAL);
    expect(await flags("dm")).toBe(0);
  });

  test("an invitation shows the links that install the bot, with the scopes it needs", async () => {
    const { discord, member } = await discordWorld();
    const admin = await member("boss", { role: "admin" });
    const { content } = await admin.slash("invite", { role: "viewer" }).message();
    const links = [...content.matchAll(/<(https:[^>]+)>/g)].map(([, url = ""]) => new URL(url));
    expect(links.map(({ host, pathname }) => host + pathname)).toEqual([
      "discord.com/oauth2/authorize",
      "discord.com/oauth2/authorize",
    ]);
    expect(links.map(({ searchParams }) => Object.fromEntries(searchParams))).toEqual([
      {
        client_id: discord.applicationId,
        scope: "applications.commands",
        integration_type: "1",
      },
      {
        client_id: discord.applicationId,
        scope: "bot applications.commands",
        permissions: "0",
      },
    ]);
  });

  test("an invitation's code given to /start makes a person, once", async () => {
    const { app, accounts, stranger, member } = await discordWorld({
      adapter: (parts) => ({
        setLanguage: (user, language) => parts.app.accounts.setLanguage(user, language),
      }),
    });
    const admin = await member("boss", { role: "admin" });
    const invited = await admin.slash("invite", { role: "viewer" }).message();
    const code = /[A-Z0-9]{4}(?:-[A-Z0-9]{4})+/.exec(invited.content)?.[0] ?? "";
    expect(invited.flags & EPHEMERAL).toBe(EPHEMERAL);
    const eve = stranger("eve \u202E<@1>", "fr");
    const welcome = await eve.slash("start", { topic: code }).message();
    expect(welcome.content).toMatch(/stratégies/i);
    const made = await app.access.identify("discord", eve.id);
    expect(made).toMatchObject({ name: "eve <@1>", role: "viewer", language: "fr" });
    expect((await eve.slash("balance").message()).content).toMatch(/USDT/);
    const second = stranger("mallory");
    const refused = await second.slash("start", { topic: code }).message();
    expect(refused.content).toMatch(/⛔/);
    expect(await app.access.identify("discord", second.id)).toBeNull();
    expect(await accounts.users()).toHaveLength(2);
  });

  test("the code of /link makes one person of two accounts", async () => {
    const world = await discordWorld();
    const terminal = await world.app.access.ensureConsoleUser();
    const draft = { name: "Mine", symbol: "BTCUSDT", timeframe: "1m", ruleText: RULE } as const;
    await world.app.strategies.create(terminal, draft);
    const { code } = await world.app.linking.createCode(terminal);
    const ann = world.stranger("ann");
    const linked = await ann.slash("link", { code }).message();
    expect(linked.content).toContain("belongs to");
    expect((await ann.slash("strategies").message()).content).toMatch(/Mine/);
    const eve = world.stranger("eve");
    expect((await eve.slash("link", { code }).message()).content).toMatch(/⛔/);
  });
});
