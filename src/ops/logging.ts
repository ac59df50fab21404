/**
 * The log: pino's JSON lines, made pretty for people where asked. Everything is synchronous and in
 * this thread, so the last line before an exit is written. No secret leaves: facts are serialised
 * by allow-list and each finished line is scrubbed. Logging never throws into the caller.
 */
import { pino, stdTimeFunctions, type Logger as PinoLogger } from "pino";
import { prettyFactory } from "pino-pretty";
import type { LogFacts, Logger } from "../ports/logger.ts";
import { loggable } from "./loggable.ts";
import type { MemoryLog } from "./memory-log.ts";
import { createScrub } from "./scrub.ts";

export type LogLevel = "debug" | "info" | "warn" | "error";
export type LogFormat = "pretty" | "json";

export interface LoggerOptions {
  /** The least important level to write. */
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Colours in pretty lines; none unless said. */
  readonly colour?: boolean;
  /** Takes each line, its line end included. May be exchanged at any time by who provides it. */
  readonly write: (line: string) => void;
  /** Values that must never be written. */
  readonly secrets: readonly string[];
  /** Gets the same lines, always pretty and without colours. */
  readonly memory?: MemoryLog;
}

/** The root logger. */
export function createLogger(options: LoggerOptions): Logger {
  const { level, secrets } = options;
  const scrub = createScrub(secrets);
  const deliver = delivery(options);
  const root = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // Errors are made plain before pino sees them; its own serialiser would copy properties.
      serializers: { err: (plainError: unknown) => plainError },
    },
    { write: (line) => deliver(scrub(line)) },
  );
  return adapt(root, (facts) => loggable(facts, { scrub, stacks: level === "debug" }));
}

/** "auto" is pretty on a terminal, else json. */
export function chooseFormat(wanted: LogFormat | "auto", onTerminal: boolean): LogFormat {
  if (wanted !== "auto") return wanted;
  return onTerminal ? "pretty" : "json";
}

/** Writes to standard output. That nobody reads it any more must not end the service. */
export function standardOutput(): (line: string) => void {
  process.stdout.on("error", () => undefined);
  return (line) => void process.stdout.write(line);
}

function delivery({ format, colour, write, memory }: LoggerOptions): (line: string) => void {
  const plain = pretty(false);
  const shown = format === "json" ? (line: string) => line : pretty(colour ?? false);
  return (line) => {
    memory?.add(plain(line));
    try {
      write(shown(line));
    } catch {
      // A log that cannot be written is no reason to stop trading, and there is nowhere to say so.
    }
  };
}

function pretty(colorize: boolean): (line: string) => string {
  return prettyFactory({
    colorize,
    singleLine: true,
    translateTime: "UTC:yyyy-mm-dd HH:MM:ss.l",
    errorLikeObjectKeys: [],
    // These facts stand in the head of a pretty line, unescaped.
    customPrettifiers: { name: headFact, pid: headFact, hostname: headFact, caller: headFact },
  });
}

function adapt(logger: PinoLogger, prepare: (facts: LogFacts) => Record<string, unknown>): Logger {
  const writer = (level: LogLevel) => (facts: LogFacts, message: string) => {
    if (logger.isLevelEnabled(level)) logger[level](prepare(facts), oneLine(message));
  };
  return {
    debug: writer("debug"),
    info: writer("info"),
    warn: writer("warn"),
    error: writer("error"),
    child: (facts) => adapt(logger.child(prepare(facts)), prepare),
  };
}

function headFact(value: string | object): string {
  return oneLine(typeof value === "string" ? value : JSON.stringify(value));
}

/** Line ends and terminal codes in a message could forge lines; facts are escaped as JSON. */
function oneLine(message: string): string {
  return message.replaceAll(/\p{Cc}+/gu, " ");
}
