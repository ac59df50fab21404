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
import type { Logger } from "../../src/ports/logger.ts";
import { errorFacts } from "./log-facts.ts";
import { persevere, type Perseverance } from "./perseverance.ts";

export interface DiscordStatus {
  /** "failed": given up until the next start, because trying again cannot help. */
  readonly state: "starting" | "up" | "retrying" | "failed";
  /** Why it is not up, for operators; null when there is nothing to say. */
  readonly reason: string | null;
}

export interface GatewayParts extends Pick<Perseverance, "firstRetryMs" | "longestRetryMs"> {
  readonly token: string;
  /** Address of the API without the version: "https://discord.com/api". */
  readonly apiUrl: string;
  readonly logger: Logger;
  readonly onInteraction: (interaction: Interaction) => void;
  /** Told the application's id each time a session begins. */
  readonly onReady: (applicationId: string) => void;
}

/** Close codes after which Discord refuses every further attempt of the same kind. */
const FATAL_CLOSE_CODES: readonly number[] = [
  GatewayCloseCodes.AuthenticationFailed,
  GatewayCloseCodes.InvalidShard,
  GatewayCloseCodes.ShardingRequired,
  GatewayCloseCodes.InvalidAPIVersion,
  GatewayCloseCodes.InvalidIntents,
  GatewayCloseCodes.DisallowedIntents,
];

const TOKEN_REFUSED: number = GatewayCloseCodes.AuthenticationFailed;

const FATAL = "discord-refused";
const LOST = "discord-lost";

export class Gateway {
  readonly #parts: GatewayParts;
  readonly #stopping = new AbortController();
  #status: DiscordStatus = { state: "starting", reason: null };
  #shutOut = false;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: GatewayParts) {
    this.#parts = parts;
  }

  get status(): DiscordStatus {
    return this.#status;
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
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    try {
      await persevere(() => this.#session(), { ...this.#parts, mayHelp, signal });
    } catch (error) {
      if (signal.aborted) return;
      this.#status = { state: "failed", reason: reasonOf(error) };
      this.#shutOut = error instanceof Fault && error.facts["token"] === "refused";
      const { logger } = this.#parts;
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
    const { logger, onInteraction, onReady } = this.#parts;
    const up = () => {
      this.#status = { state: "up", reason: null };
    };
    client
      .on(Events.ClientReady, ({ application }) => {
        up();
        logger.info({ application: application.id }, "Discord is connected");
        onReady(application.id);
      })
      .on(Events.ShardReady, up)
      .on(Events.ShardResume, up)
      .on(Events.ShardReconnecting, () => {
        this.#status = { state: "retrying", reason: "the connection was lost" };
        logger.debug({}, "Discord's connection was lost; resuming");
      })
      .on(Events.ShardDisconnect, ({ code }) => end(closeFault(code)))
      .on(Events.Invalidated, () => end(new Fault(LOST, { reason: "session invalidated" })))
      .on(Events.ShardError, (error) => logger.warn(errorFacts(error), "Discord's socket failed"))
      .on(Events.Error, (error) => logger.warn(errorFacts(error), "Discord's client failed"))
      .on(Events.InteractionCreate, onInteraction);
  }

  #note(error: unknown): void {
    if (isFatal(error) || this.#stopping.signal.aborted) return;
    this.#status = { state: "retrying", reason: reasonOf(error) };
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

function loginFault(error: unknown): Fault {
  const tokenIsBad =
    error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  if (tokenIsBad)
    return new Fault(FATAL, { reason: "TokenInvalid: the bot token is not accepted" });
  const { code, status, message } = errorFacts(error);
  const words = [code, status, message].filter((one) => one !== undefined).map(String);
  return new Fault(LOST, { reason: words.join(" ") });
}

function closeFault(code: number): Fault {
  const reason = `${code} ${GatewayCloseCodes[code] ?? "closed"}`;
  const token = code === TOKEN_REFUSED ? "refused" : "accepted";
  return FATAL_CLOSE_CODES.includes(code)
    ? new Fault(FATAL, { reason, token })
    : new Fault(LOST, { reason });
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
