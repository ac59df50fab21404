/**
 * A person with a Discord client: types commands as the client would allow them, presses buttons that are
 * there, and asks for completion.
 */
import { randomBytes } from "node:crypto";
import { LocalInteraction, type Choice } from "./interaction.ts";
import type { LocalDiscord } from "./server.ts";
import { localUser, snowflake, type LocalMessage, type LocalUser, type Where } from "./shapes.ts";

type Values = Readonly<Record<string, string | number | boolean>>;

export interface Sending {
  readonly where?: Where;
  /** Skips what a client checks before it sends: for hostile and outdated clients. */
  readonly unchecked?: boolean;
  /** What the bot may do in the channel, as Discord's bits; nothing unless said. */
  readonly permissions?: bigint;
  /** The bot is a member of the server, not only somebody's own. */
  readonly installed?: boolean;
}

const CONTEXTS: Readonly<Record<Where, number>> = { guild: 0, dm: 1, "group-dm": 2 };
const TYPE_NAMES: Readonly<Record<number, string>> = {
  3: "string",
  4: "number",
  5: "boolean",
  10: "number",
};

export class Person {
  readonly user: LocalUser;
  readonly #discord: LocalDiscord;
  readonly #guildId = snowflake();
  /** The channel of a server that the person writes in. */
  readonly guildChannel = snowflake();

  constructor(discord: LocalDiscord, username: string, locale = "en-US") {
    this.#discord = discord;
    this.user = localUser(username, locale);
  }

  get id(): string {
    return this.user.id;
  }

  /** Types a slash command. */
  slash(name: string, values: Values = {}, sending: Sending = {}): LocalInteraction {
    if (sending.unchecked !== true) this.#check(name, values);
    const options = Object.entries(values).map(([option, value]) => ({
      name: option,
      type: this.#typeOf(name, option) ?? (typeof value === "number" ? 10 : 3),
      value,
    }));
    const data = { id: snowflake(), name, type: 1, options };
    const { where = "dm", permissions, installed } = sending;
    return this.#send({ type: 2, data, message: null, where, permissions, installed });
  }

  /** Presses the button with this label, or this custom id. */
  press(message: LocalMessage, button: string, sending: Sending = {}): LocalInteraction {
    const found = message.components
      .flatMap((row) => row.components)
      .find((one) => one.custom_id === button || ("label" in one && one.label === button));
    if (found === undefined && sending.unchecked !== true) throw new Error(`no button ${button}`);
    const data = { component_type: 2, custom_id: found?.custom_id ?? button };
    return this.#send({ type: 3, data, message, where: sending.where ?? "dm" });
  }

  /** What is offered while an option is being typed. */
  async complete(name: string, option: string, typed: string): Promise<readonly Choice[]> {
    const type = this.#typeOf(name, option);
    const command = this.#discord.commands.find((one) => one.name === name);
    const spec = command?.options?.find((one) => one.name === option);
    if (type === null || spec === undefined || !("autocomplete" in spec)) {
      throw new Error(`no completion of ${option} in /${name}`);
    }
    const options = [{ name: option, type, value: typed, focused: true }];
    const data = { id: snowflake(), name, type: 1, options };
    const asked = this.#send({ type: 4, data, message: null, where: "dm", focusedType: type });
    await asked.answered();
    return asked.choices ?? [];
  }

  #send(said: {
    readonly type: number;
    readonly data: object;
    readonly message: LocalMessage | null;
    readonly where: Where;
    readonly focusedType?: number;
    readonly permissions?: bigint | undefined;
    readonly installed?: boolean | undefined;
  }): LocalInteraction {
    const owners = said.installed === true ? { "0": this.#guildId } : {};
    const { type, data, message, where, focusedType = null } = said;
    const id = snowflake();
    const token = `aW50ZXJhY3Rpb246${randomBytes(48).toString("base64url")}`;
    const channelId =
      message?.channelId ??
      (where === "dm" ? this.#discord.directChannel(this.id) : this.guildChannel);
    const { user } = this;
    const facts = { id, token, type, user, where, channelId, message, focusedType };
    const interaction = new LocalInteraction({ ...facts, createdAt: this.#discord.now() });
    this.#discord.interactions.set(token, interaction);
    this.#discord.gateway.dispatch("INTERACTION_CREATE", {
      id,
      token,
      type,
      data,
      version: 1,
      application_id: this.#discord.applicationId,
      ...this.#place(where, channelId),
      ...(message === null ? {} : { message: this.#discord.wire(message) }),
      locale: this.user.locale,
      app_permissions: String(said.permissions ?? 0n),
      entitlements: [],
      attachment_size_limit: 10_485_760,
      authorizing_integration_owners: owners,
    });
    return interaction;
  }

  #place(where: Where, channelId: string): object {
    const { id, username } = this.user;
    const user = { id, username, discriminator: "0", global_name: username, avatar: null };
    const context = CONTEXTS[where];
    if (where !== "guild") {
      const channel = { id: channelId, type: where === "dm" ? 1 : 3, recipients: [user] };
      return { context, user, channel_id: channelId, channel };
    }
    const member = { user, roles: [], permissions: "0", joined_at: null, deaf: false, mute: false };
    const channel = { id: channelId, type: 0, guild_id: this.#guildId };
    return { context, member, guild_id: this.#guildId, channel_id: channelId, channel };
  }

  #typeOf(name: string, option: string): number | null {
    const command = this.#discord.commands.find((one) => one.name === name);
    return command?.options?.find((one) => one.name === option)?.type ?? null;
  }

  #check(name: string, values: Values): void {
    const command = this.#discord.commands.find((one) => one.name === name);
    if (command === undefined) throw new Error(`no command /${name}`);
    const options = command.options ?? [];
    const missing = options.find((one) => one.required === true && !(one.name in values));
    if (missing !== undefined) throw new Error(`/${name} needs ${missing.name}`);
    for (const [option, value] of Object.entries(values)) {
      const type = this.#typeOf(name, option);
      if (type === null) throw new Error(`/${name} has no option ${option}`);
      if (typeof value !== TYPE_NAMES[type]) throw new Error(`${option} is a ${TYPE_NAMES[type]}`);
    }
  }
}
