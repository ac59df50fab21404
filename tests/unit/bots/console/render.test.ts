/** A reply becomes lines of a terminal: aligned, coloured only when asked, harmless in any case. */
import { describe, expect, it } from "vitest";
import { renderReply } from "../../../../bots/console/render.ts";
import type { IssuedButton, Reply } from "../../../../bots/views/reply.ts";

const button = (change: Partial<IssuedButton>): IssuedButton => ({
  id: "x",
  label: "Next",
  style: "plain",
  words: "/strategies 2",
  confirms: false,
  repeats: false,
  ...change,
});

const REPLY: Reply = {
  tone: "good",
  blocks: [
    { kind: "title", text: "Title", icon: "🟢" },
    { kind: "text", text: "two\nlines" },
    {
      kind: "fields",
      rows: [
        ["A", "1"],
        ["Longer", "2"],
      ],
    },
    {
      kind: "list",
      items: [
        { text: "outer", depth: 0 },
        { text: "inner", depth: 1 },
      ],
    },
    { kind: "code", text: "x\n^" },
    {
      kind: "table",
      table: { columns: [{ title: "N", align: "right", priority: 1 }], rows: [["10"]] },
    },
  ],
  buttons: [[button({}), button({ label: "Refresh", words: "/strategies", repeats: true })]],
};

const first = (tone: Reply["tone"]) =>
  renderReply({ ...REPLY, tone }, { width: 80, color: true }).split("\n")[0];

describe("a reply on the terminal", () => {
  it("is plain lines without colour", () => {
    expect(renderReply(REPLY, { width: 80, color: false }).split("\n")).toEqual([
      "Title",
      "two",
      "lines",
      "A       1",
      "Longer  2",
      "- outer",
      "  - inner",
      "  x",
      "  ^",
      " N",
      "10",
      "Next: /strategies 2",
    ]);
  });

  it("colours by tone when asked to", () => {
    expect(first("good")).toBe("\u001B[1m\u001B[32mTitle\u001B[39m\u001B[22m");
    expect(first("error")).toContain("\u001B[31m");
  });

  it("lets no text of others colour, move or hide anything", () => {
    const evil = "\u001B]0;owned\u0007\u001B[2J\u009B5m\u202Ex";
    const reply: Reply = {
      tone: "neutral",
      blocks: [
        { kind: "title", text: evil },
        { kind: "text", text: evil },
        { kind: "fields", rows: [[evil, evil]] },
        { kind: "list", items: [{ text: evil, depth: 0 }] },
        { kind: "code", text: evil },
        {
          kind: "table",
          table: { columns: [{ title: evil, align: "left", priority: 1 }], rows: [[evil]] },
        },
      ],
      buttons: [[button({ label: evil, words: evil })]],
    };
    expect(renderReply(reply, { width: 80, color: false })).not.toMatch(/(?!\n)[\p{Cc}\u202E]/u);
  });
});
