/** Periodic work, driven by node-cron. A task that is still busy is not started a second time. */
import { schedule as cron, type ScheduledTask } from "node-cron";
import type { Logger } from "../ports/logger.ts";

export interface Task {
  readonly name: string;
  /** Cron expression, with seconds when it has six fields; UTC. */
  readonly at: string;
  readonly run: () => Promise<void> | void;
}

export interface Schedule {
  stop(): Promise<void>;
}

/** Starts the tasks; a failing one is logged and tried again at its next time. */
export function startSchedule(tasks: readonly Task[], logger: Logger): Schedule {
  const scheduled = tasks.map(({ name, at, run }): ScheduledTask => {
    const guarded = async () => {
      try {
        await run();
      } catch (error) {
        logger.error({ error, task: name }, "a periodic task failed");
      }
    };
    return cron(at, guarded, { name, timezone: "UTC", noOverlap: true });
  });
  return {
    async stop() {
      for (const task of scheduled) await task.destroy();
    },
  };
}
