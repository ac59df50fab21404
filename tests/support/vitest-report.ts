/**
 * Reads what vitest reports in JSON as two honest numbers. A file that could not be loaded and an
 * error outside any test have no test of their own, and count as failures all the same.
 */
import { z } from "zod";

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** `exitedCleanly`: vitest ended with exit code 0. */
export function countTests(json: string, exitedCleanly: boolean): TestCounts {
  const report = Report.parse(JSON.parse(json));
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && assertionResults.every((test) => test.status !== "failed"),
  ).length;
  const failed = report.numFailedTests + unloaded;
  const unexplained = failed === 0 && !exitedCleanly ? 1 : 0;
  return {
    passed: report.numPassedTests,
    failed: failed + unexplained,
    skipped: report.numPendingTests,
  };
}
