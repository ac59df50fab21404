/** A chat platform as the rest of Vigie sees it: how the line to it is, and how people get there. */
import type { Platform } from "../domain/user.ts";

export type ChatPlatform = Exclude<Platform, "console">;
export const CHAT_PLATFORMS = ["telegram", "discord"] as const satisfies readonly ChatPlatform[];

export interface DoorStatus {
  /** "failed": given up until the next start, because only an operator can help. */
  readonly state: "starting" | "up" | "retrying" | "failed" | "stopped";
  /** What is wrong: a code, then perhaps details ("network ECONNREFUSED"); null when nothing is. */
  readonly reason: string | null;
  /** When it came into this state, epoch ms of the machine. */
  readonly since: number;
  /** When it is tried again, epoch ms of the machine; null when it is not, or nobody knows. */
  readonly nextTryAt: number | null;
}

/** A platform as operators are told of it. */
export interface DoorReport extends Pick<DoorStatus, "reason" | "nextTryAt"> {
  readonly platform: ChatPlatform;
  /** "off": it has no token. */
  readonly state: DoorStatus["state"] | "off";
  /** Who we are there: "@VigieBot"; null until it is known. */
  readonly name: string | null;
  /** Null when it is off. */
  readonly since: number | null;
}

/** Who we are on a platform, and the addresses that lead to us. */
export interface DoorAddress {
  /** As people there write it: "@VigieBot". */
  readonly name: string;
  /** Opens a conversation with us and hands over the code; null where no address can do that. */
  readonly invite: (code: string) => string | null;
  /** Adds us to a group or a server. */
  readonly toGroup: string;
  /** Adds us to one's own account; null where that is not needed. */
  readonly toAccount: string | null;
}

export interface Door {
  readonly platform: ChatPlatform;
  readonly status: DoorStatus;
  /** Null until the platform was reached for the first time. */
  readonly address: DoorAddress | null;
  /** Resolves when the address is known; never rejects. */
  readonly known: Promise<DoorAddress>;
}
