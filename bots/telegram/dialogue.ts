/**
 * A person's messages and presses, handed to the catalogue, and its answers handed back. One person's
 * are handled in order; nobody waits for anybody else. Strangers get one neutral line in private and
 * nothing in groups.
 */
import { sequentialize } from "@grammyjs/runner";
import { Composer, GrammyError, type Context, type Filter } from "grammy";
import type { Message, User as TelegramUser } from "grammy/types";
import type { User } from "../../src/domain/user.ts";
import type { Logger } from "../../src/ports/logger.ts";
import {
  namesOf,
  type Caller,
  type Command,
  type Place,
  type Watch,
} from "../catalogue/command.ts";
import type { Catalogue } from "../catalogue/dispatcher.ts";
import type { ProgressTiming } from "../catalogue/progress-show.ts";
import { splitCommand } from "../catalogue/parse-words.ts";
import { text } from "../text/text.ts";
import { faultText } from "../views/faults.ts";
import type { Reply } from "../views/reply.ts";
import { Fault } from "../../src/domain/fault.ts";
import { Reader } from "../views/reader.ts";
import { missedText, type Unreachable } from "../notices/unreachable.ts";
import { Admission } from "./admission.ts";
import { failureFacts, isUnreachable } from "./failures.ts";
import { carryOut } from "./live-message.ts";
import { replace, send, type Target } from "./post.ts";
import { readData, renderReply, type ButtonData } from "./render.ts";
import { callerOf, languageOf, lineOf, plainReply, shownOf, targetOf, topicOf } from "./scene.ts";
import type { LongWork, Scene } from "./scene.ts";
import { isForUs, isPerson, placeOf, speakerOf } from "./speaker.ts";
import type { Reception } from "./reception.ts";

/** Older messages that would trade are refused: the person has long since looked elsewhere. */
export const MAX_COMMAND_AGE_MS = 5 * 60_000;

type TextContext = Filter<Context, "message:text">;
type PressContext = Filter<Context, "callback_query:data">;

export interface DialogueParts {
  readonly catalogue: Catalogue;
  readonly reception: Reception;
  /** The machine's time, epoch ms: the one Telegram's dates are measured against. */
  readonly machineNow: () => number;
  readonly logger: Logger;
  /** Told who can be reached again and who no longer. */
  readonly unreachable: Unreachable;
  readonly progress: ProgressTiming;
}

export class Dialogue {
  readonly #parts: DialogueParts;
  readonly #admission: Admission;
  /** Answers to long commands, which the next update of the person does not wait for. */
  readonly #late = new WeakMap<Context, Promise<void>>();

  constructor(parts: DialogueParts) {
    this.#parts = parts;
    this.#admission = new Admission(parts.machineNow);
  }

  /** The way of an update through the bot. Nothing it throws gets past here. */
  middleware(): Composer<Context> {
    const composer = new Composer<Context>();
    composer.use(async (ctx, next) => {
      const { from } = ctx;
      if (from === undefined || !this.#admission.isNew(ctx.update.update_id)) return;
      await this.#admission.admit(from.id, () => this.#guarded(ctx, next));
    });
    composer.use(sequentialize((ctx: Context) => String(ctx.from?.id)));
    composer.use((ctx, next) => this.#noteReach(ctx, next));
    composer.on("message:text", (ctx) => this.#onText(ctx));
    composer.on("callback_query:data", (ctx) => this.#onPress(ctx));
    return composer;
  }

  async #guarded(ctx: Context, next: () => Promise<void>): Promise<void> {
    try {
      await next();
      await this.#late.get(ctx);
    } catch (error) {
      this.#parts.logger.warn({ ...failureFacts(error) }, "an update could not be answered");
      if (ctx.from !== undefined && isUnreachable(error)) {
        await this.#parts.unreachable.left(String(ctx.from.id));
      }
    }
  }

  /** Who writes in private can be written to: what they missed meanwhile is said after the answer. */
  async #noteReach(ctx: Context, next: () => Promise<void>): Promise<void> {
    const { from, chat, myChatMember: change } = ctx;
    const { unreachable, reception } = this.#parts;
    if (chat?.type !== "private" || from === undefined) return next();
    if (change?.new_chat_member.status === "kicked") return unreachable.left(String(from.id));
    const missed = await unreachable.back(String(from.id));
    await next();
    const user = missed === null ? null : await reception.identify(from);
    if (missed === null || user === null) return;
    const line = missedText(user.language, "telegram", missed);
    if (line === null) return;
    await send(ctx.api, { chatId: chat.id }, renderReply(plainReply(line), String(from.id)));
  }

  async #onText(ctx: TextContext): Promise<void> {
    const message = ctx.message;
    const from = speakerOf(message);
    const place = placeOf(message.chat);
    if (from === null || place === null) return;
    const knows = (name: string): boolean => this.#command(name) !== undefined;
    if (!isForUs(message.text, place, { username: ctx.me.username, knows })) return;
    const target = targetOf(message, place);
    const user = await this.#identify(ctx, from, place, target);
    if (user === null && place === "private") await this.#welcome(ctx, from, target);
    if (user === null || user === undefined) return;
    const caller = callerOf(ctx, user, message);
    const scene = { from, place, target, user };
    if (this.#isTooLate(message, caller)) {
      const minutes = MAX_COMMAND_AGE_MS / 60_000;
      await this.#answer(ctx, scene, plainReply(text(user.language, "stale-command", { minutes })));
      return;
    }
    const { catalogue } = this.#parts;
    const act = (watch: Watch) => catalogue.say(lineOf(message.text), caller, watch);
    await this.#carryOut(ctx, { scene, shown: null, act }, (reply) =>
      this.#answer(ctx, scene, reply),
    );
  }

  async #carryOut(
    ctx: Context,
    { scene, shown, act }: LongWork,
    answer: (reply: Reply) => Promise<void>,
  ): Promise<void> {
    const { progress, logger } = this.#parts;
    const { target, from } = scene;
    const place = { api: ctx.api, target, ownerId: String(from.id), shown };
    const { done, released } = carryOut({ ...progress, ...place, logger }, act, answer);
    this.#late.set(ctx, done);
    await released;
  }

  async #onPress(ctx: PressContext): Promise<void> {
    const { from, message, data } = ctx.callbackQuery;
    const place = message === undefined ? null : placeOf(message.chat);
    const button = readData(data);
    if (message === undefined || place === null || button === null || !isPerson(from)) {
      await ctx.answerCallbackQuery();
      return;
    }
    if (button.ownerId !== String(from.id)) {
      const sentence = text(languageOf(from), "fault-button-not-yours");
      await ctx.answerCallbackQuery({ text: sentence, show_alert: true });
      return;
    }
    // Answered before it acts: Telegram refuses the answer to a press that waited too long.
    const inTime = await this.#acknowledge(ctx);
    // `date` is 0 when Telegram no longer lets us see the message.
    const visible = message.date === 0 ? null : message;
    const target = visible === null ? { chatId: message.chat.id } : topicOf(visible);
    const user = await this.#identify(ctx, from, place, target);
    if (user === null || user === undefined) return;
    const caller = callerOf(ctx, user, message);
    const scene = { from, place, target, user };
    if (!inTime) {
      await this.#answer(ctx, scene, plainReply(text(user.language, "stale-button")));
      return;
    }
    const { catalogue } = this.#parts;
    const act = (watch: Watch) => catalogue.press(button.id, caller, watch);
    const shown = visible === null || button.press === "below" ? null : shownOf(visible);
    await this.#carryOut(ctx, { scene, shown, act }, (reply) =>
      this.#answerPress(ctx, scene, { button, visible, reply }),
    );
  }

  /** False when the press is too old to be answered. */
  async #acknowledge(ctx: PressContext): Promise<boolean> {
    try {
      await ctx.answerCallbackQuery();
      return true;
    } catch (error) {
      if (error instanceof GrammyError && error.error_code === 400) return false;
      throw error;
    }
  }

  async #answerPress(
    ctx: PressContext,
    scene: Scene,
    pressed: {
      readonly button: ButtonData;
      readonly visible: Message | null;
      readonly reply: Reply;
    },
  ): Promise<void> {
    const { button, visible, reply } = pressed;
    // A refusal must not take the place of what was refused: the list, the notice.
    const below = button.press === "below" || reply.tone === "error" || reply.ephemeral === true;
    if (below || visible === null) {
      await this.#answer(ctx, scene, reply);
      return;
    }
    const rendered = renderReply(reply, String(scene.from.id));
    await replace(ctx.api, scene.target, shownOf(visible), rendered);
  }

  /** Into the chat; what is meant for one person alone goes to their private chat. */
  async #answer(ctx: Context, scene: Scene, reply: Reply): Promise<void> {
    const { from, place, target, user } = scene;
    const rendered = renderReply(reply, String(from.id));
    if (place === "private" || reply.ephemeral !== true) {
      await send(ctx.api, target, rendered);
      return;
    }
    let key = "answered-in-private";
    try {
      await send(ctx.api, { chatId: from.id }, rendered);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      key = "private-chat-needed";
    }
    const hint = renderReply(plainReply(text(user.language, key)), String(from.id));
    await send(ctx.api, target, hint);
  }

  /** Null for a stranger; undefined when it cannot be known just now, which is said in private. */
  async #identify(
    ctx: Context,
    from: TelegramUser,
    place: Place,
    target: Target,
  ): Promise<User | null | undefined> {
    try {
      return await this.#parts.reception.identify(from);
    } catch (error) {
      this.#parts.logger.warn({ ...failureFacts(error) }, "a person could not be looked up");
      if (place === "private") await this.#sayFault(ctx, from, target, error);
      return undefined;
    }
  }

  /** A stranger in private: let in by a code, or told the one line. */
  async #welcome(ctx: TextContext, from: TelegramUser, target: Target): Promise<void> {
    const { reception, catalogue, logger } = this.#parts;
    let user: User | null;
    try {
      user = await reception.admit(from, ctx.message.text);
    } catch (error) {
      logger.info({ ...failureFacts(error), personId: from.id }, "a code was not accepted");
      await this.#sayFault(ctx, from, target, error);
      return;
    }
    if (user !== null) {
      const caller: Caller = { user, platform: "telegram", place: "private" };
      const linked = splitCommand(ctx.message.text)?.name === "link";
      const reply = linked
        ? plainReply(text(languageOf(from), "linked", { name: user.name }))
        : await catalogue.say("/start", caller);
      await this.#answer(ctx, { from, place: "private", target, user }, reply);
    } else if (reception.owesTheLine(from)) {
      const line = plainReply(text(languageOf(from), "stranger"));
      await send(ctx.api, target, renderReply(line, String(from.id)));
    }
  }

  async #sayFault(ctx: Context, from: TelegramUser, target: Target, error: unknown): Promise<void> {
    const reader = new Reader(
      { language: languageOf(from), timeZone: "UTC" },
      { now: this.#parts.machineNow(), quoteAsset: "" },
    );
    const fault = error instanceof Fault ? error : new Fault("unexpected");
    const reply: Reply = { ...plainReply(faultText(reader, fault)), tone: "error" };
    await send(ctx.api, target, renderReply(reply, String(from.id)));
  }

  /** An answer to a question is as old as the question, which does not live long. */
  #isTooLate(message: TextContext["message"], caller: Caller): boolean {
    if (!message.text.startsWith("/") && this.#parts.catalogue.awaits(caller)) return false;
    const name = splitCommand(message.text)?.name;
    const role = name === undefined ? undefined : this.#command(name)?.role;
    const ageMs = this.#parts.machineNow() - message.date * 1000;
    return role !== undefined && role !== "viewer" && ageMs > MAX_COMMAND_AGE_MS;
  }

  #command(name: string): Command | undefined {
    return this.#parts.catalogue.commands("admin").find((one) => namesOf(one).includes(name));
  }
}
