/** Commands under way that said how far they are: each can be cancelled by who sent it, from anywhere. */
import { Fault } from "../../src/domain/fault.ts";
import type { Reply } from "../views/reply.ts";
import type { Call, Caller, Watch } from "./command.ts";

/** What takes the place of the progress of a command that was cancelled. */
export function withdrawn({ reader }: Call, { command }: { readonly command: string }): Reply {
  const text = reader.text("cancelled", { commands: `/${command}` });
  return { tone: "neutral", blocks: [{ kind: "text", text }], buttons: [], withdrawn: true };
}

interface Beginning {
  readonly caller: Caller;
  /** Its name, as soon as it is known. */
  readonly under: { readonly command: string };
  readonly watch: Watch;
  /** Makes what is shown of a line, once for the whole command. */
  readonly show: () => Promise<(line: string) => Reply>;
  readonly report: (error: unknown) => void;
}

interface LongCommand {
  readonly under: { readonly command: string };
  readonly abort: AbortController;
}

export class LongCommands {
  readonly #running = new Map<string, Set<LongCommand>>();

  /** For a command that begins: its way to say how far it is, which counts it among the long ones. */
  start(begun: Beginning): Pick<Call, "progress" | "signal"> & { readonly end: () => void } {
    const { caller, under, watch, show, report } = begun;
    const { id } = caller.user;
    const run = { under, abort: new AbortController() };
    let shown: Promise<(line: string) => Reply> | null = null;
    const progress = (line: string): void => {
      if (shown === null) this.#add(id, run);
      shown ??= show();
      shown.then((made) => watch(made(line))).catch(report);
    };
    return { progress, signal: run.abort.signal, end: () => this.#remove(id, run) };
  }

  /** Ends all of a person's and returns their names. */
  cancel(userId: string): readonly string[] {
    const runs = [...(this.#running.get(userId) ?? [])].filter((one) => !one.abort.signal.aborted);
    for (const { abort } of runs) abort.abort(new Fault("cancelled"));
    return runs.map(({ under }) => under.command);
  }

  #add(userId: string, run: LongCommand): void {
    this.#running.set(userId, (this.#running.get(userId) ?? new Set()).add(run));
  }

  #remove(userId: string, run: LongCommand): void {
    const runs = this.#running.get(userId);
    runs?.delete(run);
    if (runs?.size === 0) this.#running.delete(userId);
  }
}
