/** `npm ci` works on every platform only if the lock file names every platform's packages. */
import { expect, it } from "vitest";
import { missingPackages, readLock } from "../support/lock-file.ts";

it("the lock file names every optional package, also those of other platforms", () => {
  expect([...missingPackages(readLock()).keys()]).toEqual([]);
});
