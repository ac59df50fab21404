/**
 * Whether Telegram reaches the webhook is known to Telegram alone: nothing arrives either way. So it is
 * asked now and then, and what it says becomes news: an address somebody else has put in the place of
 * ours, messages that wait because the proxy does not let them through.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { WebhookInfo } from "grammy/types";

export type WebhookNews =
  | { readonly kind: "fine" }
  /** Another process has taken the bot's messages for itself. */
  | { readonly kind: "taken" }
  /** Telegram cannot deliver; `description` is its own. */
  | { readonly kind: "unreached"; readonly description: string };

export interface WebhookWatch {
  /** The address we have given. */
  readonly url: string;
  readonly everyMs: number;
  readonly ask: () => Promise<WebhookInfo>;
  readonly signal: AbortSignal;
  readonly tell: (news: WebhookNews) => void;
}

const MAX_DESCRIPTION_LENGTH = 200;

/** Ends when the webhook is taken; rejects on a stop and as `ask` does. */
export async function watchWebhook(watch: WebhookWatch): Promise<void> {
  const { url, everyMs, ask, signal, tell } = watch;
  // An error of an earlier life is no news.
  let known = (await ask()).last_error_date ?? 0;
  for (;;) {
    await pause(everyMs, undefined, { signal });
    const info = await ask();
    const news = newsIn(info, url, known);
    tell(news);
    if (news.kind === "taken") return;
    // Telegram tries again at growing pauses: an error counts until nothing waits any more.
    if (news.kind === "fine") known = info.last_error_date ?? known;
  }
}

function newsIn(info: WebhookInfo, url: string, known: number): WebhookNews {
  if (info.url !== url) return { kind: "taken" };
  const isNew = (info.last_error_date ?? 0) > known;
  if (!isNew || info.pending_update_count === 0) return { kind: "fine" };
  const description = (info.last_error_message ?? "").slice(0, MAX_DESCRIPTION_LENGTH);
  return { kind: "unreached", description };
}
