/** How far fetching candles and testing on them are, told to whoever waits for it. */
import type { RehearsalWatch } from "../../src/app/rehearsals.ts";
import type { Call } from "./command.ts";

export function phaseWatch({ reader, progress, signal }: Call): RehearsalWatch {
  return {
    signal,
    progress: (phase, done, total) => {
      const share = total === 0 ? 1 : done / total;
      progress(reader.text(`progress-${phase}`, { percent: Math.floor(100 * share) }));
    },
  };
}
