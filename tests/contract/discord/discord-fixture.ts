/**
 * The Discord adapter on a local Discord, with the application on stand-ins: what every test of the
 * adapter starts from. At the end nothing is left open and no request was against the description.
 */
import { ApplicationCommandOptionType } from "discord.js";
import { expect, onTestFinished } from "vitest";
import { createCatalogue } from "../../../bots/catalogue/catalogue.ts";
import type { CatalogueOptions } from "../../../bots/catalogue/catalogue.ts";
import type { Catalogue } from "../../../bots/catalogue/dispatcher.ts";
import {
  startDiscord,
  type DiscordAdapter,
  type DiscordOptions,
} from "../../../bots/discord/discord.ts";
import type { User } from "../../../src/domain/user.ts";
import type { LogFacts, Logger } from "../../../src/ports/logger.ts";
import { Person } from "../../support/discord/person.ts";
import { LocalDiscord } from "../../support/discord/server.ts";
import type { LocalMessage } from "../../support/discord/shapes.ts";
import { MemoryCallStore } from "../../support/memory-calls.ts";
import { outwardOf } from "../../support/test-bot.ts";
import { person, testApp, type TestApp } from "../../support/test-app.ts";

export interface LogLine {
  readonly level: string;
  readonly facts: LogFacts;
  readonly message: string;
}

export interface World extends TestApp {
  readonly discord: LocalDiscord;
  readonly adapter: DiscordAdapter;
  readonly catalogue: Catalogue;
  /** Everything that was logged. */
  readonly log: LogLine[];
  /** A stranger with a Discord account. */
  readonly stranger: (username: string, locale?: string) => Person;
  /** A person whose Discord account is linked to a user of that id. */
  readonly member: (id: string, change?: Partial<User>) => Promise<Person>;
}

export interface WorldOptions {
  readonly discord?: LocalDiscord;
  readonly adapter?: Partial<DiscordOptions> | ((parts: TestApp) => Partial<DiscordOptions>);
  readonly catalogue?: Partial<CatalogueOptions>;
  /** Do not wait until the commands are registered. */
  readonly eager?: boolean;
}

/** Pauses that would only cost time here. */
export const QUICK = { firstRetryMs: 1, longestRetryMs: 5 };

export async function discordWorld(options: WorldOptions = {}): Promise<World> {
  const discord = options.discord ?? (await LocalDiscord.start());
  const parts = testApp();
  const log: LogLine[] = [];
  const logger = loggerInto(log);
  const catalogue = createCatalogue(parts.app, {
    now: () => parts.clock.now(),
    calls: new MemoryCallStore(),
    rate: { burst: 10_000, refillMs: 1 },
    reportUnexpected: (error) => logger.error({ error: String(error) }, "unexpected"),
    ...options.catalogue,
  });
  const changed = typeof options.adapter === "function" ? options.adapter(parts) : options.adapter;
  const adapter = startDiscord({
    token: discord.token,
    apiUrl: discord.apiUrl,
    catalogue,
    access: parts.app.access,
    accounts: parts.accounts,
    ...outwardOf(parts, catalogue),
    logger,
    // Tests are faster than people; the limit itself has its own test.
    flood: { burst: 10_000, refillMs: 1 },
    ...changed,
    timing: { ...QUICK, deferAfterMs: 5_000, ...changed?.timing },
  });
  parts.app.doors.add(adapter.door);
  onTestFinished(async () => {
    await adapter.stop();
    await discord.close();
    expect(discord.complaints).toEqual([]);
  });
  if (options.eager !== true) {
    await discord.until(() => discord.commands.length > 0 && adapter.status().state === "up");
  }
  const stranger = (username: string, locale?: string) => new Person(discord, username, locale);
  const member = async (id: string, change?: Partial<User>): Promise<Person> => {
    const made = stranger(id);
    const identity = { platform: "discord", externalId: made.id, userId: id } as const;
    await parts.accounts.createUser(person(id, change), identity);
    return made;
  };
  return { ...parts, discord, adapter, catalogue, log, stranger, member };
}

/** Types /new and says yes to what it shows; resolves to the answer. */
export async function makeStrategy(owner: Person, values: Values): Promise<LocalMessage> {
  const preview = await owner.slash("new", values).message();
  return owner.press(preview, "Create").message();
}

export function loggerInto(lines: LogLine[]): Logger {
  const writer = (level: string) => (facts: LogFacts, message: string) => {
    lines.push({ level, facts, message });
  };
  const logger: Logger = {
    debug: writer("debug"),
    info: writer("info"),
    warn: writer("warn"),
    error: writer("error"),
    child: () => logger,
  };
  return logger;
}

/** Resolves when `done` says so; looked at between turns of the event loop. */
export async function eventually(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setImmediate(resolve));
}

export function labels(message: LocalMessage): readonly string[] {
  return message.components.flatMap((row) =>
    row.components.map((one) => ("label" in one ? (one.label ?? "") : "")),
  );
}

export const EPHEMERAL = 64;

export type Values = Readonly<Record<string, string | number | boolean>>;

/** Something for each option that a command needs; what is `wanted` by name goes before. */
export function filledIn(discord: LocalDiscord, command: string, wanted: Values = {}): Values {
  const options = discord.commands.find(({ name }) => name === command)?.options ?? [];
  const values = options.flatMap((option) => {
    const value = wanted[option.name];
    if (value !== undefined) return [[option.name, value] as const];
    return option.required === true ? [[option.name, anyValue(option)] as const] : [];
  });
  return Object.fromEntries(values);
}

type SlashOption = NonNullable<LocalDiscord["commands"][number]["options"]>[number];

function anyValue(option: SlashOption): string | number | boolean {
  if ("choices" in option) return option.choices?.[0]?.value ?? "";
  if (option.type === ApplicationCommandOptionType.String) return "1";
  return option.type === ApplicationCommandOptionType.Boolean ? true : 1;
}
