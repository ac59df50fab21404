/** How the line to a platform is and since when: what every chat adapter keeps about itself. */
import type { ChatPlatform, Door, DoorAddress, DoorStatus } from "../src/ports/door.ts";

export class Line implements Door {
  readonly platform: ChatPlatform;
  readonly known: Promise<DoorAddress>;
  readonly #now: () => number;
  readonly #tell: (address: DoorAddress) => void;
  #status: DoorStatus;
  #address: DoorAddress | null = null;

  /** `now` is the machine's time, epoch ms. */
  constructor(platform: ChatPlatform, now: () => number) {
    const { promise, resolve } = Promise.withResolvers<DoorAddress>();
    this.platform = platform;
    this.known = promise;
    this.#tell = resolve;
    this.#now = now;
    this.#status = { state: "starting", reason: null, since: now(), nextTryAt: null };
  }

  get status(): DoorStatus {
    return this.#status;
  }

  get address(): DoorAddress | null {
    return this.#address;
  }

  /** `waitMs` until the next try; null where there is none, or nobody knows. */
  set(state: DoorStatus["state"], reason: string | null = null, waitMs: number | null = null) {
    const now = this.#now();
    const since = state === this.#status.state ? this.#status.since : now;
    this.#status = { state, reason, since, nextTryAt: waitMs === null ? null : now + waitMs };
  }

  /** The platform has said who we are there. */
  introduce(address: DoorAddress): void {
    this.#address = address;
    this.#tell(address);
  }
}
