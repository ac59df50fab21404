/** The last line of `npm test` tells the truth, also when vitest's own count would not. */
import { describe, expect, it } from "vitest";
import { countTests } from "../support/vitest-report.ts";

interface FileResult {
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

const report = (testResults: readonly FileResult[]) => {
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (status: string) => all.filter((test) => test.status === status).length;
  return JSON.stringify({
    numPassedTests: count("passed"),
    numFailedTests: count("failed"),
    numPendingTests: count("skipped"),
    testResults,
  });
};

const passed = { status: "passed" };
const failed = { status: "failed" };
const skipped = { status: "skipped" };

describe("the counts", () => {
  it("are vitest's own where each failure is a test", () => {
    const json = report([
      { status: "passed", assertionResults: [passed, passed, skipped] },
      { status: "failed", assertionResults: [passed, failed, failed] },
    ]);
    expect(countTests(json, false)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  it("include a file that could not be loaded", () => {
    const json = report([
      { status: "passed", assertionResults: [passed] },
      { status: "failed", assertionResults: [] },
    ]);
    expect(countTests(json, false)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it("include an error outside any test", () => {
    const json = report([{ status: "passed", assertionResults: [passed] }]);
    expect(countTests(json, true).failed).toBe(0);
    expect(countTests(json, false).failed).toBe(1);
  });

  it("are refused where the report is not one", () => {
    expect(() => countTests("{}", true)).toThrow();
  });
});
