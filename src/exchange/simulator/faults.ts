/**
 * Everything that can be made to go wrong on the simulated exchange, for tests and for the demo: on
 * sockets, on streams, in REST answers. A fault is ordered here and takes effect where the streams,
 * the REST desk and the door ask. All times are virtual, epoch ms.
 */
import type { Timeframe } from "../../domain/timeframe.ts";
import type { Agenda } from "./agenda.ts";
import type { CandleKey, MarketCandle } from "./market.ts";
import type { WeightLimit } from "./weight-limit.ts";

/** A timeframe's connections (those with any kline stream of it), or all. */
export type ConnectionTarget = Timeframe | "all";

/** What a revision may change in a row; decimal text with eight decimals. */
export type Revision = Partial<
  Pick<MarketCandle, "open" | "high" | "low" | "close" | "volume" | "quoteVolume">
>;

/** What faults do to a connection. */
export interface FaultyConnection {
  subscriptions(): readonly string[];
  sendText(text: string): void;
  announceShutdown(at: number): void;
  close(code: number, reason: string): void;
  cut(): void;
  blackhole(): void;
}

export interface FaultReach {
  readonly connections: Iterable<FaultyConnection>;
  readonly agenda: Agenda;
  readonly weight: WeightLimit;
}

export interface HttpFault {
  readonly status: number;
  readonly body: string | null;
}

interface RowGap {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly from: number;
  readonly to: number;
}

interface CountedFault {
  readonly fault: HttpFault | "silence";
  left: number;
}

/** Close code for a server that goes away (RFC 6455, 7.4.1). */
export const GOING_AWAY = 1001;

export class Faults {
  private readonly reach: FaultReach;
  private readonly muted = new Set<string>();
  private readonly doubled = new Set<string>();
  private readonly swapped = new Set<string>();
  private readonly droppedCloses = new Set<string>();
  private readonly revisions = new Map<string, Revision>();
  private readonly gaps: RowGap[] = [];
  private readonly httpFaults = new Map<string, CountedFault[]>();
  private refusals = 0;
  private lateness = 0;

  constructor(reach: FaultReach) {
    this.reach = reach;
  }

  /** Drops connections without a word; the client sees 1006. */
  cutSocket(target: ConnectionTarget): void {
    for (const connection of this.aimed(target)) connection.cut();
  }

  /** Makes present connections half-open: no frames, no pings, no answers, no close. */
  blackhole(target: ConnectionTarget): void {
    for (const connection of this.aimed(target)) connection.blackhole();
  }

  /** Announces serverShutdown in the shape of each connection, and closes all after a while. */
  shutdown(closeAfterMs: number): void {
    const { agenda } = this.reach;
    for (const connection of this.reach.connections) {
      connection.announceShutdown(agenda.now);
      agenda.at(agenda.now + closeAfterMs, () => connection.close(GOING_AWAY, "Server shutdown"));
    }
  }

  /** Refuses the next `count` WebSocket connections by hanging up. */
  refuseConnections(count: number): void {
    this.refusals = count;
  }

  /** Sends a text as it is to every connection that has the stream. */
  sendRaw(stream: string, text: string): void {
    for (const connection of this.reach.connections) {
      if (stream === "all" || connection.subscriptions().includes(stream)) {
        connection.sendText(text);
      }
    }
  }

  muteStream(stream: string): void {
    this.muted.add(stream);
  }

  unmuteStream(stream: string): void {
    this.muted.delete(stream);
  }

  /** Sends every frame of the stream twice, or no longer. */
  duplicateFrames(stream: string, on: boolean): void {
    if (on) this.doubled.add(stream);
    else this.doubled.delete(stream);
  }

  /** Swaps the stream's frames two by two, or no longer. */
  reorderFrames(stream: string, on: boolean): void {
    if (on) this.swapped.add(stream);
    else this.swapped.delete(stream);
  }

  /** Makes closing frames come later by so many virtual ms; above 2,000 the next candle overtakes. */
  delayCloses(byMs: number): void {
    this.lateness = byMs;
  }

  /** Lets the candle's closing frame be lost. */
  dropClose(symbol: string, timeframe: Timeframe, openTime: number): void {
    this.droppedCloses.add(slot({ symbol, timeframe, openTime }));
  }

  /** Lets REST tell another story of a candle than the stream did. */
  revise(key: CandleKey, changes: Revision): void {
    this.revisions.set(slot(key), changes);
  }

  /** Removes REST rows whose open times lie between the two, both included. */
  removeRows(key: Omit<CandleKey, "openTime">, from: number, to: number): void {
    this.gaps.push({ ...key, from, to });
  }

  /** Answers every REST request with 429 (and 418 to those who insist), or no longer. */
  rateLimit(on: boolean): void {
    this.reach.weight.force(on);
  }

  /** Answers every REST request with 418 until then. */
  ban(untilMs: number): void {
    this.reach.weight.ban(untilMs);
  }

  /** Answers the next `count` requests of a path with a status; the usual body of it by default. */
  httpError(path: string, fault: { status: number; body?: string }, count = 1): void {
    this.addHttpFault(path, { status: fault.status, body: fault.body ?? null }, count);
  }

  /** Never answers the next `count` requests of a path. */
  hang(path: string, count = 1): void {
    this.addHttpFault(path, "silence", count);
  }

  /** Whether the connection now asked for must be refused; counts it. */
  refusesConnection(): boolean {
    if (this.refusals === 0) return false;
    this.refusals -= 1;
    return true;
  }

  /** How many times each frame of the stream goes out. */
  copies(stream: string): number {
    if (this.muted.has(stream)) return 0;
    return this.doubled.has(stream) ? 2 : 1;
  }

  /** Whether the stream's frames change places two by two. */
  swaps(stream: string): boolean {
    return this.swapped.has(stream);
  }

  /** Virtual ms by which closing frames are later than they would be. */
  get closeDelayMs(): number {
    return this.lateness;
  }

  /** Whether the candle's closing frame is to be lost. */
  dropsClose(key: CandleKey): boolean {
    return this.droppedCloses.has(slot(key));
  }

  /** The candle as REST tells it: revised, or null when its row is missing. */
  row(key: CandleKey, candle: MarketCandle): MarketCandle | null {
    const missing = this.gaps.some(
      ({ symbol, timeframe, from, to }) =>
        symbol === key.symbol &&
        timeframe === key.timeframe &&
        from <= key.openTime &&
        key.openTime <= to,
    );
    if (missing) return null;
    const changes = this.revisions.get(slot(key));
    return changes === undefined ? candle : { ...candle, ...changes };
  }

  /** The fault in store for a request to the path, counted down; null when there is none. */
  httpFault(path: string): HttpFault | "silence" | null {
    const waiting = this.httpFaults.get(path) ?? [];
    const first = waiting[0];
    if (first === undefined) return null;
    first.left -= 1;
    if (first.left <= 0) waiting.shift();
    return first.fault;
  }

  private addHttpFault(path: string, fault: HttpFault | "silence", count: number): void {
    const waiting = this.httpFaults.get(path) ?? [];
    if (count > 0) waiting.push({ fault, left: count });
    this.httpFaults.set(path, waiting);
  }

  private aimed(target: ConnectionTarget): FaultyConnection[] {
    const all = [...this.reach.connections];
    if (target === "all") return all;
    const ending = `@kline_${target}`;
    return all.filter((one) => one.subscriptions().some((stream) => stream.endsWith(ending)));
  }
}

function slot({ symbol, timeframe, openTime }: CandleKey): string {
  return `${symbol} ${timeframe} ${openTime}`;
}
