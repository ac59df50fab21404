/**
 * What people do on Discord, translated for the dispatcher: slash commands, buttons, completion. A
 * person is their numeric id; strangers get one neutral line. Every interaction stands alone, so nobody
 * waits for another, and none can throw into the library.
 */
import {
  ApplicationCommandOptionType,
  InteractionContextType,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type Interaction,
} from "discord.js";
import { Fault } from "../../src/domain/fault.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { Caller, Place, Watch } from "../catalogue/command.ts";
import type { Catalogue } from "../catalogue/dispatcher.ts";
import { RateLimit, type RateSettings } from "../catalogue/rate-limit.ts";
import { missedText, type Unreachable } from "../notices/unreachable.ts";
import { languageFor } from "../text/text.ts";
import { linkedView } from "../views/account.ts";
import { faultView } from "../views/faults.ts";
import { Reader } from "../views/reader.ts";
import type { Reply } from "../views/reply.ts";
import { deliver, type Answerable } from "./delivery.ts";
import { channelOf } from "./channel.ts";
import { errorFacts } from "./log-facts.ts";
import { clippedLine, pressedButton } from "./render.ts";
import type { Reception } from "./reception.ts";
import { MAX_DESCRIPTION_LENGTH } from "./slash-commands.ts";

export interface InteractionParts {
  readonly catalogue: Catalogue;
  readonly reception: Reception;
  readonly unreachable: Unreachable;
  readonly logger: Logger;
  readonly now: () => number;
  readonly deferAfterMs: number;
  /** FLOOD unless given. */
  readonly flood?: RateSettings | undefined;
  readonly progressEveryMs: number;
  /** True while the gateway tells what it missed: that may be too old to be answered. */
  readonly catchingUp: () => boolean;
}

/** Beyond this, one account's commands are not even answered with "too fast". */
export const FLOOD: RateSettings = { burst: 40, refillMs: 10_000 };
/** Completion asks at every key. */
const TYPING_FLOOD = { burst: 120, refillMs: 10_000 };
const MAX_CHOICES = 25;
/** Interactions remembered: after a lost socket one may be told twice. */
const MAX_REMEMBERED = 10_000;

type Act = (caller: Caller, watch: Watch) => Promise<Reply>;

export class Interactions {
  readonly #parts: InteractionParts;
  readonly #flood: RateLimit;
  readonly #typingFlood = new RateLimit(TYPING_FLOOD);
  readonly #seen = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(parts: InteractionParts) {
    this.#parts = parts;
    this.#flood = new RateLimit(parts.flood ?? FLOOD);
  }

  /** Takes one from the gateway and answers it; never throws. */
  take(interaction: Interaction): void {
    if (!this.#isNew(interaction.id)) return;
    const flood = interaction.isAutocomplete() ? this.#typingFlood : this.#flood;
    if (flood.take(interaction.user.id, this.#parts.now()) > 0) return;
    const done = this.#handle(interaction)
      .catch((error: unknown) => {
        this.#parts.logger.warn(errorFacts(error), "Discord did not take an answer");
      })
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  /** Resolves when the answers under way are given. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  #isNew(id: string): boolean {
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    if (this.#seen.size <= MAX_REMEMBERED) return true;
    const [oldest] = this.#seen;
    if (oldest !== undefined) this.#seen.delete(oldest);
    return true;
  }

  async #handle(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return this.#complete(interaction);
    if (interaction.isButton()) return this.#press(interaction);
    if (!interaction.isChatInputCommand()) return;
    const { commandName, options } = interaction;
    const input = Object.fromEntries(options.data.map(({ name, value }) => [name, value]));
    await this.#answer(interaction, null, (caller, watch) =>
      this.#parts.catalogue.run(commandName, input, caller, watch),
    );
  }

  async #press(interaction: ButtonInteraction): Promise<void> {
    const pressed = pressedButton(interaction.customId);
    const replaces = pressed?.kind === "notice" ? null : interaction;
    await this.#answer(interaction, replaces, (caller, watch) =>
      // An id that nobody was given has expired like any other.
      this.#parts.catalogue.press(pressed?.id ?? "", caller, watch),
    );
  }

  async #answer(
    interaction: Answerable,
    replaces: ButtonInteraction | null,
    act: Act,
  ): Promise<void> {
    const { unreachable, catchingUp } = this.#parts;
    const amongOthers = placeOf(interaction) === "group";
    // What cannot be answered any more must not be done either: the person has tried again by now.
    const deferAfterMs = catchingUp() ? 0 : this.#parts.deferAfterMs;
    const work = (watch: Watch) => this.#reply(interaction, (caller) => act(caller, watch));
    const { progressEveryMs, logger } = this.#parts;
    const onTrouble = (error: unknown) =>
      logger.debug(errorFacts(error), "how far a command is was not shown");
    const delivery = { replaces, amongOthers, deferAfterMs, progressEveryMs, onTrouble };
    await deliver(interaction, work, delivery);
    const missed = await unreachable.back(interaction.user.id);
    const { language } = readerFor(interaction, this.#parts.now());
    const line = missed === null ? null : missedText(language, "discord", missed);
    if (line !== null) await interaction.followUp({ content: line, flags: "Ephemeral" });
  }

  /** Never rejects: what goes wrong becomes the answer. */
  async #reply(interaction: Answerable, act: (caller: Caller) => Promise<Reply>): Promise<Reply> {
    const { catalogue, reception } = this.#parts;
    const reader = readerFor(interaction, this.#parts.now());
    try {
      const place = placeOf(interaction);
      const user = await reception.identify(interaction.user);
      const chat = channelOf(interaction);
      if (user !== null) return await act({ user, platform: "discord", place, ...chat });
      const isCommand = interaction.isChatInputCommand();
      const admitted = isCommand ? await reception.admit(interaction) : null;
      if (admitted === null) return strangerReply(reader);
      if (isCommand && interaction.commandName === "link") {
        return { ...linkedView(reader, admitted), buttons: [] };
      }
      return await catalogue.run("start", {}, { user: admitted, platform: "discord", place });
    } catch (error) {
      if (!(error instanceof Fault)) {
        this.#parts.logger.error(errorFacts(error), "a Discord command failed");
      }
      return { ...faultView(reader, error, null), buttons: [], ephemeral: true };
    }
  }

  async #complete(interaction: AutocompleteInteraction): Promise<void> {
    const { reception, catalogue } = this.#parts;
    const { name, value, type } = interaction.options.getFocused(true);
    const user = await reception.identify(interaction.user);
    if (user === null) return interaction.respond([]);
    const caller: Caller = { user, platform: "discord", place: placeOf(interaction) };
    const offered = catalogue.suggest(interaction.commandName, name, value, caller);
    const numeric = type !== ApplicationCommandOptionType.String;
    const choices = offered.map((one) => ({
      name: clippedLine(one.label, MAX_DESCRIPTION_LENGTH),
      value: numeric ? Number(one.value) : String(one.value),
    }));
    const valid = choices.filter((one) =>
      typeof one.value === "number"
        ? Number.isFinite(one.value)
        : one.value.length <= MAX_DESCRIPTION_LENGTH,
    );
    await interaction.respond(valid.slice(0, MAX_CHOICES));
  }
}

/** Only a conversation with us alone is private; servers and group messages have readers. */
function placeOf({ context, guildId }: Interaction): Place {
  if (context === null) return guildId === null ? "private" : "group";
  return context === InteractionContextType.BotDM ? "private" : "group";
}

/** For someone not known yet: the language of their Discord. */
function readerFor({ locale }: Interaction, now: number): Reader {
  const person = { language: languageFor(locale), timeZone: "UTC" };
  return new Reader(person, { now, quoteAsset: "" });
}

function strangerReply(reader: Reader): Reply {
  const block = { kind: "text", text: reader.text("stranger") } as const;
  return { tone: "neutral", blocks: [block], buttons: [], ephemeral: true };
}
