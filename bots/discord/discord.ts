/**
 * Discord as a way to Vigie. It starts in the background and never fails its caller: without Discord
 * trading goes on, and what could not be said waits in the outbox.
 */
import { REST } from "discord.js";
import type { AccountStore } from "../../src/ports/account-store.ts";
import type { Door, DoorStatus } from "../../src/ports/door.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { Notifier } from "../../src/ports/notifier.ts";
import type { UnreachableStore } from "../../src/ports/unreachable-store.ts";
import type { RateSettings } from "../catalogue/rate-limit.ts";
import type { Catalogue } from "../catalogue/dispatcher.ts";
import { PROGRESS_TIMING } from "../catalogue/progress-show.ts";
import type { ChatDesk, NoticeMaker } from "../notices/chat-desk.ts";
import { Unreachable } from "../notices/unreachable.ts";
import { registerCommands } from "./command-registration.ts";
import { Line } from "../line.ts";
import { Gateway } from "./gateway.ts";
import { Interactions } from "./interactions.ts";
import { DiscordNotifier } from "./notifier.ts";
import { Reception, type ReceptionParts } from "./reception.ts";

export interface DiscordTiming {
  /** Time an answer may take before "thinking…" is shown, ms; Discord waits 3 s. */
  readonly deferAfterMs: number;
  /** Least time between two lines that say how far a long command is, ms. */
  readonly progressEveryMs: number;
  /** First and longest pause between attempts to connect, ms. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
}

export interface DiscordOptions extends Omit<ReceptionParts, "logger"> {
  readonly token: string;
  /** Address of the API, with or without its version. */
  readonly apiUrl?: string;
  readonly catalogue: Catalogue;
  readonly accounts: Pick<AccountStore, "user" | "identities">;
  readonly notices: NoticeMaker;
  readonly chats: ChatDesk;
  readonly unreachable: UnreachableStore;
  readonly logger: Logger;
  readonly timing?: Partial<DiscordTiming>;
  /** Commands of one account that are answered at all. */
  readonly flood?: RateSettings;
}

export interface DiscordAdapter {
  readonly notifier: Notifier;
  /** How the line is, and who we are there once Discord was reached. */
  readonly door: Door;
  status(): DoorStatus;
  /** Gives the answers under way a moment, then closes the connection. */
  stop(): Promise<void>;
}

const API_URL = "https://discord.com/api";
const TIMING: DiscordTiming = {
  deferAfterMs: 1_500,
  progressEveryMs: PROGRESS_TIMING.everyMs,
  firstRetryMs: 1_000,
  longestRetryMs: 60_000,
};
/** Time answers under way get when it is stopped, ms. */
const STOP_PATIENCE_MS = 1_000;
/** A notice that must wait longer than this goes back to the outbox, ms. */
const LONGEST_WAIT_MS = 1_000;

/** Starts connecting at once and returns without waiting. */
export function startDiscord(options: DiscordOptions): DiscordAdapter {
  const { token, catalogue } = options;
  const logger = options.logger.child({ platform: "discord" });
  const timing = { ...TIMING, ...options.timing };
  const apiUrl = (options.apiUrl ?? API_URL).replace(/\/+$/, "").replace(/\/v\d+$/, "");
  const unreachable = new Unreachable({
    platform: "discord",
    store: options.unreachable,
    now: Date.now,
    logger,
  });
  const line = new Line("discord", Date.now);
  const interactions = new Interactions({
    ...timing,
    catalogue,
    reception: new Reception({ ...options, logger }),
    unreachable,
    flood: options.flood,
    logger,
    now: Date.now,
    catchingUp: () => line.status.state !== "up",
  });
  const rest = createRest(apiUrl, token, logger);
  const stopping = new AbortController();
  let registered: Promise<void> | null = null;
  const gateway: Gateway = new Gateway({
    ...timing,
    token,
    apiUrl,
    line,
    logger,
    onInteraction: (interaction) => interactions.take(interaction),
    onReady: (applicationId) => {
      const parts = { ...timing, rest, commands: catalogue.commands("admin"), logger };
      registered ??= registerCommands(applicationId, { ...parts, signal: stopping.signal });
    },
  });
  const usable = () => !stopping.signal.aborted && !gateway.shutOut;
  const notifier = new DiscordNotifier({ ...options, rest, unreachable, usable, logger });
  gateway.start();
  return {
    notifier,
    door: line,
    status: () => line.status,
    async stop() {
      stopping.abort();
      const patience = AbortSignal.timeout(STOP_PATIENCE_MS);
      const overdue = new Promise<void>((resolve) => {
        patience.addEventListener("abort", () => resolve());
      });
      await Promise.race([interactions.settled(), overdue]);
      await gateway.stop();
      await registered;
    },
  };
}

/** Requests that are no answers: they share one limit, and do not wait long inside. */
function createRest(apiUrl: string, token: string, logger: Logger): REST {
  const rest = new REST({
    api: apiUrl,
    version: "10",
    retries: 0,
    rejectOnRateLimit: ({ retryAfter, timeToReset }) =>
      Math.max(retryAfter, timeToReset) > LONGEST_WAIT_MS,
  });
  rest.on("rateLimited", ({ route, retryAfter, scope }) => {
    logger.debug({ route, afterMs: retryAfter, scope }, "Discord asks us to slow down");
  });
  return rest.setToken(token);
}
