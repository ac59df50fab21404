/**
 * A rule that was not understood, ready to be shown: every problem with the line it stands in and a
 * caret under the place.
 */
import { Fault, type FaultFacts } from "../domain/fault.ts";
import type { RuleFault } from "../rules/fault.ts";
import { pointAt } from "../rules/point.ts";

export interface PointedProblem {
  readonly code: string;
  readonly facts: FaultFacts;
  /** The source line, or the part of it around the place. */
  readonly line: string;
  /** Spaces, then one `^` for each wrong character; for a fixed-width font. */
  readonly caret: string;
}

/** `code` and `facts` are those of the first problem. */
export class RuleRefused extends Fault {
  /** In the order of the text; at least one. */
  readonly problems: readonly PointedProblem[];

  /** `columns`: how wide what is shown may be; a phone's width unless given. */
  constructor(text: string, cause: RuleFault, columns?: number) {
    super(cause.code, cause.facts, { cause });
    this.name = "RuleRefused";
    this.problems = cause.problems.map((problem) => ({
      ...problem,
      ...pointAt(text, problem, columns),
    }));
  }
}
