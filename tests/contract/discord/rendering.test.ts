/** How answers look on Discord: harmless whatever people wrote, and never larger than Discord takes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeText, escapedLine, escapedText } from "../../../bots/discord/markdown.ts";
import { renderMessages } from "../../../bots/discord/render.ts";
import { slashCommands } from "../../../bots/discord/slash-commands.ts";
import { MAX_MESSAGES, splitSections } from "../../../bots/discord/split.ts";
import { command } from "../../../bots/catalogue/command.ts";
import { choice, int, rest } from "../../../bots/catalogue/option.ts";
import type { Block, IssuedButton, Reply } from "../../../bots/views/reply.ts";
import { checkCommands, checkMessage } from "../../support/discord/limits.ts";

const reply = (blocks: readonly Block[], change: Partial<Reply> = {}): Reply => ({
  tone: "neutral",
  blocks,
  buttons: [],
  ...change,
});
const contents = (blocks: readonly Block[], change: Partial<Reply> = {}): readonly string[] =>
  renderMessages(reply(blocks, change), "answer").map(({ content }) => content);

function button(label: string, id: string): IssuedButton {
  return { id, label, style: "plain", words: "", confirms: false, repeats: false };
}

/** What a reader of Discord's markdown sees of escaped text. */
function shown(markdown: string): string {
  return markdown.replaceAll(/\\([^0-9A-Za-z\s])/gu, "$1");
}

const HOSTILE = [
  "@everyone <@123456> <#1> <t:0> </close:1>",
  "**bold** __u__ ~~s~~ ||spoiler|| `code` ```block```",
  "[text](https://evil.example) https://evil.example <https://evil.example>",
  "# heading",
  "> quote",
  ">>> quote",
  "-# small",
  "- item",
  "1. item",
  "back\\slash \\*",
];

describe("text on Discord", () => {
  test.each(HOSTILE)("%j is shown as it was written and means nothing", (text) => {
    const line = escapedLine(text);
    expect(shown(line)).toBe(text);
    expect(line).not.toMatch(/(?<!\\)(?:\\\\)*[*_~`|[\]<@]/u);
    expect(line).not.toMatch(/^(?:#|>|-#? |\d+\. )/u);
    expect(line).not.toMatch(/https?:\/\//u);
  });

  test("nothing but the text comes out, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const plain = text.replaceAll(
          /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu,
          "",
        );
        fc.pre(plain === text);
        expect(shown(escapedText(text))).toBe(text);
      }),
    );
  });

  test("what could turn or hide text is taken out", () => {
    expect(escapedLine("a\u202Eb\u0007c\u2066d")).toBe("abcd");
  });

  test("a code block cannot be ended from inside", () => {
    expect(codeText("a```b``````c")).not.toContain("``");
    const [content] = contents([{ kind: "code", text: "x\n```\n@everyone" }]);
    expect(content?.split("```")).toHaveLength(3);
  });

  test("names of strategies are harmless in titles, texts, lists, fields, tables and code", () => {
    const name = "@everyone ```**x** \u202E";
    const column = { title: "Name", align: "left", priority: 1 } as const;
    const [content = ""] = contents([
      { kind: "title", text: name },
      { kind: "text", text: name },
      { kind: "list", items: [{ text: name, depth: 1 }] },
      { kind: "fields", rows: [["Name", `${name} ${"long ".repeat(10)}`]] },
      { kind: "table", table: { columns: [column], rows: [[name]] } },
      { kind: "code", text: name },
    ]);
    const outside = content.split("```").filter((_, index) => index % 2 === 0);
    expect(content.split("```")).toHaveLength(5);
    for (const part of outside) expect(part).not.toMatch(/(?<!\\)@/u);
    expect(content).not.toContain("\u202E");
  });
});

function fields(value: string): string {
  const rows = [
    ["Side", "long"],
    ["Stake", value],
  ] as const;
  return contents([{ kind: "fields", rows }])[0] ?? "";
}

/** Text without white space and fences. */
function compact(text: string): string {
  return text.replaceAll(/\s|```/gu, "");
}

function rowOf(count: number): readonly IssuedButton[] {
  return Array.from({ length: count }, (_, at) => button("L".repeat(99), `id${count}${at}`));
}

describe("messages on Discord", () => {
  test("begin with the headline and its icon", () => {
    const title = { kind: "title", text: "Closed #4" } as const;
    expect(contents([title], { tone: "good" })[0]).toBe("🟢 **Closed #4**");
    expect(contents([{ ...title, icon: "📝" }], { tone: "good" })[0]).toBe("📝 **Closed #4**");
    expect(contents([{ kind: "text", text: "Done." }])[0]).toBe("Done.");
  });

  test("show short fields in columns, long ones so that they wrap", () => {
    expect(fields("1,000.00 USDT")).toBe("```\nSide  long\nStake 1,000.00 USDT\n```");
    expect(fields("1,000.00 USDT and more than fits")).toMatch(/^\*\*Side\*\* long\n/);
  });

  test("keep tables to the width of a phone", () => {
    const columns = ["Name", "Symbol", "State", "PnL"].map(
      (title, index) => ({ title, align: "left", priority: index + 1 }) as const,
    );
    const rows = Array.from({ length: 10 }, () => columns.map(() => "something wide"));
    const [content = ""] = contents([{ kind: "table", table: { columns, rows } }]);
    for (const line of content.split("\n")) expect(line.length).toBeLessThanOrEqual(32);
  });

  test("are split between lines, with every code block closed and opened again", () => {
    const lines = Array.from({ length: 150 }, (_, index) => `line ${index} ${"x".repeat(20)}`);
    const parts = contents([
      { kind: "title", text: "Long" },
      { kind: "code", text: lines.join("\n") },
      { kind: "text", text: "The end." },
    ]);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part.split("```")).toHaveLength(3);
    const inside = parts.flatMap((part) => (part.split("```")[1] ?? "").trim().split("\n"));
    expect(inside).toEqual(lines);
    expect(parts.at(-1)).toMatch(/The end\.$/);
  });

  test("never exceed Discord's limits, and lose nothing that fits five messages", () => {
    const section = fc.record({
      kind: fc.constantFrom("text" as const, "code" as const),
      lines: fc.array(fc.string({ maxLength: 3000 }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(section, { maxLength: 6 }), (sections) => {
        const clean = sections.map(({ kind, lines }) => ({
          kind,
          lines: lines.map((line) => (kind === "code" ? codeText(line) : escapedText(line))),
        }));
        const parts = splitSections(clean);
        expect(parts.length).toBeLessThanOrEqual(MAX_MESSAGES);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(2000);
          expect((part.match(/```/gu) ?? []).length % 2).toBe(0);
        }
        const whole = compact(clean.flatMap(({ lines }) => lines).join(""));
        if (parts.at(-1)?.includes("…") !== true) expect(compact(parts.join(""))).toBe(whole);
      }),
    );
  });

  test("that would be more than five end with a sign that there was more", () => {
    const parts = contents([{ kind: "text", text: "word ".repeat(5000) }]);
    expect(parts).toHaveLength(MAX_MESSAGES);
    expect(parts.at(-1)?.endsWith("…")).toBe(true);
    const code = contents([{ kind: "code", text: "1234567\n".repeat(3000) }]);
    expect(code.at(-1)?.endsWith("…\n```")).toBe(true);
    expect(code.at(-1)?.length).toBeLessThanOrEqual(2000);
  });

  test("carry any number of buttons in rows of five, at most twenty-five, labels clipped", () => {
    for (const buttons of [
      [rowOf(7)],
      [rowOf(1), rowOf(2), rowOf(3), rowOf(4), rowOf(5), rowOf(6)],
      [rowOf(60)],
    ]) {
      const [message] = renderMessages(reply([{ kind: "text", text: "x" }], { buttons }), "answer");
      const body = { content: "x", components: message?.components ?? [] };
      expect(() => checkMessage(body, [], "interaction")).not.toThrow();
      const ids = message?.components.flatMap(({ components }) => components) ?? [];
      expect(ids).toHaveLength(Math.min(25, buttons.flat().length));
    }
  });

  test("buttons and pictures stand on the last message", () => {
    const image = { png: new Uint8Array([1]), alt: "equity" };
    const parts = renderMessages(
      reply([{ kind: "text", text: "y".repeat(3000) }], { buttons: [[button("Go", "1")]], image }),
      "notice",
    );
    expect(parts).toHaveLength(2);
    expect(parts[0]).toMatchObject({ components: [], files: [] });
    expect(parts[1]?.files).toMatchObject([{ name: "picture.png", description: "equity" }]);
    expect(parts[1]?.components[0]?.components[0]?.custom_id).toBe("n:1");
  });
});

test("a catalogue of any kind becomes commands that Discord accepts", () => {
  const options = {
    mode: choice(["a", "b"]).req("option-state"),
    count: int.opt("option-count", { min: 1, max: 50, default: 7 }),
    text: rest.opt("an unknown key that is ".repeat(20)),
  };
  const head = {
    group: "general",
    role: "viewer",
    options,
    run: () => ({ tone: "good" as const, blocks: [] }),
  } as const;
  const made = slashCommands([
    command({ ...head, name: "help", place: "private", aliases: { short: { mode: "a" } } }),
  ]);
  expect(() => checkCommands(made)).not.toThrow();
  expect(made.map(({ name }) => name)).toEqual(["help", "short"]);
  expect(made[0]).toMatchObject({ contexts: [1] });
  expect(made[1]?.options?.map(({ name }) => name)).toEqual(["count", "text"]);
});
