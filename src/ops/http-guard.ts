/**
 * Who may call which endpoint. With a valid token everything is allowed. Without one:
 * /healthz answers anybody; when a token is configured, state-changing calls need it, and beyond
 * this machine every call does; on this machine alone, a browser must not be able to act for a
 * page it shows, so a foreign Host (DNS rebinding) and, for state changes, any Origin are refused.
 */
import { createHash, timingSafeEqual } from "node:crypto";

export interface GuardedCall {
  readonly method: string;
  readonly path: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly authorization: string | undefined;
}

export type Refusal = "token-required" | "host-refused" | "origin-refused";

export type Guard = (call: GuardedCall) => Refusal | null;

/** True for the names and addresses by which a machine reaches itself alone. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}

/** The guard of a server that listens on `host`. */
export function createGuard(host: string, token: string | null): Guard {
  const exposed = !isLoopback(host);
  return (call) => {
    if (call.path === "/healthz") return null;
    if (token !== null && bearsToken(call.authorization, token)) return null;
    const changesState = call.method !== "GET" && call.method !== "HEAD";
    if (exposed || (token !== null && changesState)) return "token-required";
    if (!isLoopback(nameOf(call.host))) return "host-refused";
    return changesState && call.origin !== undefined ? "origin-refused" : null;
  };
}

function bearsToken(authorization: string | undefined, token: string): boolean {
  const [scheme, credentials = ""] = authorization?.split(" ", 2) ?? [];
  return scheme?.toLowerCase() === "bearer" && timingSafeEqual(sha256(credentials), sha256(token));
}

/** Digests have one length, so comparing them takes the same time whatever was sent. */
function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** The Host header without its port. */
function nameOf(host: string | undefined): string {
  return host?.replace(/:\d+$/, "") ?? "";
}
