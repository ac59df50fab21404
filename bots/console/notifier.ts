/** Notices for the person at the terminal: printed as they come, delivered when printed. */
import { faultCode } from "../../src/domain/fault.ts";
import type { Notice } from "../../src/domain/notice.ts";
import type { User } from "../../src/domain/user.ts";
import type { Delivery, Notifier } from "../../src/ports/notifier.ts";
import { noticeView } from "../views/notices.ts";
import { Reader } from "../views/reader.ts";
import { renderReply } from "./render.ts";

const RETRY_MS = 5_000;

export interface ConsoleNotifierParts {
  readonly actor: () => Promise<User>;
  readonly print: (text: string) => void;
  readonly width: () => number;
  readonly color: boolean;
  /** The asset money is counted in. */
  readonly quoteAsset: string;
}

export class ConsoleNotifier implements Notifier {
  readonly #parts: ConsoleNotifierParts;

  constructor(parts: ConsoleNotifierParts) {
    this.#parts = parts;
  }

  async deliver(notice: Notice): Promise<Delivery> {
    const { actor, print, width, color, quoteAsset } = this.#parts;
    try {
      const user = await actor();
      if (user.id !== notice.ownerId) return { outcome: "no-address" };
      const reader = new Reader(user, { now: notice.at, quoteAsset });
      // The line a notice takes here is short: what could be pressed elsewhere is typed.
      const reply = { ...noticeView(reader, notice), buttons: [] };
      const message = renderReply(reply, { width: width(), color });
      print(`${reader.clockTime(notice.at)} ${message}`);
      return { outcome: "sent" };
    } catch (error) {
      return { outcome: "retry", afterMs: RETRY_MS, error: faultCode(error) };
    }
  }
}
