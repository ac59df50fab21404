/**
 * The simulated exchange in a thread of its own, so that it and the engine do not hold each other up.
 * Entry point of the thread that start-simulator-thread.ts makes; ends when it was asked to stop.
 */
import { parentPort, workerData } from "node:worker_threads";
import { Fault } from "../../domain/fault.ts";
import type { ThreadOptions, ThreadReport, ThreadRequest } from "./simulator-messages.ts";
import { ExchangeSimulator } from "./simulator.ts";

const parent = parentPort;
if (parent !== null) {
  const report = (message: ThreadReport) => parent.postMessage(message);
  try {
    const options: ThreadOptions = workerData;
    const simulator = await ExchangeSimulator.start(options);
    const reply = async (request: ThreadRequest) => {
      const now = await perform(simulator, request);
      report({ kind: "reply", id: request.id, now });
      if (request.kind === "stop") parent.close();
    };
    parent.on("message", (request: ThreadRequest) => void reply(request));
    report({ kind: "ready", wsUrl: simulator.wsUrl, restUrl: simulator.restUrl });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    report({ kind: "failed", code: error.code, facts: error.facts });
  }
}

async function perform(simulator: ExchangeSimulator, request: ThreadRequest): Promise<number> {
  switch (request.kind) {
    case "now":
      break;
    case "stop":
      await simulator.stop();
      break;
    case "fault":
      // The types of name and values were checked together where the fault was ordered.
      Reflect.apply(simulator.faults[request.name], simulator.faults, request.values);
      break;
  }
  return simulator.now();
}
