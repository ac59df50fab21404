/**
 * What a program and the thread of its simulated exchange say to each other: requests are numbered,
 * each has one reply. Before the first of them the thread says that it is ready, or why it is not.
 */
import type { FaultFacts } from "../../domain/fault.ts";
import type { SimulatorOptions } from "./assemble-exchange.ts";
import type { Faults } from "./faults.ts";

/** The options that can be handed to a thread; its time follows the clock. */
export type ThreadOptions = Omit<SimulatorOptions, "speed" | "market" | "realNow"> & {
  readonly speed: number;
};

/** The faults that can be ordered from outside the thread. */
export const ORDERED_FAULTS = [
  "cutSocket",
  "blackhole",
  "shutdown",
  "refuseConnections",
  "sendRaw",
  "muteStream",
  "unmuteStream",
  "duplicateFrames",
  "reorderFrames",
  "delayCloses",
  "dropClose",
  "revise",
  "removeRows",
  "rateLimit",
  "ban",
  "httpError",
  "hang",
] as const satisfies readonly (keyof Faults)[];

export type OrderedFault = (typeof ORDERED_FAULTS)[number];

export type ThreadRequest =
  | { readonly kind: "now"; readonly id: number }
  | { readonly kind: "stop"; readonly id: number }
  | {
      readonly kind: "fault";
      readonly id: number;
      readonly name: OrderedFault;
      readonly values: readonly unknown[];
    };

export type ThreadReport =
  | { readonly kind: "ready"; readonly wsUrl: string; readonly restUrl: string }
  | { readonly kind: "failed"; readonly code: string; readonly facts: FaultFacts }
  | { readonly kind: "reply"; readonly id: number; readonly now: number };
