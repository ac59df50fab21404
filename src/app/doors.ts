/**
 * The chat platforms there are: each adapter puts its door here when it starts, and whoever tells people
 * how to come in, or how the service is, looks here. A platform without a door is off.
 */
import { CHAT_PLATFORMS, type ChatPlatform, type Door, type DoorStatus } from "../ports/door.ts";

export interface DoorReport extends Pick<DoorStatus, "reason" | "nextTryAt"> {
  readonly platform: ChatPlatform;
  readonly state: DoorStatus["state"] | "off";
  /** "@VigieBot"; null until it is known. */
  readonly name: string | null;
  /** Null when it is off. */
  readonly since: number | null;
}

/** One address that lets a person in, or us into their rooms. */
export interface DoorLink {
  readonly platform: ChatPlatform;
  readonly use: "invite" | "group" | "account";
  readonly url: string;
}

export class Doors {
  readonly #doors = new Map<ChatPlatform, Door>();

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

  /** The addresses to give to whoever is to come in by `code`; none of what was not reached yet. */
  links(code: string): readonly DoorLink[] {
    return CHAT_PLATFORMS.flatMap((platform) => {
      const address = this.#doors.get(platform)?.address ?? null;
      if (address === null) return [];
      const urls = {
        invite: address.invite(code),
        account: address.toAccount,
        group: address.toGroup,
      } as const;
      return (["invite", "account", "group"] as const).flatMap((use) => {
        const url = urls[use];
        return url === null ? [] : [{ platform, use, url }];
      });
    });
  }

  /** Each time a platform that is on is reached for the first time. */
  onKnown(tell: (platform: ChatPlatform) => void): void {
    for (const door of this.#doors.values()) void door.known.then(() => tell(door.platform));
  }
}
