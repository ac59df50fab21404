/**
 * The kline streams: every two seconds of virtual time each stream somebody listens to tells its
 * forming candle if it changed, and every candle has exactly one closing frame, a drawn moment after
 * its end. A frame is made once per stream, whoever listens. Names that are no kline stream of a
 * listed symbol, uppercase ones among them, may be subscribed to and stay silent.
 */
import { isTimeframe, openTimeAt, timeframeMs, type Timeframe } from "../../domain/timeframe.ts";
import type { Agenda } from "./agenda.ts";
import type { Faults } from "./faults.ts";
import { combinedEvent, klineEvent } from "./kline-text.ts";
import { STEP_MS, type CandleKey, type Market } from "./market.ts";
import { hashText, noise } from "./prng.ts";
import type { SimulatorTimings } from "./settings.ts";

/** Who receives frames: the payload alone, or wrapped with the stream's name. */
export interface Subscriber {
  deliver(frame: Frame): void;
}

export interface Frame {
  readonly raw: string;
  readonly combined: string;
}

interface KlineStream {
  readonly name: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly nameHash: number;
  readonly subscribers: Set<Subscriber>;
  /** A frame kept back by the reordering fault. */
  held: Frame | null;
}

export interface KlineStreamsParts {
  readonly market: Market;
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly timings: SimulatorTimings;
}

export class KlineStreams {
  private readonly parts: KlineStreamsParts;
  private readonly symbols: ReadonlySet<string>;
  private readonly streams = new Map<string, KlineStream>();

  constructor(parts: KlineStreamsParts) {
    this.parts = parts;
    this.symbols = new Set(parts.market.symbols.map(({ instrument }) => instrument.symbol));
    const { agenda } = parts;
    this.stepAt((Math.floor(agenda.now / STEP_MS) + 1) * STEP_MS);
  }

  /** Streams somebody listens to. */
  get size(): number {
    return this.streams.size;
  }

  subscribe(name: string, subscriber: Subscriber): void {
    let stream = this.streams.get(name);
    if (stream === undefined) {
      const made = this.parse(name);
      if (made === null) return;
      this.streams.set(name, made);
      this.closeLatest(made);
      stream = made;
    }
    stream.subscribers.add(subscriber);
  }

  unsubscribe(name: string, subscriber: Subscriber): void {
    const stream = this.streams.get(name);
    stream?.subscribers.delete(subscriber);
    if (stream?.subscribers.size === 0) this.streams.delete(name);
  }

  /** One two-second step: forming frames, and notes for the candles that end now. */
  private stepAt(time: number): void {
    this.parts.agenda.at(time, () => {
      for (const stream of this.streams.values()) {
        if (time % timeframeMs(stream.timeframe) === 0) this.noteClose(stream, time);
        else if (this.parts.market.traded(stream.symbol, time)) this.tellForming(stream, time);
      }
      this.stepAt(time + STEP_MS);
    });
  }

  private tellForming(stream: KlineStream, at: number): void {
    const key = { ...nameOf(stream), openTime: openTimeAt(stream.timeframe, at) };
    this.tell(stream, key, { at, until: at, closed: false });
  }

  /** A stream that begins between a candle's end and its closing frame still gets that frame. */
  private closeLatest(stream: KlineStream): void {
    const { agenda } = this.parts;
    const end = openTimeAt(stream.timeframe, agenda.now);
    if (this.closeMoment(stream, end) > agenda.now) this.noteClose(stream, end);
  }

  private noteClose(stream: KlineStream, end: number): void {
    const at = this.closeMoment(stream, end);
    this.parts.agenda.at(at, () => {
      if (this.streams.get(stream.name) !== stream) return;
      const key = { ...nameOf(stream), openTime: end - timeframeMs(stream.timeframe) };
      if (!this.parts.faults.dropsClose(key))
        this.tell(stream, key, { at, until: end, closed: true });
    });
  }

  /** When the candle that ends at `end` is told closed; drawn from the stream's name and the time. */
  private closeMoment(stream: KlineStream, end: number): number {
    const { least, most } = this.parts.timings.closeDelayMs;
    const share = noise(stream.nameHash, end / STEP_MS);
    return end + least + Math.floor(share * (most - least + 1)) + this.parts.faults.closeDelayMs;
  }

  private tell(
    stream: KlineStream,
    key: CandleKey,
    { at, until, closed }: { at: number; until: number; closed: boolean },
  ): void {
    const copies = this.parts.faults.copies(stream.name);
    if (copies === 0) return;
    const candle = this.parts.market.candle(key, until);
    if (candle === null) return;
    const raw = klineEvent(key, candle, { at, closed });
    const frame = { raw, combined: combinedEvent(stream.name, raw) };
    for (const each of this.inOrder(stream, frame)) {
      for (let copy = 0; copy < copies; copy += 1) {
        for (const subscriber of stream.subscribers) subscriber.deliver(each);
      }
    }
  }

  /** The frames to send now: this one, or none and then two in the wrong order. */
  private inOrder(stream: KlineStream, frame: Frame): readonly Frame[] {
    const { held } = stream;
    stream.held = null;
    if (held !== null) return [frame, held];
    if (!this.parts.faults.swaps(stream.name)) return [frame];
    stream.held = frame;
    return [];
  }

  private parse(name: string): KlineStream | null {
    const [, lowercase = "", timeframe = ""] = /^([a-z0-9]+)@kline_(\w+)$/.exec(name) ?? [];
    const symbol = lowercase.toUpperCase();
    if (!this.symbols.has(symbol) || !isTimeframe(timeframe)) return null;
    const nameHash = hashText(name);
    return { name, symbol, timeframe, nameHash, subscribers: new Set(), held: null };
  }
}

function nameOf({ symbol, timeframe }: KlineStream): Omit<CandleKey, "openTime"> {
  return { symbol, timeframe };
}
