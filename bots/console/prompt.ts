/**
 * The line at the bottom of a terminal. Whatever is printed appears above it, and what the person has
 * typed so far stays as it was.
 */
import {
  clearScreenDown,
  createInterface,
  cursorTo,
  moveCursor,
  type Interface,
} from "node:readline";

const HISTORY_SIZE = 200;

export interface PromptOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** "vigie> " */
  readonly prompt: string;
  readonly complete: (line: string) => [string[], string];
  /** Ctrl-C on an empty line; on any other it only clears the line. */
  readonly onInterrupt: () => void;
}

export class Prompt {
  readonly #line: Interface;
  readonly #output: NodeJS.WritableStream;
  readonly #words: string;
  #open = true;

  constructor(options: PromptOptions) {
    const { input, output, prompt, complete, onInterrupt } = options;
    this.#output = output;
    this.#words = prompt;
    this.#line = createInterface({
      input,
      output,
      prompt,
      completer: complete,
      terminal: true,
      historySize: HISTORY_SIZE,
      removeHistoryDuplicates: true,
    });
    this.#line.on("close", () => {
      this.#erase();
      this.#open = false;
    });
    this.#line.on("SIGINT", () => {
      if (this.#line.line === "") onInterrupt();
      else this.#clear();
    });
    this.#line.prompt();
  }

  /** Lines as they are entered, until the end of input. */
  get lines(): AsyncIterable<string> {
    return this.#line;
  }

  print(text: string): void {
    if (!this.#open) {
      this.#output.write(`${text}\n`);
      return;
    }
    this.#erase();
    this.#output.write(`${text}\n`);
    // Readline would step back over the rows it last drew; they are gone.
    Object.assign(this.#line, { prevRows: 0 });
    this.#line.prompt(true);
  }

  /** What goes on, in front of the prompt: "[Testing, 40 %] vigie> "; null when nothing does. */
  status(line: string | null): void {
    if (!this.#open) return;
    this.#erase();
    this.#line.setPrompt(line === null ? this.#words : `[${line}] ${this.#words}`);
    Object.assign(this.#line, { prevRows: 0 });
    this.#line.prompt(true);
  }

  close(): void {
    this.#line.close();
  }

  /** Takes prompt and typed text off the screen; what was typed may fill several rows. */
  #erase(): void {
    moveCursor(this.#output, 0, -this.#line.getCursorPos().rows);
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
  }

  #clear(): void {
    this.#line.write(null, { ctrl: true, name: "e" });
    this.#line.write(null, { ctrl: true, name: "u" });
  }
}
