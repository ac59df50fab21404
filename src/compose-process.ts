/**
 * A whole process: service, console, signals, and an end that leaves nothing behind. Shared by
 * `npm start` and the demo, which differ in their exchange and in what they say.
 */
import { join } from "node:path";
import { secretValues, type LoadedSettings } from "../config/load.ts";
import type { Secrets } from "../config/settings.ts";
import { createCatalogue } from "../bots/catalogue/catalogue.ts";
import type { Catalogue } from "../bots/catalogue/dispatcher.ts";
import { ConsoleNotifier } from "../bots/console/notifier.ts";
import { saveInto, savePicturesInto } from "../bots/console/save-file.ts";
import { startConsole, type RunningConsole } from "../bots/console/console.ts";
import { startBots } from "./compose-bots.ts";
import { startService, VERSION, type Service, type ServiceOptions } from "./compose.ts";
import type { User } from "./domain/user.ts";
import type { ShownInvite } from "./app/invitations.ts";
import { inviteLine, inviteLinkLines } from "./entry.ts";
import { chooseFormat, createLogger, standardOutput } from "./ops/logging.ts";
import { MemoryLog } from "./ops/memory-log.ts";
import type { Logger } from "./ports/logger.ts";
import { logStatus } from "./runtime/periodic.ts";

/** Lines of the log kept for /logs. */
const LOG_LINES = 500;
/** A stop that takes longer than this is ended the hard way, ms. */
const STOP_PATIENCE_MS = 4_500;

export interface ProcessOptions extends Pick<ServiceOptions, "dataDir" | "engine" | "anyPort"> {
  readonly loaded: LoadedSettings;
  /** After the start, before the first command is read. */
  readonly started?: (running: RunningProcess) => Promise<void>;
  /** After the last command or the time limit, before anything is closed. */
  readonly ending?: (running: RunningProcess) => Promise<void>;
  /** Ends by itself after this time, ms; null runs until told to stop. */
  readonly forMs: number | null;
}

export interface RunningProcess {
  readonly service: Service;
  readonly user: User;
  readonly logger: Logger;
  /** Shows text on the terminal, above the prompt. */
  readonly print: (text: string) => void;
}

/** Runs until a signal, /quit or the time limit. Faults: those of the start. */
export async function runProcess(options: ProcessOptions): Promise<void> {
  const { settings, secrets, warnings } = options.loaded;
  const screen = new Screen();
  const memory = new MemoryLog(LOG_LINES);
  const logger = createLogger({
    level: settings.logLevel,
    format: chooseFormat(settings.logFormat, process.stdout.isTTY),
    colour: process.stdout.isTTY,
    write: (line) => {
      memory.add(line);
      screen.log(line);
    },
    secrets: secretValues(secrets),
  });
  for (const warning of warnings) logger.warn({ ...warning }, "a setting is probably misspelt");
  const stop = stopSignal(options.forMs);
  const service = await startService({ ...options, settings, secrets, logger, log: memory });
  try {
    const user = await service.app.access.ensureConsoleUser();
    const running: RunningProcess = { service, user, logger, print: (text) => screen.print(text) };
    await options.started?.(running);
    const invite = await offerFirstInvite(running, secrets);
    const catalogue = catalogueOf(running);
    const bots = startBots({ service, catalogue, settings, secrets, logger });
    const terminal = openConsole(running, { catalogue, dataDir: settings.dataDir }, stop.now);
    screen.attach(terminal);
    if (invite !== null) offerLinks(running, invite);
    service.deliverTo([consoleNotifier(running, terminal), ...bots.notifiers]);
    void service.died.then((reason) => endForGood(reason, logger, stop.now));
    await stop.asked;
    screen.detach();
    endHardAfter(STOP_PATIENCE_MS);
    await options.ending?.(running);
    logStatus(service.daemon, logger);
    terminal.close();
    await bots.stop();
  } finally {
    stop.dispose();
    await service.stop();
    process.stdin.destroy();
  }
}

/** While nobody can be reached by chat, each start shows how the first administrator comes in. */
async function offerFirstInvite(
  { service, print }: RunningProcess,
  secrets: Secrets,
): Promise<ShownInvite | null> {
  if (secrets.telegramBotToken === null && secrets.discordBotToken === null) return null;
  const invite = await service.app.access.createFirstAdminInvite();
  if (invite !== null) print(inviteLine(invite));
  return invite;
}

/** Each platform's own way in, as soon as it has said who we are there. */
function offerLinks({ service, print }: RunningProcess, invite: ShownInvite): void {
  const { doors } = service.app;
  doors.onKnown((platform) => {
    for (const line of inviteLinkLines(invite, doors, platform)) print(line);
  });
}

/** Every command once, for the console and the chat platforms alike. */
function catalogueOf({ service, logger }: RunningProcess): Catalogue {
  return createCatalogue(service.app, {
    now: () => service.clock.now(),
    machineNow: () => Date.now(),
    calls: service.calls,
    reportUnexpected: (error) => logger.error({ error }, "a command failed"),
  });
}

function openConsole(
  { service, logger }: RunningProcess,
  { catalogue, dataDir }: { readonly catalogue: Catalogue; readonly dataDir: string },
  onQuit: () => void,
): RunningConsole {
  const { access } = service.app;
  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  const actor = () => access.ensureConsoleUser();
  const terminal = startConsole({
    input: process.stdin,
    output: process.stdout,
    catalogue,
    actor,
    interactive,
    color: process.stdout.isTTY,
    version: VERSION,
    saveFile: saveInto(join(dataDir, "exports")),
    saveImage: savePicturesInto(join(dataDir, "pictures"), () => Date.now()),
    onQuit,
    onError: (error) => logger.error({ error }, "the console failed"),
  });
  return terminal;
}

function consoleNotifier({ service }: RunningProcess, terminal: RunningConsole): ConsoleNotifier {
  return new ConsoleNotifier({
    actor: () => service.app.access.ensureConsoleUser(),
    print: (text) => terminal.print(text),
    width: () => terminal.width(),
    color: process.stdout.isTTY,
    quoteAsset: service.app.settings.quoteAsset,
  });
}

/** Standard output, shared by the log and the prompt. */
class Screen {
  readonly #write = standardOutput();
  #terminal: RunningConsole | null = null;

  attach(terminal: RunningConsole): void {
    this.#terminal = terminal;
  }

  detach(): void {
    this.#terminal = null;
  }

  log(line: string): void {
    if (this.#terminal === null) this.#write(line);
    else this.#terminal.print(line.trimEnd());
  }

  print(text: string): void {
    this.log(`${text}\n`);
  }
}

interface StopSignal {
  /** Resolves when the process is to end. */
  readonly asked: Promise<void>;
  readonly now: () => void;
  dispose(): void;
}

function stopSignal(forMs: number | null): StopSignal {
  const { promise: asked, resolve: now } = Promise.withResolvers<void>();
  process.on("SIGTERM", now);
  process.on("SIGINT", now);
  const timer = forMs === null ? null : setTimeout(now, forMs);
  return {
    asked,
    now,
    dispose() {
      process.off("SIGTERM", now);
      process.off("SIGINT", now);
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** Whoever supervises the process starts a new one; this one has no database any more. */
function endForGood(reason: string, logger: Logger, stop: () => void): void {
  logger.error({ reason }, "the embedded database has ended; so does this process");
  process.exitCode = 1;
  stop();
}

function endHardAfter(patienceMs: number): void {
  setTimeout(() => process.exit(1), patienceMs).unref();
}
