/** The message in which a long command says how far it is, and which its answer then takes the place of. */
import type { Api } from "grammy";
import type { Watch } from "../catalogue/command.ts";
import { ProgressShow, type ProgressTiming } from "../catalogue/progress-show.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { Reply } from "../views/reply.ts";
import { failureFacts } from "./failures.ts";
import { editText, replace, send, type Shown, type Target } from "./post.ts";
import { renderReply } from "./render.ts";

interface LiveParts extends ProgressTiming {
  readonly api: Api;
  readonly target: Target;
  /** Telegram's id of the person the buttons are for. */
  readonly ownerId: string;
  /** The message to say it in; null for a new one. */
  readonly shown: Shown | null;
  readonly logger: Logger;
}

/**
 * Answers when the command is done. A long one shows how far it is meanwhile, and then its answer
 * stands there. `released` resolves when it is done or has said that it is a long one, whichever comes
 * first: nothing else of the person has to wait longer.
 */
export function carryOut(
  parts: LiveParts,
  act: (watch: Watch) => Promise<Reply>,
  answer: (reply: Reply) => Promise<void>,
): { readonly done: Promise<void>; readonly released: Promise<void> } {
  const live = new LiveMessage(parts);
  const settle = async (): Promise<void> => {
    const reply = await act((progress) => live.update(progress));
    if (!(await live.end(reply))) await answer(reply);
  };
  const done = settle();
  return { done, released: Promise.race([done, live.begun]) };
}

class LiveMessage {
  readonly #parts: LiveParts;
  readonly #progress: ProgressShow;
  #shown: Shown | null;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.#shown = parts.shown?.hasPicture === true ? null : parts.shown;
    this.#progress = new ProgressShow({
      firstAfterMs: parts.firstAfterMs,
      everyMs: parts.everyMs,
      show: (reply) => this.#show(reply),
      onTrouble: (error) =>
        parts.logger.debug({ ...failureFacts(error) }, "how far a command is was not shown"),
    });
  }

  get begun(): Promise<void> {
    return this.#progress.begun;
  }

  update(reply: Reply): void {
    this.#progress.update(reply);
  }

  /** Puts the answer in the place of what was shown; false when nothing was, and it is still owed. */
  async end(reply: Reply): Promise<boolean> {
    await this.#progress.end();
    const isShown = this.#progress.hasShown && this.#shown !== null && reply.ephemeral !== true;
    if (!isShown || this.#shown === null) return reply.withdrawn === true;
    const { api, target, ownerId } = this.#parts;
    await replace(api, target, this.#shown, renderReply(reply, ownerId));
    return true;
  }

  async #show(reply: Reply): Promise<void> {
    const { api, target, ownerId } = this.#parts;
    const rendered = renderReply(reply, ownerId);
    const [text] = rendered.messages;
    if (this.#shown !== null && text !== undefined) {
      await editText(api, target, this.#shown, { text, keyboard: rendered.keyboard });
    } else {
      const messageId = await send(api, target, rendered);
      if (messageId !== null) this.#shown = { messageId, hasPicture: false };
    }
  }
}
