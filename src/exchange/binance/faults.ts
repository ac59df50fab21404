/**
 * What can go wrong between Binance and us, as codes: the codes of frames and rows that are dropped,
 * the error answers after which a read is asked again, and the faults that reach the caller.
 */
import { Fault, type FaultFacts } from "../../domain/fault.ts";

/** Why a frame or a row was not believed. */
export type Nonsense =
  | "not-json"
  | "not-text"
  | "wrong-shape"
  | "wrong-timeframe"
  | "unasked-symbol"
  | "bad-time"
  | "bad-number"
  | "price-range"
  | "out-of-order"
  | "too-large";

/** The longest text of Binance that is passed on in the facts of a fault. */
const MESSAGE_LIMIT = 200;

/**
 * Error codes of passing troubles, after which a read may be sent again: unknown, internal disconnect,
 * too many requests, unexpected backend answer, backend timeout, overload (binance-spot-api-docs, errors.md).
 */
const PASSING_CODES: ReadonlySet<number> = new Set([-1000, -1001, -1003, -1006, -1007, -1008]);

/** The code that goes with 429 and 418: too much request weight. */
export const TOO_MUCH_WEIGHT = -1003;

/** True for an error code after which the same read may succeed. */
export function isPassing(code: number): boolean {
  return PASSING_CODES.has(code);
}

/** The exchange could not be asked, after every retry. `cause` is the last reason, "http 503" or "ECONNRESET". */
export function unreachable(path: string, cause: string, attempts: number): Fault {
  return new Fault("exchange-unreachable", { path, cause, attempts });
}

/** We are shut out until `until`, epoch ms; nothing is sent before. */
export function banned(until: number): Fault {
  return new Fault("exchange-banned", { until });
}

/** The exchange understood and said no; asking again would not help. */
export function refused(status: number, code: number | null, message: string): Fault {
  return new Fault("exchange-refused", { status, code, message: message.slice(0, MESSAGE_LIMIT) });
}

/** The exchange answered with something that cannot be true. */
export function sentNonsense(path: string, problem: Nonsense, facts: FaultFacts = {}): Fault {
  return new Fault("exchange-sent-nonsense", { path, problem, ...facts });
}
