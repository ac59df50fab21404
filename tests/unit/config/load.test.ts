/** Loading settings: defaults, every problem at once, secrets kept out of sight, near misses. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  describeProblems,
  loadSettings,
  SettingsFault,
  secretValues,
  type Environment,
  type SettingProblem,
} from "../../../config/load.ts";
import { SETTINGS } from "../../../config/settings.ts";

function problemsOf(environment: Environment): readonly SettingProblem[] {
  try {
    loadSettings(environment);
  } catch (error) {
    if (error instanceof SettingsFault) return error.problems;
    throw error;
  }
  return [];
}

const namesOf = (environment: Environment) => problemsOf(environment).map(({ name }) => name);

describe("what an environment gives", () => {
  it("is every default when nothing is set", () => {
    const { settings, secrets, warnings } = loadSettings({});
    expect(settings).toEqual({
      dataDir: "data/",
      binanceWsUrl: "wss://data-stream.binance.vision",
      binanceRestUrl: "https://data-api.binance.vision",
      clock: "system",
      httpHost: "127.0.0.1",
      httpPort: 3000,
      telegramApiRoot: "https://api.telegram.org",
      telegramWebhookUrl: null,
      telegramWebhookHost: "127.0.0.1",
      telegramWebhookPort: 8080,
      discordApiUrl: "https://discord.com/api",
      logLevel: "info",
      logFormat: "auto",
      paperBalance: "10000",
      paperFee: "0.001",
      paperSlippage: "0.0005",
      statusMinutes: 5,
      maxStrategiesPerUser: 200,
    });
    expect(secrets).toEqual({
      databaseUrl: null,
      httpToken: null,
      telegramBotToken: null,
      telegramWebhookSecret: null,
      discordBotToken: null,
    });
    expect(warnings).toEqual([]);
  });

  it("takes each value under its own name and keeps money as text", () => {
    const { settings, secrets } = loadSettings({
      DATABASE_URL: "postgres://vigie:pw@db:5432/vigie?host=/run/pg/",
      CLOCK: "feed",
      HTTP_PORT: "0",
      PAPER_BALANCE: "2500.50",
      BINANCE_WS_URL: "ws://127.0.0.1:9443/",
    });
    expect(settings).toMatchObject({ clock: "feed", httpPort: 0, paperBalance: "2500.50" });
    expect(settings.binanceWsUrl).toBe("ws://127.0.0.1:9443");
    expect(secrets.databaseUrl).toBe("postgres://vigie:pw@db:5432/vigie?host=/run/pg/");
  });

  it("reads an empty or blank value as absent", () => {
    const { settings, secrets } = loadSettings({
      HTTP_TOKEN: "",
      HTTP_PORT: "  ",
      CLOCK: " feed ",
    });
    expect(settings.httpPort).toBe(3000);
    expect(settings.clock).toBe("feed");
    expect(secrets.httpToken).toBeNull();
  });
});

describe("what is wrong", () => {
  it("is reported all at once, each with what was found and what is expected", () => {
    const problems = problemsOf({ CLOCK: "sundial", HTTP_PORT: "70000", HTTP_HOST: "0.0.0.0" });
    expect(problems).toEqual([
      { name: "CLOCK", found: '"sundial"', expected: "system or feed" },
      { name: "HTTP_PORT", found: '"70000"', expected: "a whole number from 0 to 65535" },
      expect.objectContaining({ name: "HTTP_TOKEN", found: "nothing" }),
    ]);
    expect(describeProblems(problems).split("\n")).toHaveLength(3);
  });

  it.each([
    ["HTTP_PORT", "-1"],
    ["HTTP_PORT", "3000.5"],
    ["PAPER_FEE", "0.2"],
    ["PAPER_FEE", "1e-3"],
    ["PAPER_BALANCE", "0"],
    ["PAPER_BALANCE", "NaN"],
    ["STATUS_MINUTES", "soon"],
    ["MAX_STRATEGIES_PER_USER", "0"],
    ["BINANCE_REST_URL", "data-api.binance.vision"],
    ["BINANCE_WS_URL", "https://data-stream.binance.vision"],
    ["DATABASE_URL", "mysql://localhost/vigie"],
    ["LOG_LEVEL", "loud"],
    ["HTTP_TOKEN", "short"],
    ["TELEGRAM_WEBHOOK_URL", "http://vigie.example/hook"],
    ["TELEGRAM_WEBHOOK_SECRET", "only_fifteen_ch"],
    ["TELEGRAM_WEBHOOK_SECRET", "no spaces, no signs!"],
    ["TELEGRAM_WEBHOOK_PORT", "0"],
  ])("%s cannot be %s", (name, value) => {
    expect(namesOf({ [name]: value })).toEqual([name]);
  });

  it("never shows any part of a secret", () => {
    const text = fc.stringMatching(/^[a-z0-9]{4,15}$/);
    const names = fc.constantFrom("HTTP_TOKEN", "DATABASE_URL");
    fc.assert(
      fc.property(text, names, (secret, name) => {
        const marked = `Zq${secret}`.slice(0, 15);
        const problems = problemsOf({ [name]: marked });
        expect(problems).toHaveLength(1);
        expect(JSON.stringify(problems)).not.toContain(marked);
      }),
    );
  });

  it("is listening beyond this machine without a token", () => {
    const token = "a-token-of-twenty-ch";
    expect(namesOf({ HTTP_HOST: "0.0.0.0" })).toEqual(["HTTP_TOKEN"]);
    expect(namesOf({ HTTP_HOST: "example.org", HTTP_TOKEN: "short" })).toEqual(["HTTP_TOKEN"]);
    expect(namesOf({ HTTP_HOST: "0.0.0.0", HTTP_TOKEN: token })).toEqual([]);
    for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "::1"]) {
      expect(namesOf({ HTTP_HOST: host })).toEqual([]);
    }
  });
});

describe("a webhook", () => {
  const TELEGRAM_BOT_TOKEN = "123456789:AAaaaaaaaaaaaaaaaaaa";
  const TELEGRAM_WEBHOOK_URL = "https://vigie.example/hook";
  const whole = { TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_URL };

  it("needs no more than a bot and an address, on one of the ports that Telegram calls", () => {
    expect(loadSettings(whole).settings.telegramWebhookUrl).toBe(TELEGRAM_WEBHOOK_URL);
    for (const port of [443, 80, 88, 8443]) {
      const url = `https://vigie.example:${port}/hook`;
      expect(namesOf({ ...whole, TELEGRAM_WEBHOOK_URL: url })).toEqual([]);
    }
  });

  it("is refused without a bot, on another port, and on the port of the operators' server", () => {
    expect(describeProblems(problemsOf({ TELEGRAM_WEBHOOK_URL }))).toBe(
      "TELEGRAM_BOT_TOKEN: found nothing, expected 16 to 512 characters without spaces, because TELEGRAM_WEBHOOK_URL is set",
    );
    const odd = { ...whole, TELEGRAM_WEBHOOK_URL: "https://vigie.example:8080" };
    expect(describeProblems(problemsOf(odd))).toBe(
      'TELEGRAM_WEBHOOK_URL: found "https://vigie.example:8080", expected port 443, 80, 88 or 8443: Telegram calls no other',
    );
    expect(describeProblems(problemsOf({ ...whole, TELEGRAM_WEBHOOK_PORT: "3000" }))).toBe(
      'TELEGRAM_WEBHOOK_PORT: found "3000", expected another port than HTTP_PORT, because TELEGRAM_WEBHOOK_URL is set',
    );
  });

  it("that is not wanted leaves its other settings without a meaning", () => {
    expect(namesOf({ TELEGRAM_WEBHOOK_PORT: "3000", TELEGRAM_WEBHOOK_HOST: "::" })).toEqual([]);
  });

  it("has a secret that is kept out of the log", () => {
    const secret = "a-secret_of_20_chars";
    const { secrets } = loadSettings({ ...whole, TELEGRAM_WEBHOOK_SECRET: secret });
    expect(secretValues(secrets)).toContain(secret);
  });
});

describe("names that are nearly ours", () => {
  it.each([
    ["DATABSE_URL", "DATABASE_URL"],
    ["database_url", "DATABASE_URL"],
    ["BINANCE_WS", "BINANCE_WS_URL"],
    ["LOGLEVEL", "LOG_LEVEL"],
    ["VIGIE_HTTP_PORT", "HTTP_PORT"],
    ["HTTP_PORTS", "HTTP_PORT"],
  ])("%s is pointed to %s", (name, nearest) => {
    expect(loadSettings({ [name]: "x" }).warnings).toEqual([{ name, nearest }]);
  });

  it.each(["HTTP_PROXY", "PATH", "HOME", "LANG", "TERM", "DATABASE", "HOSTNAME", "NODE_ENV"])(
    "%s is left alone",
    (name) => {
      expect(loadSettings({ [name]: "x" }).warnings).toEqual([]);
    },
  );

  it("are never pointed out when they are ours", () => {
    const names = Object.values(SETTINGS).map((row) => row.name);
    expect(new Set(names).size).toBe(names.length);
    const { warnings } = loadSettings(Object.fromEntries(names.map((name) => [name, ""])));
    expect(warnings).toEqual([]);
  });
});

describe("the values to keep out of the log", () => {
  it("are the secrets and a database password that is no everyday word", () => {
    const url = "postgres://vigie:correct%20horse@db/vigie";
    const { secrets } = loadSettings({ DATABASE_URL: url, HTTP_TOKEN: "0123456789abcdef" });
    expect(secretValues(secrets)).toEqual([url, "0123456789abcdef", "correct horse"]);
  });

  it("leave out a short password, whose word must stay readable", () => {
    const { secrets } = loadSettings({ DATABASE_URL: "postgres://vigie:vigie@db/vigie" });
    expect(secretValues(secrets)).toEqual(["postgres://vigie:vigie@db/vigie"]);
  });
});
