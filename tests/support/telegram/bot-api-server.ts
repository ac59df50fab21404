/**
 * A Bot API server of our own over real HTTP: long polling with confirmation, webhooks, messages with
 * their limits, and every fault the real one is known for. The library and the bot run on it unmodified.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { ResponseParameters, Update } from "grammy/types";
import { ApiRefusal, badRequest } from "./api-refusal.ts";
import { methodsOn, type Menus } from "./bot-api-methods.ts";
import { specProblems } from "./bot-api-spec.ts";
import { ChatRooms } from "./chat-rooms.ts";
import { readParams } from "./request-body.ts";
import { TelegramPerson } from "./telegram-person.ts";

export const TOKEN = "123456789:AAFakeTokenOfTheLocalServer-0123456789_x";

export interface Request {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export type ApiFault =
  | {
      readonly kind: "error";
      readonly code: number;
      readonly parameters?: ResponseParameters;
      /** What Telegram says, where that matters. */
      readonly description?: string;
    }
  /** The connection breaks before anything happens. */
  | { readonly kind: "dropped" }
  /** It happens, and the connection breaks before the answer. */
  | { readonly kind: "answer-lost" }
  /** It happens when the promise resolves. */
  | { readonly kind: "slow"; readonly until: Promise<void> };

interface PlannedFault {
  readonly method: string;
  readonly fault: ApiFault;
  left: number;
}

interface Poll {
  readonly finish: (refusal: ApiRefusal | null) => void;
}

const MAX_LIMIT = 100;

export class BotApiServer {
  /** Requests as they came, but for those that ask for updates. */
  readonly requests: Request[] = [];
  /** Requests that the official description does not allow. */
  readonly problems: string[] = [];
  readonly menus: Menus = new Map();
  readonly rooms: ChatRooms;
  polls = 0;
  /** Moves the server's time, ms. */
  ahead = 0;
  /** What the server says of its own tries to reach the webhook; the date is in seconds. */
  webhookError: { date: number; message: string; waiting: number } | null = null;
  /** Where a webhook's requests really go. */
  webhookPort = 0;
  readonly #server: Server;
  readonly #token: string;
  readonly #methods: Readonly<Record<string, (params: never) => unknown>>;
  readonly #pending: Update[] = [];
  readonly #faults: PlannedFault[] = [];
  #watchers: (() => void)[] = [];
  #webhook: { readonly url: string; readonly secret: string } | null = null;
  #allowed: readonly string[] | null = null;
  #poll: Poll | null = null;
  #nextId = 1000;

  private constructor(token: string) {
    this.#token = token;
    const me = { id: 42, is_bot: true, first_name: "Vigie", username: "VigieBot" };
    this.rooms = new ChatRooms(me, () => this.now());
    this.#methods = methodsOn(this.rooms, this.menus);
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(token = TOKEN): Promise<BotApiServer> {
    const server = new BotApiServer(token);
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  now(): number {
    return Date.now() + this.ahead;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Updates nobody has confirmed yet. */
  get unconfirmed(): number {
    return this.#pending.length;
  }

  person(id: number, change: { first_name?: string; language_code?: string } = {}): TelegramPerson {
    const user = { id, is_bot: false, first_name: `Person ${id}`, ...change };
    this.rooms.privateRoom(user);
    return new TelegramPerson(this, user);
  }

  /** The next `times` requests of a method ("*" for any) go wrong. */
  fail(method: string, fault: ApiFault, times = 1): void {
    this.#faults.push({ method, fault, left: times });
  }

  mend(): void {
    this.#faults.length = 0;
  }

  /** A webhook that somebody else sets. */
  setWebhook(url: string): void {
    this.#webhook = { url, secret: "old" };
  }

  /** Something happened that the bot should hear of; resolves to its number. */
  push(update: Omit<Update, "update_id">, id = (this.#nextId += 1)): number {
    const kind = Object.keys(update)[0] ?? "";
    if (this.#allowed !== null && !this.#allowed.includes(kind)) return id;
    return this.forcePush(update, id);
  }

  /** As `push`, for kinds the bot has not asked for, which may come for a while after it said so. */
  forcePush(update: Omit<Update, "update_id">, id = (this.#nextId += 1)): number {
    const whole = { ...update, update_id: id };
    if (this.#webhook === null) {
      this.#pending.push(whole);
      this.#poll?.finish(null);
    } else this.deliver(whole).catch(() => undefined);
    return id;
  }

  /** Brings an update to the webhook; resolves to the HTTP status it is answered with. */
  async deliver(update: Update, secret = this.#webhook?.secret ?? ""): Promise<number> {
    const path = new URL(this.#webhook?.url ?? "https://none/").pathname;
    const response = await fetch(`http://127.0.0.1:${this.webhookPort}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
      body: JSON.stringify(update),
    });
    return response.status;
  }

  /** Resolves to what `find` finds, once something that the bot did makes it find it. */
  async until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }

  /** Requests of one method. */
  calls(method: string): readonly Request[] {
    return this.requests.filter((one) => one.method === method);
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const result = await this.#answer(request);
      this.#reply(response, 200, { ok: true, result });
    } catch (error) {
      if (error instanceof ApiRefusal) {
        const { code, description, parameters } = error;
        const body = { ok: false, error_code: code, description, parameters };
        this.#reply(response, code, body);
      } else if (error === DROPPED) request.socket.destroy();
      else this.#reply(response, 500, { ok: false, error_code: 500, description: String(error) });
    }
    const watchers = this.#watchers;
    this.#watchers = [];
    for (const wake of watchers) wake();
  }

  async #answer(request: IncomingMessage): Promise<unknown> {
    const [, token, method = ""] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? "") ?? [];
    const params = await readParams(request);
    if (method !== "getUpdates") this.requests.push({ method, params });
    else this.polls += 1;
    if (token !== this.#token) throw new ApiRefusal(401, "Unauthorized");
    const found = specProblems(method, params);
    this.problems.push(...found);
    if (found.length > 0) throw badRequest(found.join("; "));
    const fault = this.#takeFault(method);
    if (fault?.kind === "dropped") throw DROPPED;
    if (fault?.kind === "error") throw refusal(fault);
    if (fault?.kind === "slow") await fault.until;
    const result = await this.#carryOut(method, params, request);
    if (fault?.kind === "answer-lost") throw DROPPED;
    return result;
  }

  #carryOut(method: string, params: object, request: IncomingMessage): unknown {
    if (method === "getUpdates") return this.#getUpdates(params, request);
    if (method === "setWebhook") return this.#setWebhook(params);
    if (method === "getWebhookInfo") return this.#webhookInfo();
    if (method === "deleteWebhook") {
      this.#webhook = null;
      return true;
    }
    const known = this.#methods[method];
    if (known === undefined) throw new ApiRefusal(404, "Not Found: method not found");
    return known(params as never);
  }

  async #getUpdates(
    params: { offset?: number; limit?: number; timeout?: number; allowed_updates?: string[] },
    request: IncomingMessage,
  ): Promise<readonly Update[]> {
    if (this.#webhook !== null) {
      throw new ApiRefusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first",
      );
    }
    this.#poll?.finish(conflict());
    const { offset = 0, limit = MAX_LIMIT, timeout = 0, allowed_updates: allowed } = params;
    this.#allowed = allowed ?? this.#allowed;
    while ((this.#pending[0]?.update_id ?? Infinity) < offset) this.#pending.shift();
    if (this.#pending.length === 0 && timeout > 0) await this.#hold(timeout, request);
    return this.#pending.slice(0, Math.min(limit, MAX_LIMIT));
  }

  #hold(timeoutSeconds: number, request: IncomingMessage): Promise<void> {
    return new Promise((resolve, reject) => {
      const poll: Poll = {
        finish: (refused) => {
          clearTimeout(timer);
          request.socket.off("close", gone);
          if (this.#poll === poll) this.#poll = null;
          if (refused === null) resolve();
          else reject(refused);
        },
      };
      const timer = setTimeout(() => poll.finish(null), timeoutSeconds * 1000);
      const gone = () => poll.finish(null);
      request.socket.once("close", gone);
      this.#poll = poll;
    });
  }

  #setWebhook({ url = "", secret_token: secret = "" }: { url?: string; secret_token?: string }) {
    if (!url.startsWith("https://")) {
      throw badRequest("bad webhook: An HTTPS URL must be provided for webhook");
    }
    if (!/^[\w-]{1,256}$/.test(secret)) throw badRequest("secret token is not allowed");
    this.#webhook = { url, secret };
    return true;
  }

  #webhookInfo() {
    const { webhookError: error } = this;
    return {
      url: this.#webhook?.url ?? "",
      has_custom_certificate: false,
      pending_update_count: error?.waiting ?? 0,
      ...(error === null ? {} : { last_error_date: error.date, last_error_message: error.message }),
    };
  }

  #takeFault(method: string): ApiFault | null {
    const planned = this.#faults.find(
      (one) => one.left > 0 && (one.method === method || one.method === "*"),
    );
    if (planned === undefined) return null;
    planned.left -= 1;
    return planned.fault;
  }

  #reply(response: ServerResponse, status: number, body: object): void {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  }
}

const DROPPED = Symbol("dropped");

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  401: "Unauthorized",
  403: "Forbidden: bot was blocked by the user",
  429: "Too Many Requests: retry later",
  500: "Internal Server Error",
  502: "Bad Gateway",
};

function refusal(fault: Extract<ApiFault, { kind: "error" }>): ApiRefusal {
  const { code, parameters } = fault;
  if (code === 409) return conflict();
  const after = parameters?.retry_after;
  const description =
    after === undefined ? DESCRIPTIONS[code] : `Too Many Requests: retry after ${after}`;
  return new ApiRefusal(code, fault.description ?? description ?? `Error ${code}`, parameters);
}

function conflict(): ApiRefusal {
  return new ApiRefusal(
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
  );
}
