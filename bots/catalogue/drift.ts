/** The command that asks whether reality agrees with the backtest. */
import type { App } from "../../src/app/app.ts";
import { driftView } from "../views/drift.ts";
import { command, type Command } from "./command.ts";
import { phaseWatch } from "./phase-watch.ts";
import { page, strategyNumber } from "./targets.ts";

export function driftCommands(app: App): readonly Command[] {
  return [
    command({
      name: "drift",
      group: "figures",
      role: "viewer",
      options: { number: strategyNumber(app), page },
      run: async ({ number, page: wanted }, call) => {
        const { user, reader, pageRows, signal } = call;
        signal.addEventListener("abort", () => app.turns.cancel(user));
        call.progress(reader.text("progress-begin"));
        const report = await app.drift.compare(user, number, phaseWatch(call).progress);
        return driftView(reader, report, { page: wanted, pageRows });
      },
    }),
  ];
}
