/** Commands that answer with figures: balance, profit by period, performance, all trades as a file. */
import type { App } from "../../src/app/app.ts";
import { exportView } from "../views/operations.ts";
import { balanceView, profitByView, profitView } from "../views/profit.ts";
import { command, type Command } from "./command.ts";
import { choice, int } from "./option.ts";

/** Periods or groups in one table. */
const MAX_ROWS = 50;
const DEFAULT_PERIODS = 7;
const DEFAULT_GROUPS = 20;

export function queryCommands(app: App): readonly Command[] {
  return [
    command({
      name: "balance",
      group: "figures",
      role: "viewer",
      run: (_, { user, reader }) => balanceView(reader, app.queries.balance(user)),
    }),
    command({
      name: "profit",
      group: "figures",
      role: "viewer",
      aliases: {
        daily: { period: "day" },
        weekly: { period: "week" },
        monthly: { period: "month" },
      },
      options: {
        period: choice(["day", "week", "month"]).opt("option-period"),
        count: int.opt("option-count", { min: 1, max: MAX_ROWS, default: DEFAULT_PERIODS }),
      },
      run: async ({ period, count }, { user, reader }) =>
        period === undefined
          ? profitView(reader, await app.queries.profit(user))
          : profitByView(reader, period, await app.queries.profitBy(user, period, count)),
    }),
    command({
      name: "performance",
      group: "figures",
      role: "viewer",
      aliases: { stats: { by: "exit-reason" }, exits: { by: "exit-reason" } },
      options: {
        by: choice(["strategy", "symbol", "exit-reason"]).opt("option-by", { default: "strategy" }),
        count: int.opt("option-count", { min: 1, max: MAX_ROWS, default: DEFAULT_GROUPS }),
      },
      run: async ({ by, count }, { user, reader }) =>
        profitByView(reader, by, await app.queries.profitBy(user, by, count)),
    }),
    command({
      name: "export",
      group: "figures",
      role: "viewer",
      place: "private",
      run: async (_, { user, reader }) => exportView(reader, await app.tradeExport.file(user)),
    }),
  ];
}
