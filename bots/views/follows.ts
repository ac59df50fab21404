/** An open position whose strategy has been given another rule since. */
import type { OpenPositionView } from "../../src/app/queries.ts";
import type { Reader } from "./reader.ts";

/** "Position #41 still follows version 2 …", or null when it follows the present rule. */
export function followsLine(reader: Reader, view: OpenPositionView | null): string | null {
  if (view === null || view.newerVersion === null) return null;
  return reader.text("follows-version", {
    position: `#${view.position.number}`,
    version: String(view.position.ruleVersion),
    newer: String(view.newerVersion),
    number: String(view.strategyNumber),
  });
}
