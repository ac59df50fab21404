/**
 * A file that lets virtual time survive kill -9: {seed, listedAt, resumeAt}. resumeAt is reserved in
 * advance: it is on disk before virtual time gets there, so a new start that continues from it never
 * tells anything earlier than what was already told. The file is replaced by rename, never torn.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { Fault } from "../../domain/fault.ts";

const stateSchema = z.object({
  seed: z.int(),
  /** Open time of the market's first minute, epoch ms. */
  listedAt: z.int(),
  /** Where the next start continues, epoch ms of virtual time. */
  resumeAt: z.int(),
});

export type SimulatorState = z.infer<typeof stateSchema>;

/** Reserved stretches are this long, counted in real ms, and renewed when half used. */
const RESERVED_REAL_MS = 500;

export interface ReservedTimeOptions {
  readonly file: string;
  /** Virtual milliseconds per real one. */
  readonly speed: number;
}

/**
 * The stored state, or null when there is no file yet. Faults: simulator-seed-differs {stored, asked}
 * when a seed is asked for and another one stored, simulator-state-unreadable {file}.
 */
export function readState(file: string, asked: number | undefined): SimulatorState | null {
  if (!existsSync(file)) return null;
  const state = parseState(file);
  if (asked !== undefined && asked !== state.seed) {
    throw new Fault("simulator-seed-differs", { stored: state.seed, asked });
  }
  return state;
}

export class ReservedTime {
  private readonly options: ReservedTimeOptions;
  private state: SimulatorState;

  /** Writes the file at once. */
  constructor(options: ReservedTimeOptions, state: SimulatorState) {
    this.options = options;
    this.state = state;
    this.write(state.resumeAt);
  }

  /** Call before virtual time moves to `time`: afterwards the file reserves more than that. */
  ensure(time: number): void {
    const stretch = RESERVED_REAL_MS * this.options.speed;
    if (time + stretch / 2 > this.state.resumeAt) this.write(Math.ceil(time + stretch));
  }

  /** Gives back what is reserved beyond `time`, for a clean stop. */
  release(time: number): void {
    this.write(time);
  }

  private write(resumeAt: number): void {
    this.state = { ...this.state, resumeAt };
    const draft = `${this.options.file}.new`;
    writeFileSync(draft, JSON.stringify(this.state));
    renameSync(draft, this.options.file);
  }
}

function parseState(file: string): SimulatorState {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new Fault("simulator-state-unreadable", { file }, { cause: error });
  }
}
