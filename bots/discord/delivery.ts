/**
 * Brings an answer to whoever asked, in time: Discord gives three seconds, so what takes longer is
 * announced first and filled in later. Commands get a message of their own, buttons change the message
 * they stand on; what went wrong with a button is told aside, to who pressed it alone.
 */
import {
  MessageFlags,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type InteractionReplyOptions,
} from "discord.js";
import type { Watch } from "../catalogue/command.ts";
import { ProgressShow } from "../catalogue/progress-show.ts";
import type { Reply } from "../views/reply.ts";
import { renderMessages, type DiscordMessage } from "./render.ts";

export type Answerable = ChatInputCommandInteraction | ButtonInteraction;

export interface Delivery {
  /** The message with the button that was pressed is to be replaced; null for a new message. */
  readonly replaces: ButtonInteraction | null;
  /** Others can read along: answers are for the asker alone. */
  readonly amongOthers: boolean;
  /** Time after which "thinking…" is shown, ms; at 0 nothing is done before Discord has taken that. */
  readonly deferAfterMs: number;
  /** Least time between two lines that say how far a long command is, ms. */
  readonly progressEveryMs: number;
  /** Told of such a line that Discord did not take. */
  readonly onTrouble: (error: unknown) => void;
}

/** Throws what Discord answered when it did not take the answer. */
export async function deliver(
  interaction: Answerable,
  work: (watch: Watch) => Promise<Reply>,
  delivery: Delivery,
): Promise<void> {
  const { replaces, amongOthers, deferAfterMs } = delivery;
  const progress = new Announced(interaction, delivery);
  const run = () => work((line) => progress.update(line));
  const begun = deferAfterMs > 0 ? run() : null;
  const early = begun === null ? null : await within(begun, deferAfterMs);
  if (early === null) {
    await defer(interaction, delivery);
    progress.open();
  }
  const reply = early ?? (await (begun ?? run()));
  await progress.end();
  // What is meant for the presser alone must not land in a message that others may see.
  const personal = reply.ephemeral === true;
  const isFree = replaces !== null && !progress.hasShown;
  const aside = isFree && (reply.tone === "error" || (personal && amongOthers));
  const secret = amongOthers || aside || personal;
  const [first, ...others] = renderMessages(reply, "answer").map((one) => messageOptions(one));
  if (first === undefined) return;
  if (early === null && !aside) await interaction.editReply(edited(first));
  else if (early === null) await interaction.followUp({ ...first, flags: flagsOf(secret) });
  else if (replaces !== null && !aside) await replaces.update(edited(first));
  else await interaction.reply({ ...first, flags: flagsOf(secret) });
  for (const part of others) await interaction.followUp({ ...part, flags: flagsOf(secret) });
}

/** How far a command is, shown where its answer will stand: so not before that was announced. */
class Announced {
  readonly #show: ProgressShow;
  #isOpen = false;
  #newest: Reply | null = null;

  constructor(interaction: Answerable, { progressEveryMs, onTrouble }: Delivery) {
    this.#show = new ProgressShow({
      firstAfterMs: 0,
      everyMs: progressEveryMs,
      onTrouble,
      show: async (reply) => {
        const [message] = renderMessages(reply, "answer").map((one) => messageOptions(one));
        if (message !== undefined) await interaction.editReply(edited(message));
      },
    });
  }

  get hasShown(): boolean {
    return this.#show.hasShown;
  }

  update(line: Reply): void {
    this.#newest = line;
    if (this.#isOpen) this.#show.update(line);
  }

  open(): void {
    this.#isOpen = true;
    if (this.#newest !== null) this.#show.update(this.#newest);
  }

  end(): Promise<void> {
    return this.#show.end();
  }
}

async function defer(interaction: Answerable, { replaces, amongOthers }: Delivery): Promise<void> {
  if (replaces !== null) await replaces.deferUpdate();
  else if (amongOthers) await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  else await interaction.deferReply();
}

type Flags = NonNullable<InteractionReplyOptions["flags"]>;

function flagsOf(secret: boolean): Flags {
  return secret
    ? [MessageFlags.SuppressEmbeds, MessageFlags.Ephemeral]
    : [MessageFlags.SuppressEmbeds];
}

type MessageOptions = Pick<InteractionReplyOptions, "content" | "components" | "files">;

function messageOptions({ content, components, files }: DiscordMessage): MessageOptions {
  const attached = files.map(({ name, data, description }) => ({
    attachment: data,
    name,
    ...(description === null ? {} : { description }),
  }));
  return { content, components, files: attached };
}

/** An edit drops the files that were there. */
function edited<T extends MessageOptions>(
  message: T,
): T & { attachments: []; flags: MessageFlags.SuppressEmbeds } {
  return { ...message, attachments: [], flags: MessageFlags.SuppressEmbeds };
}

/** The result if it is there in time, else null; the work goes on. */
async function within(work: Promise<Reply>, ms: number): Promise<Reply | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
