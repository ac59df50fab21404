/**
 * Makes a notice into the message that a person or a chat gets: in their language, with the total of
 * the day for an exit, and with buttons that are the person's own. It is made once, however often and
 * on however many platforms it is delivered.
 */
import type { App } from "../../src/app/app.ts";
import type { Notice } from "../../src/domain/notice.ts";
import type { Subscription } from "../../src/domain/subscription.ts";
import type { User } from "../../src/domain/user.ts";
import type { Catalogue } from "../catalogue/dispatcher.ts";
import { noticeView, type DayTotal } from "../views/notices.ts";
import { Reader } from "../views/reader.ts";
import type { Reply } from "../views/reply.ts";

/** Messages remembered; forgetting one costs another set of buttons. */
const MAX_REMEMBERED = 1_000;

export interface NoticeDeskParts {
  readonly catalogue: Pick<Catalogue, "offer">;
  readonly queries: Pick<App["queries"], "dayOf">;
  /** The service's time, epoch ms. */
  readonly now: () => number;
  /** The asset money is counted in. */
  readonly quoteAsset: string;
}

export class NoticeDesk {
  readonly #parts: NoticeDeskParts;
  readonly #made = new Map<string, Promise<Reply>>();

  constructor(parts: NoticeDeskParts) {
    this.#parts = parts;
  }

  /** For a person, with their buttons. Faults: those of storage. */
  async forPerson(notice: Notice, user: User): Promise<Reply> {
    const key = `${notice.id} ${user.language} ${user.timeZone} ${user.role}`;
    const made = this.#made.get(key) ?? this.#make(notice, user);
    this.#remember(key, made);
    const reply = await made;
    // Quiet hours may have come or gone since it was made.
    return { ...reply, silent: notice.silent ?? reply.silent === true };
  }

  /** For a group or channel: without buttons, since nobody there is its owner. */
  forChat(notice: Notice, chat: Pick<Subscription, "language" | "timeZone">): Reply {
    return { ...noticeView(this.#reader(notice, chat), notice), buttons: [] };
  }

  async #make(notice: Notice, user: User): Promise<Reply> {
    const day = await this.#day(notice, user);
    return this.#parts.catalogue.offer(noticeView(this.#reader(notice, user), notice, day), user);
  }

  async #day({ body }: Notice, user: User): Promise<DayTotal | null> {
    if (body.kind !== "exit") return null;
    const { queries, now } = this.#parts;
    const { trades, wins, pnl, until } = await queries.dayOf(user, body.trade.exitAt);
    return { trades, wins, pnl, past: now() >= until };
  }

  #reader({ at }: Notice, person: Pick<User, "language" | "timeZone">): Reader {
    return new Reader(person, { now: at, quoteAsset: this.#parts.quoteAsset });
  }

  #remember(key: string, made: Promise<Reply>): void {
    this.#made.set(key, made);
    // What failed is made anew the next time.
    made.catch(() => this.#made.delete(key));
    const [oldest] = this.#made.keys();
    if (this.#made.size > MAX_REMEMBERED && oldest !== undefined) this.#made.delete(oldest);
  }
}
