/**
 * The terminal as a chat. On a terminal there is a prompt with history and completion, and notices
 * appear above it. From a pipe each line is a command, answered before the next is read; at the end of
 * input the console is gone and the service goes on.
 */
import { createInterface } from "node:readline";
import type { User } from "../../src/domain/user.ts";
import type { Caller, Watch } from "../catalogue/command.ts";
import type { Catalogue } from "../catalogue/dispatcher.ts";
import { ProgressShow } from "../catalogue/progress-show.ts";
import type { Image, Reply, TextFile } from "../views/reply.ts";
import { sparkline, thinned } from "../views/sparkline.ts";
import { text } from "../text/text.ts";
import { plainLine } from "../views/plain.ts";
import { completions } from "./completion.ts";
import { Prompt } from "./prompt.ts";
import { renderReply } from "./render.ts";

/** Table width where the output is no terminal. */
const PIPED_WIDTH = 160;
const PROMPT = "vigie> ";
/** Bars that stand for a picture. */
const CURVE_BARS = 60;
const LEAVING = /^\/?(?:quit|exit)$/i;
const CONSOLE_PROGRESS = { firstAfterMs: 300, everyMs: 500 };
const DECLINING = /^(?:|no?|non)$/i;

export interface ConsoleOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream & { readonly columns?: number };
  readonly catalogue: Catalogue;
  /** The person at the terminal as they are now: settings may change between commands. */
  readonly actor: () => Promise<User>;
  /** True when a person sits at both ends: a prompt, editing, colours if wished. */
  readonly interactive: boolean;
  readonly color: boolean;
  /** Shown in the greeting. */
  readonly version: string;
  /** /quit, /exit or Ctrl-C: the service is to stop. */
  readonly onQuit: () => void;
  /** Told when the person cannot be found, for example while the database is away. */
  readonly onError: (error: unknown) => void;
  /** Keeps a file that a command made; resolves to its path. Without it the content is printed. */
  readonly saveFile?: (file: TextFile) => Promise<string>;
  /** Keeps a picture; resolves to its path. Without it pictures are left out. */
  readonly saveImage?: (image: Image) => Promise<string>;
}

export interface RunningConsole {
  /** Shows text, above the prompt where there is one. Lines may hold colours of our own. */
  print(text: string): void;
  /** Columns that text may fill now. */
  width(): number;
  close(): void;
  /** Resolves when no more commands will come. */
  readonly done: Promise<void>;
}

export function startConsole(options: ConsoleOptions): RunningConsole {
  const session = new Session(options);
  const done = session.run();
  return {
    print: (line) => session.print(line),
    width: () => session.width(),
    close: () => session.close(),
    done,
  };
}

class Session {
  readonly #options: ConsoleOptions;
  readonly #prompt: Prompt | null;
  #lines: AsyncIterable<string> & { close(): void };
  /** The person as last seen, for completion while typing. */
  #user: User | null = null;
  /** Id of the button that answers the open question with yes. */
  #question: string | null = null;
  #closed = false;
  /** Nobody reads the output any more. */
  #deaf = false;

  constructor(options: ConsoleOptions) {
    this.#options = options;
    const { input, output, interactive } = options;
    output.on("error", () => {
      this.#deaf = true;
    });
    if (!interactive) {
      this.#prompt = null;
      this.#lines = createInterface({ input, crlfDelay: Infinity });
      return;
    }
    const prompt = new Prompt({
      input,
      output,
      prompt: PROMPT,
      complete: (line) => this.#complete(line),
      onInterrupt: () => options.onQuit(),
    });
    this.#prompt = prompt;
    this.#lines = {
      [Symbol.asyncIterator]: () => prompt.lines[Symbol.asyncIterator](),
      close: () => prompt.close(),
    };
  }

  async run(): Promise<void> {
    // Taken first: lines that arrive while the person is looked up must not be lost.
    const lines = this.#lines[Symbol.asyncIterator]();
    const user = await this.#find();
    if (this.#prompt !== null) {
      const { version } = this.#options;
      this.print(text(user?.language ?? "en", "console-welcome", { version }));
    }
    for (;;) {
      const next = await lines.next();
      if (next.done === true || this.#closed) break;
      await this.#take(next.value.trim());
    }
    if (this.#prompt !== null && !this.#closed) this.print(this.#say("console-closed"));
  }

  print(line: string): void {
    if (this.#deaf) return;
    if (this.#prompt === null) this.#options.output.write(`${line}\n`);
    else this.#prompt.print(line);
  }

  width(): number {
    return this.#options.output.columns ?? PIPED_WIDTH;
  }

  close(): void {
    this.#closed = true;
    this.#lines.close();
  }

  async #take(line: string): Promise<void> {
    const question = this.#question;
    this.#question = null;
    if (LEAVING.test(line)) {
      this.#options.onQuit();
      return;
    }
    const user = await this.#find();
    if (user === null) {
      this.print(this.#say("fault-unexpected"));
      return;
    }
    const caller: Caller = { user, platform: "console", place: "private" };
    const { catalogue } = this.#options;
    if (question !== null && isYes(line, user.language)) {
      await this.#carryOut((watch) => catalogue.press(question, caller, watch));
      return;
    }
    if (question !== null) this.print(this.#say("console-cancelled"));
    const isNothing = question === null ? line === "" : DECLINING.test(line);
    if (!isNothing) await this.#carryOut((watch) => catalogue.say(line, caller, watch));
    else if (line === "" && catalogue.awaits(caller)) {
      await this.#show(await catalogue.say("/cancel", caller));
    }
  }

  /** At a prompt the next line does not wait for a long command; how far that is stands there. */
  async #carryOut(act: (watch: Watch) => Promise<Reply>): Promise<void> {
    const prompt = this.#prompt;
    if (prompt === null) {
      await this.#show(await act(() => undefined));
      return;
    }
    const progress = new ProgressShow({
      ...CONSOLE_PROGRESS,
      show: async ({ blocks: [first] }) => {
        prompt.status(first?.kind === "text" ? plainLine(first.text) : null);
      },
      onTrouble: this.#options.onError,
    });
    const settle = async (): Promise<void> => {
      const reply = await act((line) => progress.update(line));
      await progress.end();
      if (progress.hasShown) prompt.status(null);
      if (reply.withdrawn !== true) await this.#show(reply);
    };
    const done = settle();
    done.catch(this.#options.onError);
    await Promise.race([done, progress.begun]);
  }

  async #show(reply: Reply): Promise<void> {
    const yes = reply.buttons.flat().find((button) => button.confirms);
    this.#question = yes?.id ?? null;
    const screen = { width: this.width(), color: this.#options.color };
    this.print(renderReply(reply, screen));
    if (yes !== undefined) {
      const word = this.#say("confirm-word");
      this.print(text(this.#language(), "console-confirm", { word }));
    }
    if (reply.image !== undefined) await this.#keepImage(reply.image);
    if (reply.file !== undefined) await this.#keep(reply.file);
  }

  async #keepImage(image: Image): Promise<void> {
    const { saveImage, onError } = this.#options;
    const { curve = [] } = image;
    if (curve.length > 0) this.print(`  ${sparkline(thinned(curve, CURVE_BARS))}`);
    if (saveImage === undefined) return;
    try {
      const path = await saveImage(image);
      this.print(text(this.#language(), "picture-saved", { path }));
    } catch (error) {
      onError(error);
      this.print(this.#say("picture-not-saved"));
    }
  }

  async #keep(file: TextFile): Promise<void> {
    const { saveFile, onError } = this.#options;
    if (saveFile === undefined) {
      this.print(file.content.trimEnd());
      return;
    }
    try {
      const path = await saveFile(file);
      this.print(text(this.#language(), "exported-saved", { path }));
    } catch (error) {
      onError(error);
      this.print(this.#say("fault-unexpected"));
    }
  }

  /** The person at the terminal, or null when they cannot be found just now. */
  async #find(): Promise<User | null> {
    try {
      this.#user = await this.#options.actor();
      return this.#user;
    } catch (error) {
      this.#options.onError(error);
      return null;
    }
  }

  #complete(line: string): [string[], string] {
    if (this.#user === null) return [[], line];
    const caller: Caller = { user: this.#user, platform: "console", place: "private" };
    return completions(this.#options.catalogue, caller, line);
  }

  #say(key: string): string {
    return text(this.#language(), key);
  }

  #language(): string {
    return this.#user?.language ?? "en";
  }
}

function isYes(line: string, language: string): boolean {
  return ["yes", "y", text(language, "confirm-word")].includes(line.toLowerCase());
}
