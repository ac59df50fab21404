/**
 * From the environment to settings and secrets, purely: reads what it is given, checks all of it,
 * and reports every problem together. A secret's value appears in no problem and no warning.
 * An empty value counts as absent, because that is what compose files and shells leave behind.
 */
import { closest, distance } from "fastest-levenshtein";
import { Fault } from "../src/domain/fault.ts";
import { SETTINGS, type Secrets, type SettingRow, type Settings } from "./settings.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface SettingProblem {
  readonly name: string;
  /** What was found: the value in quotes, or a phrase where the value is secret. */
  readonly found: string;
  readonly expected: string;
}

/** A name in the environment that is nearly one of ours. */
export interface SettingWarning {
  readonly name: string;
  readonly nearest: string;
}

export interface LoadedSettings {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly warnings: readonly SettingWarning[];
}

/** Code "settings-invalid", facts {count, names}; the list says everything that is wrong. */
export class SettingsFault extends Fault {
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    const names = problems.map((problem) => problem.name).join(" ");
    super("settings-invalid", { count: problems.length, names });
    this.problems = problems;
  }
}

/** Faults: settings-invalid, as a SettingsFault with all problems. */
export function loadSettings(environment: Environment): LoadedSettings {
  const problems: SettingProblem[] = [];
  const settings: Record<string, unknown> = {};
  const secrets: Record<string, unknown> = {};
  for (const [key, row] of Object.entries<SettingRow>(SETTINGS)) {
    (row.secret ? secrets : settings)[key] = read(row, environment, problems);
  }
  // Each row put its value under its own key, and both types are derived from those same rows.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const loaded = { settings, secrets } as Valued;
  checkExposure(loaded, problems);
  checkWebhook(loaded, problems);
  if (problems.length > 0) throw new SettingsFault(problems);
  return { ...loaded, warnings: misspellings(environment) };
}

/** One line per problem, for the person who starts the process. */
export function describeProblems(problems: readonly SettingProblem[]): string {
  return problems
    .map(({ name, found, expected }) => `${name}: found ${found}, expected ${expected}`)
    .join("\n");
}

/** Every text that must never be printed, for the log's scrubber. */
export function secretValues(secrets: Secrets): readonly string[] {
  const { databaseUrl, httpToken, telegramBotToken, telegramWebhookSecret, discordBotToken } =
    secrets;
  const password = databaseUrl === null ? "" : new URL(databaseUrl).password;
  return [
    databaseUrl ?? "",
    httpToken ?? "",
    telegramBotToken ?? "",
    telegramWebhookSecret ?? "",
    discordBotToken ?? "",
    // A short password may well be an everyday word, which must stay readable in the log.
    password.length < MIN_PASSWORD_LENGTH ? "" : decodeURIComponent(password),
  ].filter((value) => value !== "");
}

function read(row: SettingRow, environment: Environment, problems: SettingProblem[]): unknown {
  const given = environment[row.name]?.trim() ?? "";
  const value = given === "" ? row.default : given;
  if (value === null) return null;
  const result = row.kind.schema.safeParse(value);
  if (result.success) return result.data;
  problems.push({ name: row.name, found: shown(row, value), expected: row.kind.expected });
  return null;
}

function shown(row: SettingRow, value: string): string {
  if (row.secret) return "something else (not shown)";
  const short = value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value;
  return JSON.stringify(short);
}

/** Whoever listens beyond this machine must ask for a token. */
function checkExposure({ settings, secrets }: Valued, problems: SettingProblem[]): void {
  const { httpHost, httpToken } = SETTINGS;
  const judged = [httpHost.name, httpToken.name];
  if (problems.some(({ name }) => judged.some((other) => other === name))) return;
  if (LOOPBACK.test(settings.httpHost) || secrets.httpToken !== null) return;
  problems.push({
    name: httpToken.name,
    found: "nothing",
    expected: `${httpToken.kind.expected}, because ${httpHost.name} reaches beyond this machine`,
  });
}

/** A webhook needs a bot, an address that Telegram calls, and a port of its own. */
function checkWebhook({ settings, secrets }: Valued, problems: SettingProblem[]): void {
  const { telegramWebhookUrl: row, telegramWebhookPort, telegramBotToken, httpPort } = SETTINGS;
  const judged = [row.name, telegramWebhookPort.name, telegramBotToken.name, httpPort.name];
  if (problems.some(({ name }) => judged.some((other) => other === name))) return;
  const url = settings.telegramWebhookUrl;
  if (url === null) return;
  const because = `because ${row.name} is set`;
  if (secrets.telegramBotToken === null) {
    const expected = `${telegramBotToken.kind.expected}, ${because}`;
    problems.push({ name: telegramBotToken.name, found: "nothing", expected });
  }
  if (!TELEGRAM_PORTS.includes(new URL(url).port)) {
    const expected = "port 443, 80, 88 or 8443: Telegram calls no other";
    problems.push({ name: row.name, found: shown(row, url), expected });
  }
  if (settings.telegramWebhookPort === settings.httpPort) {
    const found = JSON.stringify(String(settings.httpPort));
    const expected = `another port than ${httpPort.name}, ${because}`;
    problems.push({ name: telegramWebhookPort.name, found, expected });
  }
}

function misspellings(environment: Environment): readonly SettingWarning[] {
  return Object.keys(environment)
    .filter((name) => !NAMES.includes(name) && environment[name] !== "")
    .flatMap((name) => {
      const nearest = nearMiss(name);
      return nearest === null ? [] : [{ name, nearest }];
    });
}

/** Our name cut at an underscore, behind "VIGIE_", in another case, or with a typing mistake. */
function nearMiss(name: string): string | null {
  const bare = name.toUpperCase().replace(/^VIGIE_/, "");
  const whole = NAMES.find((known) => bare.includes("_") && known.startsWith(`${bare}_`));
  if (whole !== undefined) return whole;
  const nearest = closest(bare, NAMES);
  return distance(bare, nearest) <= (nearest.length <= SHORT_NAME ? 1 : 2) ? nearest : null;
}

type Valued = Pick<LoadedSettings, "settings" | "secrets">;

const NAMES: readonly string[] = Object.values<SettingRow>(SETTINGS).map((row) => row.name);
/** The two names and all addresses by which a machine reaches itself alone. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;
/** 443 is what https without a port means. */
const TELEGRAM_PORTS: readonly string[] = ["", "80", "88", "8443"];
const MAX_SHOWN = 60;
const MIN_PASSWORD_LENGTH = 8;
/** Up to this length two changed letters make another word rather than a typing mistake. */
const SHORT_NAME = 8;
