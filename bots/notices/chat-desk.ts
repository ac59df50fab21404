/** What a platform's notifier asks of the application about the groups and channels it writes to. */
import type { App } from "../../src/app/app.ts";
import type { NoticeDesk } from "./notice-desk.ts";

export type ChatDesk = Pick<App["subscriptions"], "find" | "lost" | "moved">;

/** How notices become messages. */
export type NoticeMaker = Pick<NoticeDesk, "forPerson" | "forChat">;
