/**
 * Which symbols go on which connection, and how a connection asks for them. Streams go into the URL
 * as far as it may be long; only what does not fit is subscribed by control messages, in batches.
 */
import type { Timeframe } from "../../domain/timeframe.ts";

/** Streams one connection may carry (binance-spot-api-docs, web-socket-streams.md). */
export const STREAMS_PER_CONNECTION = 1024;

/**
 * Longest URL. Not documented; the server takes 8,004 characters and no more, as measured in
 * oliver-zehentleitner/unicorn-binance-websocket-api, issues 17 and 19.
 */
const URL_LIMIT = 8_000;

/** Streams in one SUBSCRIBE; messages with somewhat over 400 are silently dropped (altangent/ccxws issue 161). */
const BATCH_LIMIT = 200;

export interface Subscription {
  readonly url: string;
  /** Streams to subscribe once the connection is open, a message each. */
  readonly batches: readonly (readonly string[])[];
}

/** How to ask for the klines of these symbols on one combined connection. */
export function planSubscription(
  wsUrl: string,
  timeframe: Timeframe,
  symbols: Iterable<string>,
): Subscription {
  let url = `${wsUrl}/stream?streams=`;
  let separator = "";
  const rest: string[] = [];
  for (const symbol of symbols) {
    const name = symbol.toLowerCase();
    const part = `${separator}${encodeURIComponent(name)}@kline_${timeframe}`;
    if (rest.length === 0 && url.length + part.length <= URL_LIMIT) url += part;
    else rest.push(`${name}@kline_${timeframe}`);
    separator = "/";
  }
  return { url, batches: inBatches(rest) };
}

/**
 * Spreads the wanted symbols over connections of at most `limit`. A symbol stays on the connection it
 * is on, new ones take free places first, and a further connection comes only when all are full; so a
 * change touches few connections. The result begins with the present ones in their order, perhaps empty.
 */
export function assignSymbols(
  present: readonly ReadonlySet<string>[],
  wanted: ReadonlySet<string>,
  limit: number,
): readonly ReadonlySet<string>[] {
  const kept = present.map((symbols) => symbols.intersection(wanted));
  const homeless = [...wanted].filter((symbol) => !kept.some((symbols) => symbols.has(symbol)));
  for (const symbols of kept) {
    for (const symbol of homeless.splice(0, limit - symbols.size)) symbols.add(symbol);
  }
  while (homeless.length > 0) kept.push(new Set(homeless.splice(0, limit)));
  return kept;
}

/** True when both hold the same symbols. */
export function sameSymbols(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && one.isSubsetOf(other);
}

function inBatches(streams: readonly string[]): string[][] {
  const batches: string[][] = [];
  for (let at = 0; at < streams.length; at += BATCH_LIMIT) {
    batches.push(streams.slice(at, at + BATCH_LIMIT));
  }
  return batches;
}
