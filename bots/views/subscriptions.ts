/** Which groups and channels hear how the service is. */
import type { Subscription } from "../../src/domain/subscription.ts";
import type { Reader } from "./reader.ts";
import type { Button, Draft, Table } from "./reply.ts";

/** Chats that get a button to end theirs; the others go by /unsubscribe in the chat. */
const MAX_BUTTONS = 10;
const MAX_LABEL_LENGTH = 30;

export function subscribedView(reader: Reader, { title, rhythm }: Subscription): Draft {
  const args = { title, rhythm: reader.text(`rhythm-${rhythm}`) };
  return { tone: "good", blocks: [{ kind: "text", text: reader.text("subscribed", args) }] };
}

export function unsubscribedView(reader: Reader, { title }: Subscription): Draft {
  return { tone: "good", blocks: [{ kind: "text", text: reader.text("unsubscribed", { title }) }] };
}

export function subscriptionsView(reader: Reader, all: readonly Subscription[]): Draft {
  if (all.length === 0) {
    return {
      tone: "neutral",
      blocks: [{ kind: "text", text: reader.text("subscriptions-none") }],
    };
  }
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: reader.text("subscriptions-title", { count: all.length }) },
      { kind: "table", table: table(reader, all) },
      { kind: "text", text: reader.text("subscriptions-hint") },
    ],
    buttons: all.slice(0, MAX_BUTTONS).map((one) => [ending(reader, one)]),
  };
}

function table(reader: Reader, all: readonly Subscription[]): Table {
  return {
    columns: [
      { title: reader.text("column-name"), align: "left", priority: 1 },
      { title: reader.text("column-rhythm"), align: "left", priority: 2 },
      { title: reader.text("column-platforms"), align: "left", priority: 3 },
      { title: reader.text("column-since"), align: "left", priority: 4 },
    ],
    rows: all.map(({ title, rhythm, platform, createdAt }) => [
      title,
      reader.text(`rhythm-${rhythm}`),
      reader.text(`platform-${platform}`),
      reader.dateTime(createdAt),
    ]),
  };
}

function ending(reader: Reader, { title, platform, chatId }: Subscription): Button {
  return {
    label: `${reader.text("button-end")}: ${title.slice(0, MAX_LABEL_LENGTH)}`,
    command: "unsubscribe",
    args: { chat: `${platform}:${chatId}` },
    style: "plain",
  };
}
