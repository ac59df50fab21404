/**
 * A reply as lines of a terminal. Everything that people or the exchange wrote is stripped of control
 * characters here, so that no name can move the cursor or colour the screen.
 */
import { styleText } from "node:util";
import { plainLine, plainText } from "../views/plain.ts";
import type { Block, IssuedButton, Reply, Tone } from "../views/reply.ts";
import { layoutTable } from "../views/table.ts";

export interface Screen {
  /** Columns; tables never exceed them. */
  readonly width: number;
  readonly color: boolean;
}

type Style = Parameters<typeof styleText>[0];

const TONE_STYLES: Readonly<Record<Tone, Style>> = {
  neutral: "bold",
  good: ["bold", "green"],
  bad: ["bold", "red"],
  warning: ["bold", "yellow"],
  error: ["bold", "red"],
};

/** Lines joined by "\n", without one at the end. */
export function renderReply(reply: Reply, screen: Screen): string {
  const lines = reply.blocks.flatMap((block) => blockLines(block, reply.tone, screen));
  const buttons = reply.buttons.flat().filter((button) => !button.repeats && !button.confirms);
  return [...lines, ...buttons.flatMap(choiceLine), ...hints(buttons, screen)].join("\n");
}

/** Longest answer that is shown to be typed; instead of a longer one its label is. */
const MAX_ANSWER_LENGTH = 30;

/** What could be answered: the word to type, and what it stands for. */
function choiceLine({ label, answer }: IssuedButton): readonly string[] {
  if (answer === undefined) return [];
  const isShort = answer.length <= MAX_ANSWER_LENGTH && answer !== label;
  return [`  ${plainLine(isShort ? `${answer.padEnd(6)} ${label}` : label)}`];
}

function blockLines(block: Block, tone: Tone, screen: Screen): readonly string[] {
  switch (block.kind) {
    case "title":
      return [styled(TONE_STYLES[tone], plainLine(block.text), screen)];
    case "text":
      return plainText(block.text).split("\n");
    case "fields":
      return fieldLines(block.rows);
    case "table":
      return layoutTable(block.table, screen.width);
    case "code":
      return plainText(block.text)
        .split("\n")
        .map((line) => `  ${line}`);
    case "link":
      return [plainLine(block.label), `  ${plainLine(block.url)}`];
    case "list":
      return block.items.map(({ text, depth }) => `${"  ".repeat(depth)}- ${plainLine(text)}`);
  }
}

function fieldLines(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${plainLine(name).padEnd(width)}  ${plainLine(value)}`);
}

/** A terminal has no buttons: what they do is shown as one would type it. */
function hints(buttons: readonly IssuedButton[], screen: Screen): readonly string[] {
  const typed = buttons.filter((button) => button.words !== "");
  if (typed.length === 0) return [];
  const line = typed.map(({ label, words }) => `${label}: ${words}`).join("   ");
  return [styled("dim", plainLine(line), screen)];
}

function styled(style: Style, text: string, { color }: Screen): string {
  return color ? styleText(style, text, { validateStream: false }) : text;
}
