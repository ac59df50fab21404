/** How the tests run: in any order, two files at a time, never a part of them by mistake. */
import { defineConfig } from "vitest/config";

/** Suites by what they need: unit and architecture nothing, contract sockets, integration a database. */
const suite = (name: string, extra: object = {}) => ({
  test: { name, include: [`tests/${name}/**/*.test.ts`], ...extra },
});

export default defineConfig({
  test: {
    sequence: { shuffle: true },
    allowOnly: false,
    maxWorkers: 2,
    projects: [
      suite("unit", { testTimeout: 20_000 }),
      suite("architecture"),
      suite("contract", { testTimeout: 20_000 }),
      suite("integration", { testTimeout: 60_000, hookTimeout: 60_000 }),
      suite("simulation", { testTimeout: 60_000, hookTimeout: 60_000 }),
    ],
  },
});
