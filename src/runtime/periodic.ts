/** What happens by the clock, as a list: name, time, work. */
import type { Logger } from "../ports/logger.ts";
import type { Daemon } from "./daemon.ts";
import type { Task } from "./schedule.ts";

export interface PeriodicModules {
  readonly daemon: Daemon;
  readonly logger: Logger;
  /** Codes and ids of books that do not balance; empty when all do. */
  readonly auditMoney: () => Promise<readonly unknown[]>;
  /** Puts the reports that are due into the outbox. */
  readonly sendReports: () => Promise<unknown>;
  /** Forgets what nobody needs any more. */
  readonly tidyUp: () => Promise<unknown>;
  /** 0 writes no status line. */
  readonly statusMinutes: number;
}

export function periodicTasks(modules: PeriodicModules): readonly Task[] {
  const { daemon, logger, statusMinutes } = modules;
  const status: Task = {
    name: "status",
    at: `*/${statusMinutes} * * * *`,
    run: () => logStatus(daemon, logger),
  };
  return [
    { name: "tick", at: "* * * * * *", run: () => daemon.tick() },
    { name: "outbox", at: "* * * * * *", run: () => daemon.lookAtOutbox() },
    ...(statusMinutes > 0 ? [status] : []),
    { name: "instruments", at: "7 * * * *", run: () => daemon.refreshInstruments() },
    {
      name: "reports",
      at: "* * * * *",
      run: async () => {
        await modules.sendReports();
      },
    },
    {
      name: "tidy-up",
      at: "41 * * * *",
      run: async () => {
        await modules.tidyUp();
      },
    },
    {
      name: "audit",
      at: "23 3 * * *",
      run: async () => {
        const violations = await modules.auditMoney();
        if (violations.length === 0) logger.info({}, "the books balance");
        else logger.error({ violations: violations.slice(0, 20) }, "the books do not balance");
      },
    },
  ];
}

/** One line that says whether all is well. */
export function logStatus(daemon: Daemon, logger: Logger): void {
  const { state, reasons, uptimeMs, connections, strategies, ...status } = daemon.status();
  logger.info(
    {
      state,
      reasons: reasons.join(", "),
      uptimeMinutes: Math.floor(uptimeMs / 60_000),
      sockets: `${connections.filter(({ connected }) => connected).length}/${connections.length}`,
      strategies: strategies.active,
      openPositions: status.openPositions,
      analyses: status.totalAnalyses,
      trades: status.tradesExecuted,
    },
    "status",
  );
}
