/**
 * The chat platforms there are: each adapter puts its door here when it starts, and whoever tells people
 * how to come in, or how the service is, looks here. A platform without a door is off.
 */
import { CHAT_PLATFORMS, type ChatPlatform, type Door, type DoorReport } from "../ports/door.ts";

export type { ChatPlatform, DoorReport };

/** A report with what can be told at any time: how long ago, how soon, both ms. */
export interface DoorView extends DoorReport {
  readonly forMs: number | null;
  readonly nextTryInMs: number | null;
}

/** One address that lets a person in, or us into their rooms. */
export interface DoorLink {
  readonly platform: ChatPlatform;
  readonly use: "invite" | "account" | "group";
  readonly url: string;
}

const USES = ["invite", "account", "group"] as const satisfies readonly DoorLink["use"][];

export class Doors {
  readonly #now: () => number;
  readonly #doors = new Map<ChatPlatform, Door>();

  /** `now` is the machine's time, epoch ms: platforms live in it. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes the place of the one that the platform had. */
  add(door: Door): void {
    this.#doors.set(door.platform, door);
  }

  /** Every platform, whether it is on or not. */
  reports(): readonly DoorReport[] {
    return CHAT_PLATFORMS.map((platform) => {
      const door = this.#doors.get(platform);
      if (door === undefined) {
        return { platform, state: "off", reason: null, name: null, since: null, nextTryAt: null };
      }
      return { platform, ...door.status, name: door.address?.name ?? null };
    });
  }

  views(): readonly DoorView[] {
    const now = this.#now();
    return this.reports().map((report) => {
      const { since, nextTryAt } = report;
      const forMs = since === null ? null : Math.max(0, now - since);
      const nextTryInMs = nextTryAt === null ? null : Math.max(0, nextTryAt - now);
      return { ...report, forMs, nextTryInMs };
    });
  }

  /** The addresses for whoever is to come in by `code`; none of a platform not reached yet. */
  links(code: string): readonly DoorLink[] {
    return CHAT_PLATFORMS.flatMap((platform) => {
      const address = this.#doors.get(platform)?.address ?? null;
      if (address === null) return [];
      const { toAccount: account, toGroup: group } = address;
      const urls = { invite: address.invite(code), account, group };
      return USES.flatMap((use) => {
        const url = urls[use];
        return url === null ? [] : [{ platform, use, url }];
      });
    });
  }

  /** Tells of each platform that is on, once it is known who we are there. */
  onKnown(tell: (platform: ChatPlatform) => void): void {
    for (const door of this.#doors.values()) void door.known.then(() => tell(door.platform));
  }
}
