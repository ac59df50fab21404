/** Help, made from the catalogue itself: commands, one command, and the words of the rule language. */
import { INDICATORS, type IndicatorSpec } from "../../src/domain/indicator.ts";
import type { Reader } from "./reader.ts";
import { listOf, type Block, type Button, type Draft } from "./reply.ts";

/** A command as help shows it. */
export interface HelpEntry {
  /** Key of the group's heading. */
  readonly group: string;
  readonly name: string;
  readonly usage: string;
  /** Key of its description. */
  readonly description: string;
  /** Other ways to type it. */
  readonly aliases: readonly string[];
  readonly options: readonly {
    readonly name: string;
    readonly description: string;
    readonly required: boolean;
    readonly choices: readonly string[] | null;
  }[];
}

/** `first` are buttons for somebody who is new here. */
export function helpView(
  reader: Reader,
  entries: readonly HelpEntry[],
  first: readonly Button[],
): Draft {
  const groups = [...new Set(entries.map((entry) => entry.group))];
  const blocks = groups.flatMap((group): readonly Block[] => {
    const members = entries.filter((entry) => entry.group === group);
    const lines = members.map((entry) => `${entry.usage} - ${reader.text(entry.description)}`);
    return [{ kind: "text", text: reader.text(`group-${group}`) }, listOf(lines)];
  });
  const topics: readonly Button[] = (["rules", "indicators"] as const).map((topic) => ({
    label: reader.text(`button-${topic}`),
    command: "help",
    args: { topic },
    style: "plain",
  }));
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: reader.text("help-title") },
      ...blocks,
      { kind: "text", text: reader.text("help-hint") },
    ],
    buttons: [first, topics],
  };
}

export function commandHelpView(reader: Reader, entry: HelpEntry): Draft {
  const options = entry.options.map(({ name, description, required, choices }) => {
    const few = choices === null ? "" : ` (${choices.join(", ")})`;
    const may = required ? "" : ` [${reader.text("option-optional")}]`;
    return [name, `${reader.text(description)}${few}${may}`] as const;
  });
  const blocks: Block[] = [
    { kind: "title", text: entry.usage },
    { kind: "text", text: reader.text(entry.description) },
  ];
  if (options.length > 0) blocks.push({ kind: "fields", rows: options });
  if (entry.aliases.length > 0) {
    const aliases = entry.aliases.join(", ");
    blocks.push({ kind: "text", text: reader.text("help-aliases", { aliases }) });
  }
  return { tone: "neutral", blocks };
}

const RULE_EXAMPLE = `enter long when rsi(14) crosses above 30 and close > ema(200)@4h
exit long when rsi(14) > 70 or profit > 6%
stop 2%  take 5%  trail 1.5% after 1%  max 12h  cooldown 30m  size 10%`;

export function ruleHelpView(reader: Reader): Draft {
  const points = ["clauses", "series", "operators", "protections", "position"];
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: reader.text("rules-title") },
      { kind: "code", text: RULE_EXAMPLE },
      listOf(points.map((point) => reader.text(`rules-${point}`))),
    ],
  };
}

export function indicatorHelpView(reader: Reader): Draft {
  const rows = [...INDICATORS.values()].map((spec) => [
    signature(spec),
    spec.outputs.length > 1 ? spec.outputs.join(" ") : "",
    spec.title,
  ]);
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: reader.text("indicators-title") },
      {
        kind: "table",
        table: {
          columns: [
            { title: reader.text("column-indicator"), align: "left", priority: 1 },
            { title: reader.text("column-outputs"), align: "left", priority: 2 },
            { title: reader.text("column-meaning"), align: "left", priority: 3 },
          ],
          rows,
        },
      },
    ],
  };
}

/** "macd(12, 26, 9)": defaults where there are some, names where one must be written. */
function signature({ name, params }: IndicatorSpec): string {
  const written = params.map((param) => String(param.default ?? param.name));
  return written.length === 0 ? name : `${name}(${written.join(", ")})`;
}
