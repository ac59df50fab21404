/**
 * Lets WebSocket clients in: /ws/<stream> and bare /ws (payloads alone), /stream?streams=a/b/c and
 * bare /stream (wrapped). Counts attempts per five minutes of real time, as for one IP address, since
 * all clients are on this machine.
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { Connection, type ConnectionOpening, type ConnectionParts } from "./connection.ts";
import type { Faults } from "./faults.ts";
import { CONNECTION_WINDOW_MS } from "./settings.ts";

/** Larger than a SUBSCRIBE with 1,024 names. */
const MAX_MESSAGE_BYTES = 256 * 1024;

export class SocketDoor {
  private readonly parts: ConnectionParts;
  private readonly faults: Faults;
  private readonly inside: Set<Connection>;
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  private attempts: number[] = [];

  /** `inside` is kept up to date with the open connections. */
  constructor(parts: ConnectionParts, faults: Faults, inside: Set<Connection>) {
    this.parts = parts;
    this.faults = faults;
    this.inside = inside;
  }

  /** Handles an upgrade request of the HTTP server. */
  admit(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A client that hangs up during the handshake is nobody's error.
    socket.on("error", () => {});
    if (this.faults.refusesConnection()) {
      socket.destroy();
      return;
    }
    if (!this.countAttempt()) {
      refuse(socket, "429 Too Many Requests");
      return;
    }
    const opening = parseOpening(request.url ?? "/");
    if (opening === null) {
      refuse(socket, "404 Not Found");
      return;
    }
    this.server.handleUpgrade(request, socket, head, (accepted) => {
      const connection = new Connection(accepted, opening, this.parts);
      this.inside.add(connection);
      accepted.on("close", () => this.inside.delete(connection));
    });
  }

  private countAttempt(): boolean {
    const now = this.parts.realNow();
    this.attempts = this.attempts.filter((time) => now - time < CONNECTION_WINDOW_MS);
    this.attempts.push(now);
    return this.attempts.length <= this.parts.limits.connectionAttempts;
  }
}

/** What a path and query ask for, or null when they name no stream address. */
export function parseOpening(url: string): ConnectionOpening | null {
  const { pathname, searchParams } = new URL(url, "ws://simulator");
  const path = decoded(pathname);
  if (path === "/ws" || path.startsWith("/ws/")) {
    return { names: splitNames(path.slice("/ws/".length)), combined: false };
  }
  if (path === "/stream" || path === "/stream/") {
    return { names: splitNames(searchParams.get("streams") ?? ""), combined: true };
  }
  return null;
}

/** The text itself where its percent signs mean nothing: such a stream stays silent. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function splitNames(list: string): readonly string[] {
  return list.split("/").filter((name) => name !== "");
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
