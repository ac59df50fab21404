/**
 * What went wrong, said to people. Every fault is a code with facts; its sentence is `fault-<code>`.
 * A rule that was refused is shown with the line, a caret under the place and what would have fitted.
 */
import { Fault, type FaultFacts } from "../../src/domain/fault.ts";
import { RuleRefused, type PointedProblem } from "../../src/app/rule-refused.ts";
import type { TextArgs } from "../text/text.ts";
import { plainLine } from "./plain.ts";
import type { Reader } from "./reader.ts";
import type { Block, Draft } from "./reply.ts";

/** Problems of one rule that are shown; the rest are counted. */
const MAX_PROBLEMS_SHOWN = 3;

/** The answer to a command that failed; `usage` is added when the words were wrong. */
export function faultView(reader: Reader, error: unknown, usage: string | null): Draft {
  const fault = error instanceof Fault ? error : new Fault("unexpected");
  const blocks: Block[] =
    fault instanceof RuleRefused
      ? fault.problems.slice(0, MAX_PROBLEMS_SHOWN).flatMap((one) => problemBlocks(reader, one))
      : [{ kind: "text", text: faultText(reader, fault) }];
  const more = fault instanceof RuleRefused ? fault.problems.length - MAX_PROBLEMS_SHOWN : 0;
  if (more > 0) blocks.push({ kind: "text", text: reader.text("rule-more-problems", { more }) });
  if (usage !== null) blocks.push({ kind: "text", text: reader.text("usage", { usage }) });
  return { tone: "error", blocks };
}

/** The sentence of a fault; a code without one is named in a general sentence. */
export function faultText(reader: Reader, fault: Pick<Fault, "code" | "facts">): string {
  const args = { ...factArgs(reader, fault.facts), code: fault.code };
  return reader.textOr(`fault-${fault.code}`, "fault-unknown", args);
}

function problemBlocks(reader: Reader, problem: PointedProblem): Block[] {
  const { suggestion } = problem.facts;
  const hint =
    typeof suggestion === "string" ? ` ${reader.text("rule-suggestion", { suggestion })}` : "";
  return [
    { kind: "text", text: `${faultText(reader, problem)}${hint}` },
    { kind: "code", text: `${problem.line}\n${problem.caret}` },
  ];
}

/**
 * Facts as a sentence takes them: `...Ms` is a duration, `until` a time, a `number` an id that must not
 * be grouped. What is null becomes "none", which sentences can tell apart.
 */
function factArgs(reader: Reader, facts: FaultFacts): TextArgs {
  const entries = Object.entries(facts).map(([name, fact]) => {
    if (fact === null) return [name, "none"] as const;
    if (typeof fact === "boolean") return [name, String(fact)] as const;
    if (typeof fact === "string") return [name, plainLine(fact)] as const;
    if (name.endsWith("Ms")) return [name, reader.duration(fact)] as const;
    if (name === "until") return [name, reader.dateTime(fact)] as const;
    if (name === "number" || name === "line" || name === "column")
      return [name, String(fact)] as const;
    return [name, fact] as const;
  });
  return Object.fromEntries(entries);
}
