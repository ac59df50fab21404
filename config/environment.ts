/**
 * The one place that reads the process's environment, together with an `.env` file in the working
 * directory if there is one. What is already set wins over the file.
 */
import { existsSync } from "node:fs";
import { loadEnvFile } from "node:process";
import { Fault } from "../src/domain/fault.ts";
import type { Environment } from "./load.ts";

const ENV_FILE = ".env";

/** A copy of the environment. Faults: env-file-unreadable {path}. */
export function readEnvironment(): Environment {
  if (existsSync(ENV_FILE)) {
    try {
      loadEnvFile(ENV_FILE);
    } catch (error) {
      throw new Fault("env-file-unreadable", { path: ENV_FILE }, { cause: error });
    }
  }
  return { ...process.env };
}
