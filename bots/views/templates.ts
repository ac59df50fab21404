/** The built-in rules: the list, and one in full before it is adopted. */
import type { Template } from "../../src/rules/templates.ts";
import { pageButtons, pageLine, type Page } from "./paging.ts";
import type { Reader } from "./reader.ts";
import type { Draft } from "./reply.ts";

export function templatesView(reader: Reader, page: Page<Template>): Draft {
  const hint = [reader.text("templates-hint"), pageLine(reader, page)];
  const adopt = reader.text("button-adopt-all", { count: page.total });
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: reader.text("templates-title", { count: page.total }) },
      {
        kind: "table",
        table: {
          columns: [
            { title: reader.text("column-key"), align: "left", priority: 1 },
            { title: reader.text("column-name"), align: "left", priority: 2 },
          ],
          rows: page.rows.map(({ key, title }) => [key, title]),
        },
      },
      { kind: "text", text: hint.filter((part) => part !== "").join(" · ") },
    ],
    buttons: [
      pageButtons(reader, "templates", page),
      [{ label: adopt, command: "adopt", args: { template: "all" }, style: "primary" }],
    ],
  };
}

export function templateView(reader: Reader, template: Template): Draft {
  const { key, title, ruleText } = template;
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: title },
      { kind: "code", text: ruleText },
      { kind: "text", text: reader.text("template-hint", { key }) },
    ],
    buttons: [
      [
        {
          label: reader.text("button-adopt"),
          command: "adopt",
          args: { template: key },
          style: "primary",
        },
      ],
    ],
  };
}
