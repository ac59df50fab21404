/**
 * What an error of the database client means for the caller: trouble that passes (ask again), or a
 * refusal (asking again would be refused again). Codes are SQLSTATEs,
 * https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
import { DriverException } from "@mikro-orm/core";
import { textField } from "./text-field.ts";

/** Classes that pass: connection, transaction rollback, resources, operator intervention, system. */
const PASSING_CLASSES = new Set(["08", "40", "53", "57", "58"]);

/** Single codes that pass: lock_timeout, idle_in_transaction_session_timeout, a standby not yet promoted. */
const PASSING_STATES = new Set(["55P03", "25P03", "25006"]);

const UNIQUE_VIOLATION = "23505";

interface SqlError {
  readonly code: string;
  readonly constraint: string | null;
  readonly table: string | null;
}

/** The error as the server reported it; null when the server did not (network, pool, client). */
export function sqlErrorOf(error: unknown): SqlError | null {
  if (!(error instanceof Error) || !("severity" in error)) return null;
  return {
    code: textField(error, "code") ?? "XX000",
    constraint: textField(error, "constraint"),
    table: textField(error, "table"),
  };
}

/**
 * True for trouble that passes: the server is away, restarting or overloaded, the connection broke, or
 * two transactions got in each other's way. Then the outcome of what was asked is unknown.
 */
export function isPassing(error: unknown): boolean {
  const sql = sqlErrorOf(error);
  if (sql === null) return isClientError(error);
  return PASSING_CLASSES.has(sql.code.slice(0, 2)) || PASSING_STATES.has(sql.code);
}

/**
 * The client, its pool and Node report a broken connection as plain errors, most without a code. Faults
 * and programming mistakes are of other classes.
 */
function isClientError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.constructor === Error ||
    error instanceof AggregateError ||
    error instanceof DriverException
  );
}

export function isDuplicate(error: unknown): boolean {
  return sqlErrorOf(error)?.code === UNIQUE_VIOLATION;
}
