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
  #open = true;

  constructor(options: PromptOptions) {
    const { input, output, prompt, complete, onInterrupt } = options;
    this.#output = output;
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
    // What was typed may fill several rows; readline steps back over them before it draws them anew.
    const { rows } = this.#line.getCursorPos();
    moveCursor(this.#output, 0, -rows);
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
    this.#output.write(`${text}\n${"\n".repeat(rows)}`);
    this.#line.prompt(true);
  }

  close(): void {
    this.#line.close();
  }

  #clear(): void {
    this.#line.write(null, { ctrl: true, name: "e" });
    this.#line.write(null, { ctrl: true, name: "u" });
  }
}
