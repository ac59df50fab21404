/**
 * The Telegram bot: what is put together here speaks with people and brings them notices, and never
 * stands in the way of trading. It starts in the background and keeps trying; it can be left out.
 */
import { Api, Bot } from "grammy";
import type { AccountStore } from "../../src/ports/account-store.ts";
import type { Door, DoorStatus } from "../../src/ports/door.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { Notifier } from "../../src/ports/notifier.ts";
import type { UnreachableStore } from "../../src/ports/unreachable-store.ts";
import type { Catalogue } from "../catalogue/dispatcher.ts";
import { Line } from "../line.ts";
import { PROGRESS_TIMING, type ProgressTiming } from "../catalogue/progress-show.ts";
import type { ChatDesk, NoticeMaker } from "../notices/chat-desk.ts";
import { Unreachable } from "../notices/unreachable.ts";
import { Connection, POLL_SECONDS, type TelegramMode } from "./connection.ts";
import { Dialogue } from "./dialogue.ts";
import { publishMenus } from "./menu.ts";
import { TelegramNotifier } from "./notifier.ts";
import { answerRetries } from "./persist.ts";
import { Reception, type ReceptionParts } from "./reception.ts";

/** A request that gets no answer for this long is given up; one for updates is held open on purpose. */
const REQUEST_SECONDS = 20;

export interface TelegramOptions {
  /** From BotFather. Never logged. */
  readonly token: string;
  /** Telegram's own unless given; without a slash at the end. */
  readonly apiRoot?: string;
  readonly mode: TelegramMode;
  /** When and how often a long command says how far it is. */
  readonly progress?: ProgressTiming;
}

export interface TelegramModules {
  readonly catalogue: Catalogue;
  readonly access: ReceptionParts["access"];
  readonly setLanguage?: NonNullable<ReceptionParts["setLanguage"]>;
  readonly accounts: Pick<AccountStore, "user" | "identities">;
  readonly notices: NoticeMaker;
  readonly chats: ChatDesk;
  readonly unreachable: UnreachableStore;
  readonly logger: Logger;
  /** The machine's time, epoch ms. Not the clock of a replay: Telegram's dates are of today. */
  readonly machineNow?: () => number;
}

export interface TelegramAdapter {
  readonly notifier: Notifier;
  /** How the line is, and who we are there once Telegram was reached. */
  readonly door: Door;
  status(): DoorStatus;
  stop(): Promise<void>;
}

/** Starts the bot and returns at once; how it goes is in `door` and the log. Never throws. */
export function startTelegram(options: TelegramOptions, modules: TelegramModules): TelegramAdapter {
  const { token, mode } = options;
  const { catalogue, access, setLanguage, accounts, machineNow = Date.now } = modules;
  const logger = modules.logger.child({ part: "telegram" });
  const apiRoot = (options.apiRoot ?? "https://api.telegram.org").replace(/\/+$/, "");
  const client = { apiRoot, timeoutSeconds: REQUEST_SECONDS };
  const bot = new Bot(token, { client });
  bot.api.config.use(...answerRetries());
  const once = new Api(token, client);
  const patient = new Api(token, { apiRoot, timeoutSeconds: POLL_SECONDS + REQUEST_SECONDS });
  const unreachable = new Unreachable({
    platform: "telegram",
    store: modules.unreachable,
    now: machineNow,
    logger,
  });
  const { notices, chats } = modules;
  const outward = { api: once, accounts, notices, chats, unreachable, machineNow, logger };
  const notifier = new TelegramNotifier(outward);
  const line = new Line("telegram", machineNow);
  const connection = new Connection({
    bot,
    line,
    api: patient,
    mode,
    publishMenus: () => publishMenus(once, catalogue),
    logger,
  });
  const dialogue = new Dialogue({
    catalogue,
    reception: new Reception({
      access,
      ...(setLanguage === undefined ? {} : { setLanguage }),
      machineNow,
      logger,
    }),
    machineNow,
    logger,
    unreachable,
    progress: options.progress ?? PROGRESS_TIMING,
  });
  bot.use(dialogue.middleware());
  connection.start();
  return {
    notifier,
    door: line,
    status: () => line.status,
    stop: () => connection.stop(),
  };
}
