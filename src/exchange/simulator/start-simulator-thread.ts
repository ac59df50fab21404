/**
 * Runs the simulated exchange in a worker thread and speaks to it. The demo starts it this way; the
 * thread ends with stop(), or with the process.
 */
import { Worker } from "node:worker_threads";
import { Fault } from "../../domain/fault.ts";
import type { Faults } from "./faults.ts";
import type {
  OrderedFault,
  ThreadOptions,
  ThreadReport,
  ThreadRequest,
} from "./simulator-messages.ts";

export interface SimulatorThread {
  readonly wsUrl: string;
  readonly restUrl: string;
  /** Virtual time, epoch ms. Fault: simulator-thread-ended. */
  readonly virtualNow: () => Promise<number>;
  /** Orders a fault by the name of its method, with the method's values. */
  readonly orderFault: <Name extends OrderedFault>(
    name: Name,
    ...values: Parameters<Faults[Name]>
  ) => Promise<void>;
  /** Ends connections and thread. Fault: simulator-thread-ended when it had ended by itself. */
  readonly stop: () => Promise<void>;
}

type Question = ThreadRequest extends infer Each
  ? Each extends ThreadRequest
    ? Omit<Each, "id">
    : never
  : never;

/** Resolves when the exchange listens. Faults: those of ExchangeSimulator.start. */
export async function startSimulatorThread(options: ThreadOptions): Promise<SimulatorThread> {
  const worker = new Worker(new URL("./simulator-worker.ts", import.meta.url), {
    workerData: options,
  });
  const first = await new Promise<ThreadReport>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  // From here on a crash of the thread is a defect, and as loud as one anywhere else.
  worker.removeAllListeners("error");
  if (first.kind !== "ready") {
    await worker.terminate();
    throw first.kind === "failed" ? new Fault(first.code, first.facts) : ended();
  }
  const line = new Line(worker);
  return {
    wsUrl: first.wsUrl,
    restUrl: first.restUrl,
    virtualNow: () => line.ask({ kind: "now" }),
    orderFault: async (name, ...values) => {
      await line.ask({ kind: "fault", name, values });
    },
    stop: () => line.stop(),
  };
}

interface Waiting {
  readonly resolve: (now: number) => void;
  readonly reject: (fault: Fault) => void;
}

/** Questions and replies, matched by number; when the thread ends, open questions fail. */
class Line {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private readonly exited: Promise<void>;
  private asked = 0;
  private over = false;
  private stopping: Promise<void> | null = null;

  constructor(worker: Worker) {
    this.worker = worker;
    worker.on("message", (report: ThreadReport) => {
      if (report.kind !== "reply") return;
      this.waiting.get(report.id)?.resolve(report.now);
      this.waiting.delete(report.id);
    });
    this.exited = new Promise((resolve) => {
      worker.once("exit", () => {
        this.over = true;
        for (const { reject } of this.waiting.values()) reject(ended());
        resolve();
      });
    });
  }

  ask(question: Question): Promise<number> {
    if (this.over) return Promise.reject(ended());
    this.asked += 1;
    const request = { ...question, id: this.asked };
    return new Promise((resolve, reject) => {
      this.waiting.set(request.id, { resolve, reject });
      this.worker.postMessage(request);
    });
  }

  stop(): Promise<void> {
    this.stopping ??= this.ask({ kind: "stop" }).then(() => this.exited);
    return this.stopping;
  }
}

function ended(): Fault {
  return new Fault("simulator-thread-ended");
}
