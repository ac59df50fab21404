/** Every command of the catalogue, typed on a phone: it is understood, answered, and within Telegram's limits. */
import { describe, expect, it } from "vitest";
import { namesOf } from "../../../bots/catalogue/command.ts";
import { LANGUAGES, text } from "../../../bots/text/text.ts";
import { RULE, SHARED, UNUSED_VERSION } from "../../support/test-app.ts";
import { closedTrade } from "../../support/test-trades.ts";
import { scene, type Member, type Scene } from "./telegram-scene.ts";

/** Words for each command, and what of the answer proves that it ran. */
const TYPED: Readonly<Record<string, readonly [words: string, shows: RegExp]>> = {
  strategies: ["", /2 strategies, 2 on/],
  strategy: ["1", /BTCUSDT[^]*enter long/],
  cancel: ["", /nothing to cancel/],
  why: ["1", /On the candle that closed/],
  toggle: ["1 off", /#1 .* is off/],
  new: [`dips ETHUSDT 5m ${RULE}`, /dips on ETHUSDT 5m, not made yet/],
  edit: [`1 ${RULE} take 5%`, /#1 .* with another rule, not changed yet/],
  rename: ["1 My darling", /My darling/],
  judging: ["1 live", /changed/],
  copy: ["1 ETHUSDT", /runs on ETHUSDT/],
  versions: ["1", /versions of its rule[^]*7/],
  revert: ["1 7 yes", /is changed[^]*sma\(20\)/],
  move: ["1 yes", /follows version 2 now[^]*98\.00 → 95\.00/],
  share: ["1", /vigie-strategy 1[^]*fingerprint: [0-9a-f-]{19}/],
  import: [`${SHARED} yes`, /#3 Shared is there for BTCUSDT 1h/],
  templates: ["", /42 built-in rules/],
  template: ["rsi-reversal-1m", /enter long/],
  adopt: ["macd-momentum-1h", /MACD momentum 1h runs on BTCUSDT/],
  reset: ["1 yes", /starts afresh/],
  delete: ["2 yes", /is removed/],
  positions: ["", /BTCUSDT/],
  trades: ["", /11 BTCUSDT/],
  trade: ["1", /Open position #1/],
  order: ["11", /Trade #11: BTCUSDT/],
  forceexit: ["1 yes", /was closed at the market price/],
  fx: ["all yes", /was closed at the market price/],
  stop: ["yes", /2 strategies were switched off/],
  stopentry: ["6h", /New entries are paused for all strategies until/],
  stopbuy: ["", /New entries are paused for all strategies/],
  unlock: ["", /Entries are allowed again/],
  close: ["all yes", /was closed at the market price/],
  pause: ["6h", /New entries are paused for all strategies until/],
  resume: ["", /Entries are allowed again/],
  balance: ["", /Balance of 2 strategies/],
  profit: ["", /Realised profit/],
  daily: ["", /Profit by day[^]*2026-11-22/],
  weekly: ["3", /Profit by week[^]*2026-W47/],
  monthly: ["", /Profit by month[^]*2026-11/],
  performance: ["symbol", /BTCUSDT +\+9\.80/],
  stats: ["", /rule +\+9\.80/],
  exits: ["", /rule +\+9\.80/],
  indicator: ["kst BTCUSDT 4h", /know sure thing[^]*[▁-█]{32}/],
  chart: ["BTCUSDT 4h ema(20) rsi(14)", /BTCUSDT 4h[^]*[▁-█]{32}/],
  equity: ["", /Equity of 2 strategies/],
  backtest: ["adx-trend-1d", /Backtest: BTCUSDT 1d[^]*max drawdown[^]*Last 30 %/],
  optimize: [
    "timeframe=1d enter long when close > sma({5..15:5})",
    /Search: BTCUSDT 1d[^]*best of 3 rules[^]*out of sample/,
  ],
  drift: ["1", /candle has closed since strategy #1 began/],
  status: ["table", /Open positions[^]*BTCUSDT/],
  health: ["", /The service is running[^]*Telegram: connected as @\u2060VigieBot/],
  count: ["", /2 of 2 strategies on, one open position/],
  locks: ["", /The service is running/],
  daemon: ["restart yes", /engine was restarted/],
  version: ["", /Vigie 1\.2\.3/],
  restart: ["yes", /engine was restarted/],
  reload: ["", /2 strategies were read again/],
  reload_config: ["", /2 strategies were read again/],
  export: ["", /One trade in vigie-trades-2026-11-22/],
  ws: ["", /4h +down/],
  db: ["", /trades/],
  logs: ["", /./],
  invite: ["trader", /\/start (?:[A-Z0-9]{4}-){4}/],
  users: ["", /u1[^]*u2/],
  suspend: ["2", /✅/],
  role: ["2 viewer", /✅/],
  broadcast: ["Hello all yes", /./],
  me: ["", /u1[^]*Europe\/Paris/],
  tg_info: ["", /u1[^]*Telegram: 1/],
  link: ["", /\/link [A-Z0-9]{4}-[A-Z0-9]{4}/],
  unlink: ["discord yes", /✅/],
  notify: ["", /exit/],
  subscribe: ["hourly", /works in a group/],
  unsubscribe: ["", /works in a group/],
  subscriptions: ["", /No group or channel gets status messages/],
  help: ["", /List your strategies/],
  start: ["", /List your strategies/],
  settings: ["language fr", /Vos réglages/],
  show_config: ["", /Your settings/],
};

/** The stand-ins keep no log and no outbox, and groups are elsewhere: that this is said is the answer. */
const NOT_KEPT = ["logs", "broadcast", "subscribe", "unsubscribe"];

/** What must be so afterwards, where the answer alone does not show it. */
const EFFECTS: Readonly<Record<string, (bot: Scene) => Promise<unknown>>> = {
  suspend: async ({ accounts }) =>
    expect(await accounts.user("u2")).toMatchObject({ suspended: true }),
  role: async ({ accounts }) => expect(await accounts.user("u2")).toMatchObject({ role: "viewer" }),
  unlink: async ({ accounts }) => expect(await accounts.identities("u1")).toHaveLength(1),
  toggle: async ({ gateway }) => expect(gateway.strategies("u1")[0]?.strategy.active).toBe(false),
  close: async ({ gateway }) => expect(gateway.strategies("u1")[0]?.position).toBeNull(),
  move: async ({ gateway }) =>
    expect(gateway.strategies("u1")[0]?.position?.position.ruleVersion).toBe(2),
  delete: async ({ gateway }) => expect(gateway.strategies("u1")).toHaveLength(1),
  restart: async ({ gateway }) => expect(gateway.restarts).toBe(1),
};

async function equipped(bot: Scene, id: number): Promise<Member> {
  const member = await bot.member(id, { role: "admin", timeZone: "Europe/Paris" });
  await bot.member(id + 1, { createdAt: 1 });
  const discord = { platform: "discord", externalId: "9", userId: member.user.id } as const;
  await bot.accounts.addIdentity(discord);
  await bot.say("/adopt rsi-reversal-1m", member.user);
  await bot.say(`/new second BTCUSDT 1h ${RULE} yes`, member.user);
  bot.gateway.openPosition(member.user.id, 1);
  bot.readModels.addTrade(closedTrade(member.user.id, 11));
  bot.readModels.addVersion(member.user.id, 1, UNUSED_VERSION);
  return member;
}

describe("on Telegram", () => {
  it("there is a test for every command", async () => {
    const bot = await scene();
    const known = bot.catalogue.commands("admin").flatMap(namesOf);
    expect(Object.keys(TYPED).toSorted()).toEqual(known.toSorted());
  });

  it.for(Object.entries(TYPED))("/%s works", async ([name, [words, shows]]) => {
    const bot = await scene();
    const { phone, user } = await equipped(bot, 1);
    if (["resume", "unlock"].includes(name)) await bot.say("/pause", user);
    if (name === "move") await bot.say(`/edit 1 ${RULE} take 9% yes`, user);
    const answer = await phone.ask(`/${name} ${words}`.trim());
    expect(answer.text).toMatch(shows);
    if (!NOT_KEPT.includes(name)) expect(answer.text).not.toContain("❗");
    await EFFECTS[name]?.(bot);
    expect(bot.unexpected).toEqual([]);
  });

  it("the bot's own name in any case and capital letters are understood", async () => {
    const bot = await scene();
    const { phone } = await equipped(bot, 1);
    for (const typed of ["/STATUS", "/status@vigieBOT", "/Daily@VigieBot 3"]) {
      expect((await phone.ask(typed)).text).not.toContain("❗");
    }
  });

  it("words that are wrong are answered with how to write them", async () => {
    const bot = await scene();
    const { phone } = await bot.member(1);
    expect((await phone.ask("/strategy many")).text).toContain("Usage: /strategy <number>");
    expect((await phone.ask("/stratgies")).text).toContain("Did you mean /strategies?");
    expect((await phone.ask("good morning")).text).toContain('no command "good"');
  });

  it("a person gets from /start to running strategies in three taps", async () => {
    const bot = await scene();
    const { phone, user } = await bot.member(1);
    const templates = await phone.ask("/templates");
    await phone.pressAndSee(templates, "Adopt all 42");
    expect(bot.app.queries.strategies(user)).toHaveLength(42);
  });

  it("tables are no wider than a narrow phone", async () => {
    const bot = await scene();
    const { phone } = await equipped(bot, 1);
    for (const typed of ["/strategies", "/positions", "/status", "/templates"]) {
      const { text: shown, entities } = await phone.ask(typed);
      const tables = entities.filter(({ type }) => type === "pre");
      const lines = tables.flatMap(({ offset, length }) =>
        shown.slice(offset, offset + length).split("\n"),
      );
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter((line) => line.length > 32)).toEqual([]);
    }
  });

  it("answers in the person's language", async () => {
    const bot = await scene();
    const { phone } = await bot.member(1, { language: "fr" });
    expect((await phone.ask("/positions")).text).toBe(text("fr", "positions-none"));
  });
});

describe("the menus", () => {
  it("are registered for private chats and groups in every language", async () => {
    const bot = await scene();
    const menus = await bot.server.until(() =>
      bot.server.menus.size === 2 * LANGUAGES.length ? bot.server.menus : undefined,
    );
    expect([...menus.keys()].toSorted()).toEqual([
      "all_group_chats",
      "all_group_chats fr",
      "all_private_chats",
      "all_private_chats fr",
    ]);
    const names = (key: string) => menus.get(key)?.map(({ command: name }) => name) ?? [];
    expect(names("all_private_chats")).toEqual(
      bot.catalogue.commands("trader").map(({ name }) => name),
    );
    expect(names("all_private_chats")).toContain("close");
    expect(names("all_private_chats")).not.toContain("restart");
    expect(names("all_group_chats")).not.toContain("close");
    const french = menus.get("all_private_chats fr")?.find((one) => one.command === "close");
    expect(french?.description).toBe(text("fr", "command-close"));
  });

  it("do not keep the bot from answering when Telegram refuses them", async () => {
    const bot = await scene({
      before: (server) => server.fail("setMyCommands", { kind: "error", code: 400 }),
    });
    const { phone } = await bot.member(1);
    expect((await phone.ask("/version")).text).toBe("Vigie 1.2.3");
    expect(await bot.logged("menus")).toMatchObject({ level: "warn", facts: { code: 400 } });
  });
});
