/**
 * The connection to Discord: made in the background, kept, and said how it is. discord.js resumes a
 * lost socket by itself; what it gives up on is started afresh with growing pauses. A refusal that no
 * repetition can change (bad token, forbidden intents) ends the attempts until the next start.
 */
import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  Options,
  SimpleShardingStrategy,
  type Interaction,
  type SessionInfo,
  type WebSocketOptions,
} from "discord.js";
import { Fault } from "../../src/domain/fault.ts";
import type { DoorAddress } from "../../src/ports/door.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { Line } from "../line.ts";
import { errorFacts } from "./log-facts.ts";
import { persevere, type Perseverance } from "./perseverance.ts";

export interface GatewayParts extends Pick<Perseverance, "firstRetryMs" | "longestRetryMs"> {
  readonly token: string;
  /** Address of the API without the version: "https://discord.com/api". */
  readonly apiUrl: string;
  readonly line: Line;
  readonly logger: Logger;
  readonly onInteraction: (interaction: Interaction) => void;
  /** Told the application's id each time a session begins. */
  readonly onReady: (applicationId: string) => void;
}

/** Close codes after which Discord refuses every further attempt of the same kind. */
const FATAL_CLOSE_CODES: ReadonlyMap<number, string> = new Map([
  [GatewayCloseCodes.AuthenticationFailed, "bad-token"],
  [GatewayCloseCodes.InvalidShard, "outdated"],
  [GatewayCloseCodes.ShardingRequired, "too-many-servers"],
  [GatewayCloseCodes.InvalidAPIVersion, "outdated"],
  [GatewayCloseCodes.InvalidIntents, "outdated"],
  [GatewayCloseCodes.DisallowedIntents, "forbidden-intents"],
]);

const BAD_TOKEN = "bad-token";

const FATAL = "discord-refused";
const LOST = "discord-lost";

export class Gateway {
  readonly #parts: GatewayParts;
  readonly #stopping = new AbortController();
  #shutOut = false;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: GatewayParts) {
    this.#parts = parts;
  }

  /** True when Discord does not take the token: then no request will be answered either. */
  get shutOut(): boolean {
    return this.#shutOut;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Closes the connection; resolves when nothing of it is left. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#parts.line.set("stopped");
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    try {
      await persevere(() => this.#session(), {
        ...this.#parts,
        mayHelp,
        signal,
        onPause: (waitMs) =>
          this.#parts.line.set("retrying", this.#parts.line.status.reason, waitMs),
      });
    } catch (error) {
      if (signal.aborted) return;
      const { line, logger } = this.#parts;
      line.set("failed", reasonOf(error));
      this.#shutOut = line.status.reason?.startsWith(BAD_TOKEN) === true;
      logger.error(errorFacts(error), "Discord refuses us; it is not tried again before a restart");
    }
  }

  /** One client from login to its end. Always throws: discord-refused, discord-lost {reason}. */
  async #session(): Promise<never> {
    const ending = Promise.withResolvers<never>();
    const session = { over: false };
    const client = createClient(this.#parts.apiUrl, session);
    const stop = () => ending.reject(new Fault(LOST, { reason: "stopped" }));
    this.#stopping.signal.addEventListener("abort", stop);
    this.#listen(client, ending.reject);
    client.login(this.#parts.token).catch((error: unknown) => ending.reject(loginFault(error)));
    try {
      return await ending.promise;
    } catch (error) {
      this.#note(error);
      throw error;
    } finally {
      this.#stopping.signal.removeEventListener("abort", stop);
      session.over = true;
      client.removeAllListeners();
      client.on(Events.Error, ignored).on(Events.ShardError, ignored);
      await client.destroy().catch(ignored);
    }
  }

  #listen(client: Client, end: (error: unknown) => void): void {
    const { line, logger, onInteraction, onReady } = this.#parts;
    const up = () => line.set("up");
    client
      .on(Events.ClientReady, ({ application, user }) => {
        up();
        line.introduce(addressOf(application.id, user.username));
        logger.info({ application: application.id }, "Discord is connected");
        onReady(application.id);
      })
      .on(Events.ShardReady, up)
      .on(Events.ShardResume, up)
      .on(Events.ShardReconnecting, () => {
        line.set("retrying", "connection-lost");
        logger.debug({}, "Discord's connection was lost; resuming");
      })
      .on(Events.ShardDisconnect, ({ code }) => end(closeFault(code)))
      .on(Events.Invalidated, () => end(new Fault(LOST, { reason: "session-invalidated" })))
      .on(Events.ShardError, (error) => logger.warn(errorFacts(error), "Discord's socket failed"))
      .on(Events.Error, (error) => logger.warn(errorFacts(error), "Discord's client failed"))
      .on(Events.InteractionCreate, onInteraction);
  }

  #note(error: unknown): void {
    if (isFatal(error) || this.#stopping.signal.aborted) return;
    this.#parts.line.set("retrying", reasonOf(error));
    this.#parts.logger.warn(errorFacts(error), "Discord cannot be reached; trying again");
  }
}

type ShardManager = Parameters<NonNullable<WebSocketOptions["buildStrategy"]>>[0];

/** `session.over` is looked at whenever the library is about to open a socket. */
function createClient(apiUrl: string, session: { readonly over: boolean }): Client {
  return new Client({
    // Interactions need no intent at all; without the guilds one nothing is waited for at the start.
    intents: [],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
    // Answers to interactions do not count against the global limit of 50 a second.
    rest: { api: apiUrl, version: "10", globalRequestsPerSecond: Number.POSITIVE_INFINITY },
    ws: { buildStrategy: (manager) => endingStrategy(manager, session) },
  });
}

/**
 * The library waits half a second before it reconnects and cannot be stopped in that time: it would
 * come back after its own end. It asks for the session first, so there it waits for ever.
 */
function endingStrategy(
  manager: ShardManager,
  session: { readonly over: boolean },
): SimpleShardingStrategy {
  const { options } = manager;
  const retrieve = options.retrieveSessionInfo.bind(options);
  options.retrieveSessionInfo = (shardId) =>
    session.over ? new Promise<SessionInfo | null>(ignored) : retrieve(shardId);
  return new SimpleShardingStrategy(manager);
}

/** What an invitation asks for: to take commands, and to be a member. No permission is needed. */
function addressOf(applicationId: string, username: string): DoorAddress {
  const link = `https://discord.com/oauth2/authorize?client_id=${applicationId}`;
  return {
    name: `@${username}`,
    invite: () => null,
    toGroup: `${link}&scope=bot+applications.commands&permissions=0`,
    toAccount: `${link}&scope=applications.commands&integration_type=1`,
  };
}

function loginFault(error: unknown): Fault {
  const tokenIsBad =
    error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  if (tokenIsBad) return new Fault(FATAL, { reason: BAD_TOKEN });
  const { code, status, message } = errorFacts(error);
  const numbers = [code, status].filter((one) => one !== undefined);
  const words = (numbers.length > 0 ? numbers : [message ?? ""]).map(String);
  return new Fault(LOST, { reason: ["network", ...words].join(" ") });
}

function closeFault(code: number): Fault {
  const reason = FATAL_CLOSE_CODES.get(code);
  const words = `${code} ${GatewayCloseCodes[code] ?? "closed"}`;
  return reason === undefined
    ? new Fault(LOST, { reason: `closed ${words}` })
    : new Fault(FATAL, { reason: `${reason} ${words}` });
}

function mayHelp(error: unknown): boolean {
  return !isFatal(error);
}

function isFatal(error: unknown): boolean {
  return error instanceof Fault && error.code === FATAL;
}

function reasonOf(error: unknown): string {
  return String(error instanceof Fault ? error.facts["reason"] : error);
}

function ignored(): void {}
