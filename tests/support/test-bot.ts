/** The catalogue on stand-ins, and ways to talk to it: in words, with options, by buttons. */
import { createCatalogue } from "../../bots/catalogue/catalogue.ts";
import type { Caller } from "../../bots/catalogue/command.ts";
import type { Catalogue } from "../../bots/catalogue/dispatcher.ts";
import { NoticeDesk } from "../../bots/notices/notice-desk.ts";
import { renderReply } from "../../bots/console/render.ts";
import type { IssuedButton, Reply } from "../../bots/views/reply.ts";
import type { User } from "../../src/domain/user.ts";
import { MemoryCallStore } from "./memory-calls.ts";
import { MemoryUnreachableStore } from "./memory-chats.ts";
import { testApp, type TestApp, type TestAppOptions } from "./test-app.ts";

export interface TestBot extends TestApp {
  readonly catalogue: Catalogue;
  /** Errors that were not faults. */
  readonly unexpected: unknown[];
  readonly say: (line: string, user: User) => Promise<Reply>;
  readonly fill: (name: string, options: object, user: User) => Promise<Reply>;
  readonly press: (button: Pick<IssuedButton, "id">, user: User) => Promise<Reply>;
}

const as = (user: User): Caller => ({ user, platform: "telegram", place: "private" });

export function testBot(options: TestAppOptions = {}): TestBot {
  const test = testApp(options);
  const unexpected: unknown[] = [];
  const catalogue = createCatalogue(test.app, {
    now: () => test.clock.now(),
    calls: new MemoryCallStore(),
    reportUnexpected: (error) => unexpected.push(error),
    // Tests talk faster than people; the limit itself has its own test.
    rate: { burst: 1_000, refillMs: 1_000 },
  });
  return {
    ...test,
    catalogue,
    unexpected,
    say: (line, user) => catalogue.say(line, as(user)),
    fill: (name, values, user) => catalogue.run(name, { ...values }, as(user)),
    press: ({ id }, user) => catalogue.press(id, as(user)),
  };
}

/** A reply as text, wide enough for every column. */
export function shown(reply: Reply): string {
  return renderReply(reply, { width: 300, color: false });
}

/** The button that answers a question with yes. */
export function yesOf(reply: Reply): IssuedButton {
  const button = reply.buttons.flat().find((one) => one.confirms);
  if (button === undefined) throw new Error(`no question: ${shown(reply)}`);
  return button;
}

export function buttonOf(reply: Reply, label: string): IssuedButton {
  const button = reply.buttons.flat().find((one) => one.label === label);
  if (button === undefined) throw new Error(`no button ${label}: ${shown(reply)}`);
  return button;
}

/** What the platforms' adapters need to bring notices. */
export function outwardOf(test: TestApp, catalogue: Catalogue) {
  const { app, clock } = test;
  const { queries, subscriptions: chats } = app;
  const parts = { catalogue, queries, now: () => clock.now(), quoteAsset: "USDT" };
  return { notices: new NoticeDesk(parts), chats, unreachable: new MemoryUnreachableStore() };
}
