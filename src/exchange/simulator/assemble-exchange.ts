/**
 * Builds the parts of one simulated exchange from its options: the stored or asked seed and time, the
 * market, and everything that answers. Nothing runs or listens yet.
 */
import { openTimeAt, timeframeMs } from "../../domain/timeframe.ts";
import { Agenda } from "./agenda.ts";
import type { Connection } from "./connection.ts";
import { Faults } from "./faults.ts";
import { KlineStreams } from "./kline-streams.ts";
import { DEFAULT_SYMBOLS, listedSymbol } from "./listed-symbol.ts";
import type { Market } from "./market.ts";
import { randomMarket } from "./random-minutes.ts";
import { readState, ReservedTime } from "./reserved-time.ts";
import { RestDesk } from "./rest-desk.ts";
import {
  DEFAULT_LIMITS,
  DEFAULT_TIMINGS,
  type SimulatorLimits,
  type SimulatorTimings,
} from "./settings.ts";
import { SocketDoor } from "./socket-door.ts";
import { WeightLimit } from "./weight-limit.ts";

const DEFAULT_SEED = 1;
/** So that 300 daily candles are closed at the first start. */
const HISTORY_MS = 300 * timeframeMs("1d");

export interface SimulatorOptions {
  /** Virtual milliseconds per real one, or "manual": time then moves by advanceTo alone. */
  readonly speed: number | "manual";
  /** Names the random market; the stored one, or 1, by default. */
  readonly seed?: number;
  /** Virtual time of the first start, epoch ms; the real time by default. */
  readonly startAt?: number;
  /** Symbols of the random market; DEFAULT_SYMBOLS by default. */
  readonly symbols?: readonly string[];
  /** Takes the place of the random market. */
  readonly market?: Market;
  /** Where virtual time is kept across starts; a stored moment wins over startAt. */
  readonly stateFile?: string;
  /** Virtual time stands still until so many connections have come; 0, the default, does not wait. */
  readonly waitForConnections?: number;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly timings?: Partial<SimulatorTimings>;
  readonly limits?: Partial<SimulatorLimits>;
  /** Monotonic real time in ms, for the clock and for the limits that follow real time. */
  readonly realNow?: () => number;
}

export interface ExchangeParts {
  readonly agenda: Agenda;
  readonly weight: WeightLimit;
  readonly faults: Faults;
  readonly streams: KlineStreams;
  readonly desk: RestDesk;
  readonly door: SocketDoor;
  readonly connections: Set<Connection>;
  readonly reserved: ReservedTime | null;
  readonly timings: SimulatorTimings;
  readonly realNow: () => number;
}

/**
 * All parts, joined. Faults: simulator-seed-differs {stored, asked}, simulator-state-unreadable
 * {file}, simulator-symbol-invalid {symbol}.
 */
export function assembleExchange(options: SimulatorOptions): ExchangeParts {
  const { file, speed, ...state } = startingPoint(options);
  const market = options.market ?? marketOf(state, options.symbols ?? DEFAULT_SYMBOLS);
  const timings = { ...DEFAULT_TIMINGS, ...options.timings };
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const realNow = options.realNow ?? (() => performance.now());
  const agenda = new Agenda(state.resumeAt);
  const connections = new Set<Connection>();
  const weight = new WeightLimit(limits);
  const faults = new Faults({ connections, agenda, weight });
  const streams = new KlineStreams({ market, agenda, faults, timings });
  const { weightPerMinute } = limits;
  const now = () => agenda.now;
  return {
    agenda,
    weight,
    faults,
    streams,
    desk: new RestDesk({ market, faults, weight, weightPerMinute, speed, now }),
    door: new SocketDoor({ streams, agenda, timings, limits, realNow }, faults, connections),
    connections,
    reserved: file === null ? null : new ReservedTime({ file, speed }, state),
    timings,
    realNow,
  };
}

interface StartingPoint {
  readonly seed: number;
  readonly listedAt: number;
  readonly resumeAt: number;
}

function startingPoint(
  options: SimulatorOptions,
): StartingPoint & { readonly file: string | null; readonly speed: number } {
  const file = options.stateFile ?? null;
  const speed = options.speed === "manual" ? 1 : options.speed;
  const stored = file === null ? null : readState(file, options.seed);
  if (stored !== null) return { ...stored, file, speed };
  const seed = options.seed ?? DEFAULT_SEED;
  const resumeAt = options.startAt ?? Date.now();
  return { seed, resumeAt, listedAt: openTimeAt("1d", resumeAt) - HISTORY_MS, file, speed };
}

function marketOf({ seed, listedAt }: StartingPoint, symbols: readonly string[]): Market {
  return randomMarket({ seed, listedAt, symbols: symbols.map(listedSymbol) });
}
