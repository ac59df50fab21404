/**
 * One client's stream connection: what it subscribed to, control messages, and the rules of 1.2 of
 * the protocol: pings that must be answered with their own payload, at most five incoming messages
 * in any second, 1,024 streams, a life of 24 hours. Pings and message counts follow real time.
 */
import type { RawData, WebSocket } from "ws";
import type { Agenda } from "./agenda.ts";
import { answerControl, type ControlSession } from "./control-messages.ts";
import { GOING_AWAY, type FaultyConnection } from "./faults.ts";
import type { Frame, KlineStreams, Subscriber } from "./kline-streams.ts";
import { combinedEvent } from "./kline-text.ts";
import { MESSAGE_WINDOW_MS, type SimulatorLimits, type SimulatorTimings } from "./settings.ts";

/** Close code for breaking a rule (RFC 6455, 7.4.1). */
const POLICY_VIOLATION = 1008;

export interface ConnectionParts {
  readonly streams: KlineStreams;
  readonly agenda: Agenda;
  readonly timings: SimulatorTimings;
  readonly limits: SimulatorLimits;
  /** Monotonic real time in ms. */
  readonly realNow: () => number;
}

/** How a client asked to be connected. */
export interface ConnectionOpening {
  readonly names: readonly string[];
  readonly combined: boolean;
}

export class Connection implements ControlSession, Subscriber, FaultyConnection {
  combined: boolean;
  private readonly socket: WebSocket;
  private readonly parts: ConnectionParts;
  private readonly names = new Set<string>();
  private readonly unansweredPings = new Set<string>();
  private readonly pingTimer: NodeJS.Timeout;
  private readonly flushed: (() => void)[] = [];
  private pongTimer: NodeJS.Timeout | null = null;
  private messageTimes: number[] = [];
  private unwritten = 0;
  private dark = false;

  constructor(socket: WebSocket, opening: ConnectionOpening, parts: ConnectionParts) {
    this.socket = socket;
    this.parts = parts;
    this.combined = opening.combined;
    this.subscribe(opening.names);
    socket.on("message", (data) => this.receive(data));
    socket.on("ping", () => this.countMessage());
    socket.on("pong", (payload) => this.receivePong(payload.toString()));
    socket.on("close", () => this.end());
    // A broken socket closes too, and that is where it is dealt with.
    socket.on("error", () => {});
    const { agenda, timings } = parts;
    this.pingTimer = setInterval(() => this.ping(), timings.pingEveryMs);
    if (Number.isFinite(timings.connectionLifeMs)) {
      agenda.at(agenda.now + timings.connectionLifeMs, () => this.close(GOING_AWAY, "24h"));
    }
  }

  subscriptions(): readonly string[] {
    return [...this.names];
  }

  subscribe(names: readonly string[]): void {
    for (const name of names) {
      if (this.names.size >= this.parts.limits.streamsPerConnection && !this.names.has(name)) {
        this.close(POLICY_VIOLATION, "Too many streams");
        return;
      }
      this.names.add(name);
      this.parts.streams.subscribe(name, this);
    }
  }

  unsubscribe(names: readonly string[]): void {
    for (const name of names) {
      this.names.delete(name);
      this.parts.streams.unsubscribe(name, this);
    }
  }

  deliver(frame: Frame): void {
    this.sendText(this.combined ? frame.combined : frame.raw);
  }

  sendText(text: string): void {
    if (this.dark || this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > this.parts.limits.bufferedBytes) {
      this.cut();
      return;
    }
    this.unwritten += 1;
    this.socket.send(text, () => {
      this.unwritten -= 1;
      if (this.unwritten === 0) this.tellFlushed();
    });
  }

  announceShutdown(at: number): void {
    const raw = `{"e":"serverShutdown","E":${at}}`;
    this.deliver({ raw, combined: combinedEvent("!serverShutdown", raw) });
  }

  /** Resolves when all that was sent is in the operating system's hands, or never will be. */
  written(): Promise<void> {
    if (this.unwritten === 0 || this.dark) return Promise.resolve();
    return new Promise((resolve) => {
      this.flushed.push(resolve);
    });
  }

  close(code: number, reason: string): void {
    if (!this.dark) this.socket.close(code, reason);
  }

  cut(): void {
    this.socket.terminate();
  }

  blackhole(): void {
    this.dark = true;
    this.stopTimers();
    this.socket.pause();
    this.tellFlushed();
  }

  private receive(data: RawData): void {
    if (!this.countMessage() || !Buffer.isBuffer(data)) return;
    this.sendText(answerControl(data.toString("utf8"), this));
  }

  /** Counts an incoming message; false, and the end, when it is one too many in a rolling second. */
  private countMessage(): boolean {
    const now = this.parts.realNow();
    this.messageTimes = this.messageTimes.filter((time) => now - time < MESSAGE_WINDOW_MS);
    this.messageTimes.push(now);
    if (this.messageTimes.length <= this.parts.limits.messagesPerSecond) return true;
    this.close(POLICY_VIOLATION, "Too many requests");
    return false;
  }

  private ping(): void {
    const payload = String(this.parts.agenda.now);
    this.unansweredPings.add(payload);
    this.socket.ping(payload);
    this.pongTimer ??= setTimeout(
      () => this.close(POLICY_VIOLATION, "Pong timeout"),
      this.parts.timings.pongTimeoutMs,
    );
  }

  /** A pong counts only if it repeats a ping's payload; others are allowed and keep nothing alive. */
  private receivePong(payload: string): void {
    if (!this.countMessage() || !this.unansweredPings.has(payload)) return;
    this.unansweredPings.clear();
    if (this.pongTimer !== null) clearTimeout(this.pongTimer);
    this.pongTimer = null;
  }

  private end(): void {
    this.stopTimers();
    this.unsubscribe(this.subscriptions());
    this.tellFlushed();
  }

  private stopTimers(): void {
    clearInterval(this.pingTimer);
    if (this.pongTimer !== null) clearTimeout(this.pongTimer);
  }

  private tellFlushed(): void {
    for (const resolve of this.flushed.splice(0)) resolve();
  }
}
