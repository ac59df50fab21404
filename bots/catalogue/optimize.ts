/** The command that searches a rule's ranges for better numbers. */
import type { App } from "../../src/app/app.ts";
import type { OptimizeWish } from "../../src/app/optimizations.ts";
import { Fault } from "../../src/domain/fault.ts";
import type { Reader } from "../views/reader.ts";
import { optimizeView } from "../views/optimize.ts";
import { command, type Command } from "./command.ts";
import { rest } from "./option.ts";
import { phaseWatch } from "./phase-watch.ts";
import { backtestWish } from "./research.ts";

export function optimizeCommands(app: App): readonly Command[] {
  return [searching(app)];
}

function searching(app: App): Command {
  return command({
    name: "optimize",
    group: "figures",
    role: "trader",
    options: { rule: rest.req("option-optimize") },
    run: async ({ rule }, call) => {
      const { user, reader, signal } = call;
      const wish = optimizeWish(rule, reader);
      signal.addEventListener("abort", () => app.turns.cancel(user));
      call.progress(reader.text("progress-begin"));
      const { progress } = phaseWatch(call);
      return optimizeView(reader, await app.optimizations.run(user, wish, progress));
    },
  });
}

/**
 * A rule's text with ranges in it, behind `symbol=`, `timeframe=` and a range of time if they are given. Faults: those of
 * backtestWish, rule-without-range for a strategy's number or a built-in rule's key.
 */
export function optimizeWish(text: string, reader: Pick<Reader, "now" | "timeZone">): OptimizeWish {
  const { what, ...on } = backtestWish(text, reader);
  if (what.kind !== "rule") throw new Fault("rule-without-range");
  return { ruleText: what.ruleText, ...on };
}
