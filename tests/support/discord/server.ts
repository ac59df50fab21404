/**
 * A local Discord: REST and gateway, close enough that discord.js runs unmodified, as strict as the real
 * one about sizes and times, with every fault a test may want. Its clock can be moved ahead.
 */
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LocalGateway } from "./gateway.ts";
import { CALLBACK, type Choice, type LocalInteraction } from "./interaction.ts";
import { checkCommands, checkMessage, checkSuggestions, type MessageBody } from "./limits.ts";
import { complaint, type Operation } from "./openapi.ts";
import { receive, type Received } from "./requests.ts";
import {
  Refusal,
  snowflake,
  timeOf,
  type LocalCommand,
  type LocalFile,
  type LocalMessage,
  type PlannedFault,
  type RecordedRequest,
} from "./shapes.ts";

interface CallbackBody {
  readonly type: number;
  readonly data?: MessageBody & { readonly choices?: readonly Choice[] };
}

type Handler = (match: readonly string[], received: Received) => unknown;

export class LocalDiscord {
  readonly token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GlocAl.abcdefghijklmnopqrstuvwxyz0123456789AB";
  readonly applicationId = snowflake();
  readonly requests: RecordedRequest[] = [];
  /** What the official description had against requests. */
  readonly complaints: string[] = [];
  readonly faults: PlannedFault[] = [];
  readonly interactions = new Map<string, LocalInteraction>();
  readonly messages = new Map<string, LocalMessage>();
  commands: readonly LocalCommand[] = [];
  /** People who do not take direct messages, with the code of the refusal. */
  readonly closed = new Map<string, number>();
  /** Channels of servers that the bot knows, with the code of the refusal; null where it may write. */
  readonly serverChannels = new Map<string, number | null>();
  readonly #http: Server;
  readonly #channels = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  #aheadMs = 0;
  #gateway: LocalGateway | null = null;

  private constructor(http: Server) {
    this.#http = http;
  }

  static async start(): Promise<LocalDiscord> {
    const http = createServer();
    const discord = new LocalDiscord(http);
    http.on("request", (request, response) => {
      void discord.#serve(response, receive(request));
    });
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    discord.#gateway = new LocalGateway(http, {
      token: discord.token,
      address: () => `ws://127.0.0.1:${discord.port}/gateway`,
      ready: () => ({
        user: { ...discord.botUser, flags: 0 },
        guilds: [],
        application: { id: discord.applicationId, flags: 0 },
        shard: [0, 1],
      }),
    });
    return discord;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.port}/api`;
  }

  get gateway(): LocalGateway {
    if (this.#gateway === null) throw new Error("not started");
    return this.#gateway;
  }

  get botUser(): Readonly<Record<string, unknown>> {
    return {
      id: this.applicationId,
      username: "vigie",
      discriminator: "0",
      avatar: null,
      bot: true,
    };
  }

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  advance(ms: number): void {
    this.#aheadMs += ms;
  }

  /** Resolves when `done` says so; asked after every request. */
  async until(done: () => boolean): Promise<void> {
    if (done()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (done()) resolve();
    };
    this.#listeners.add(look);
    await promise.finally(() => this.#listeners.delete(look));
  }

  /** Direct messages of the bot to a person, oldest first. */
  directMessages(userId: string): readonly LocalMessage[] {
    return this.messagesIn(this.directChannel(userId));
  }

  /** Messages of the bot in a channel, oldest first. */
  messagesIn(channelId: string): readonly LocalMessage[] {
    return [...this.messages.values()].filter((one) => one.channelId === channelId);
  }

  /** The channel between the bot and a person. */
  directChannel(userId: string): string {
    const known = this.#channels.get(userId) ?? snowflake();
    this.#channels.set(userId, known);
    return known;
  }

  async close(): Promise<void> {
    this.gateway.end();
    this.#http.closeAllConnections();
    this.#http.close();
    await once(this.#http, "close");
  }

  async #serve(response: ServerResponse, receiving: Promise<Received>): Promise<void> {
    try {
      const received = await receiving;
      const { method, path, body, authorization } = received;
      const authorised = authorization === `Bot ${this.token}`;
      this.requests.push({ method, path, body, authorised });
      const fault = this.#plannedFault(method, path);
      if (fault?.afterwards === true) this.#route(received, authorised);
      if (fault !== null) answer(response, fault.status, fault.body ?? {}, fault.headers);
      else {
        const result = this.#route(received, authorised);
        answer(response, result === undefined ? 204 : 200, result);
      }
    } catch (error) {
      const { status, code, message, errors } =
        error instanceof Refusal ? error : new Refusal(500, 0, String(error));
      answer(response, status, { code, message, ...(errors === undefined ? {} : { errors }) });
    }
    for (const look of this.#listeners) look();
  }

  #plannedFault(method: string, path: string): PlannedFault | null {
    const index = this.faults.findIndex((one) => one.method === method && one.path.test(path));
    return index === -1 ? null : (this.faults.splice(index, 1)[0] ?? null);
  }

  #route(received: Received, authorised: boolean): unknown {
    const line = `${received.method} ${received.path}`;
    for (const [pattern, needsToken, handler] of this.#routes) {
      const match = pattern.exec(line);
      if (match === null) continue;
      if (needsToken && !authorised) throw new Refusal(401, 0, "401: Unauthorized");
      return handler(match, received);
    }
    throw new Refusal(404, 0, `404: Not Found (${line})`);
  }

  readonly #routes: readonly (readonly [RegExp, boolean, Handler])[] = [
    [/^GET \/gateway\/bot$/, true, () => this.#gatewayInformation()],
    [/^PUT \/applications\/(\d+)\/commands$/, true, (_, r) => this.#setCommands(r)],
    [/^POST \/users\/@me\/channels$/, true, (_, r) => this.#openChannel(r)],
    [/^GET \/channels\/(\d+)$/, true, ([, id = ""]) => this.#channel(id)],
    [/^POST \/channels\/(\d+)\/messages$/, true, ([, id = ""], r) => this.#post(id, r)],
    [/^POST \/interactions\/(\d+)\/([^/]+)\/callback$/, false, (m, r) => this.#callback(m, r)],
    [/^PATCH \/webhooks\/(\d+)\/([^/]+)\/messages\/@original$/, false, (m, r) => this.#edit(m, r)],
    [/^DELETE \/webhooks\/(\d+)\/([^/]+)\/messages\/@original$/, false, (m) => this.#delete(m)],
    [/^POST \/webhooks\/(\d+)\/([^/]+)$/, false, (m, r) => this.#followUp(m, r)],
  ];

  #gatewayInformation(): unknown {
    const limit = { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 16 };
    return {
      url: `ws://127.0.0.1:${this.port}/gateway`,
      shards: 1,
      session_start_limit: limit,
    };
  }

  #setCommands({ body }: Received): unknown {
    this.#judge("commands", body);
    const commands = body as readonly LocalCommand[];
    checkCommands(commands);
    this.commands = commands;
    return commands.map((one) => ({ ...one, id: snowflake(), application_id: this.applicationId }));
  }

  #openChannel({ body }: Received): unknown {
    this.#judge("openChannel", body);
    const { recipient_id: userId } = body as { readonly recipient_id: string };
    return { id: this.directChannel(userId), type: 1, recipients: [{ id: userId }] };
  }

  #channel(id: string): unknown {
    if (!this.serverChannels.has(id)) throw new Refusal(404, 10_003, "Unknown Channel");
    return { id, type: 0, name: "trading-room" };
  }

  #post(channelId: string, { body, files }: Received): unknown {
    this.#judge("message", body);
    const message = body as MessageBody;
    checkMessage(message, files, "channel");
    const owner = [...this.#channels].find(([, id]) => id === channelId)?.[0];
    const inServer = this.serverChannels.get(channelId);
    if (owner === undefined && inServer === undefined) {
      throw new Refusal(404, 10_003, "Unknown Channel");
    }
    const refusal = owner === undefined ? inServer : this.closed.get(owner);
    if (typeof refusal === "number") throw new Refusal(403, refusal, "Cannot send messages here");
    const known =
      message.enforce_nonce === true
        ? [...this.messages.values()].find((one) => one.nonce === message.nonce)
        : undefined;
    return this.wire(known ?? this.#keep(channelId, message, files));
  }

  #callback([, id = "", token = ""]: readonly string[], { body, files }: Received): undefined {
    const interaction = this.interactions.get(token);
    if (interaction?.facts.id !== id) throw new Refusal(404, 10_062, "Unknown interaction");
    this.#judge("callback", body);
    const { type, data = {} } = body as CallbackBody;
    const isMessage = type === CALLBACK.message || type === CALLBACK.update;
    if (isMessage) checkMessage(data, files, type === CALLBACK.update ? "edit" : "interaction");
    if (type === CALLBACK.choices) checkSuggestions(data.choices ?? [], focusedType(interaction));
    interaction.acknowledge(type, this.now());
    const { channelId, message } = interaction.facts;
    if (type === CALLBACK.update || type === CALLBACK.deferredUpdate)
      interaction.original = message;
    if (type === CALLBACK.update && message !== null) this.#change(message, data, files);
    if (type === CALLBACK.message) interaction.original = this.#keep(channelId, data, files);
    if (type === CALLBACK.deferredMessage) {
      interaction.original = this.#keep(channelId, { ...data, content: "" }, []);
    }
    interaction.choices = data.choices ?? null;
    if (isMessage || type === CALLBACK.choices) interaction.complete(interaction.original);
    return undefined;
  }

  #edit(match: readonly string[], { body, files }: Received): unknown {
    const interaction = this.#byToken(match);
    this.#judge("editOriginal", body);
    checkMessage(body as MessageBody, files, "edit");
    if (interaction.original === null) throw new Refusal(404, 10_008, "Unknown Message");
    this.#change(interaction.original, body as MessageBody, files);
    interaction.complete(interaction.original);
    return this.wire(interaction.original);
  }

  #delete(match: readonly string[]): undefined {
    const interaction = this.#byToken(match);
    if (interaction.original === null) throw new Refusal(404, 10_008, "Unknown Message");
    this.messages.delete(interaction.original.id);
    interaction.original = null;
    return undefined;
  }

  #followUp(match: readonly string[], { body, files }: Received): unknown {
    const interaction = this.#byToken(match);
    this.#judge("followUp", body);
    checkMessage(body as MessageBody, files, "interaction");
    if (interaction.followUps.length >= 5) throw new Refusal(400, 40_094, "Too many follow-ups");
    const message = this.#keep(interaction.facts.channelId, body as MessageBody, files);
    interaction.followUps.push(message);
    interaction.complete(message);
    return this.wire(message);
  }

  #byToken([, id = "", token = ""]: readonly string[]): LocalInteraction {
    const interaction = this.interactions.get(token);
    if (interaction === undefined || id !== this.applicationId) {
      throw new Refusal(404, 10_015, "Unknown Webhook");
    }
    interaction.checkToken(this.now());
    return interaction;
  }

  #keep(channelId: string, body: MessageBody, files: readonly LocalFile[]): LocalMessage {
    const message: LocalMessage = {
      id: snowflake(),
      channelId,
      content: body.content ?? "",
      components: (body.components ?? []) as LocalMessage["components"],
      flags: body.flags ?? 0,
      files,
      nonce: body.nonce ?? null,
    };
    this.messages.set(message.id, message);
    return message;
  }

  #change(message: LocalMessage, body: MessageBody, files: readonly LocalFile[]): void {
    if (body.content !== undefined) message.content = body.content ?? "";
    if (body.components !== undefined) {
      message.components = body.components as LocalMessage["components"];
    }
    if (body.attachments !== undefined) message.files = files;
  }

  #judge(operation: Operation, body: unknown): void {
    const found = complaint(operation, body);
    if (found === null) return;
    this.complaints.push(found);
    throw new Refusal(400, 50_035, "Invalid Form Body", found);
  }

  /** A message as the API shows it. */
  wire(message: LocalMessage): Readonly<Record<string, unknown>> {
    const { id, channelId, content, components, flags, files } = message;
    return {
      id,
      channel_id: channelId,
      content,
      components,
      flags,
      author: this.botUser,
      type: 0,
      embeds: [],
      mentions: [],
      mention_roles: [],
      mention_everyone: false,
      pinned: false,
      timestamp: timeOf(id),
      edited_timestamp: null,
      tts: false,
      attachments: files.map(({ name }, index) => ({ id: String(index), filename: name })),
    };
  }
}

function focusedType(interaction: LocalInteraction): number {
  return interaction.facts.focusedType ?? 3;
}

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
