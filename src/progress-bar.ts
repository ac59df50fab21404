/** A progress bar on standard error, where it disturbs no output; nothing where there is no terminal. */
import { SingleBar } from "cli-progress";

export interface Progress {
  show(done: number, total: number): void;
  end(): void;
}

const STEPS = 1000;

/** `title` stands before the bar. */
export function progressBar(title: string): Progress {
  if (!process.stderr.isTTY) return { show: () => {}, end: () => {} };
  const bar = new SingleBar({
    format: `${title} {bar} {percentage} %  {eta_formatted} left`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  bar.start(STEPS, 0);
  return {
    show: (done, total) => bar.update(total === 0 ? STEPS : Math.floor((STEPS * done) / total)),
    end: () => bar.stop(),
  };
}
