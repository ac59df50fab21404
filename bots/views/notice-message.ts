/** The form all notices share: an icon, a headline, a few lines. */
import type { NoticeBody } from "../../src/domain/notice.ts";
import type { Tone } from "./reply.ts";

export type BodyOf<Kind extends NoticeBody["kind"]> = Extract<NoticeBody, { kind: Kind }>;

export interface Message {
  readonly tone: Tone;
  readonly icon: string;
  readonly title: string;
  readonly lines: readonly string[];
}

export const plain = (icon: string, title: string, lines: readonly string[] = []): Message => ({
  tone: "neutral",
  icon,
  title,
  lines,
});

export const trouble = (icon: string, title: string, lines: readonly string[] = []): Message => ({
  tone: "warning",
  icon,
  title,
  lines,
});
