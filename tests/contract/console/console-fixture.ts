/** A console over real streams, whose output can be waited for. */
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { afterEach } from "vitest";
import { startConsole, type RunningConsole } from "../../../bots/console/console.ts";
import type { Image, TextFile } from "../../../bots/views/reply.ts";
import type { User } from "../../../src/domain/user.ts";
import type { SharpRasterizer } from "../../../src/raster/sharp-rasterizer.ts";
import { person } from "../../support/test-app.ts";
import { testBot, type TestBot } from "../../support/test-bot.ts";

export interface Terminal {
  readonly bot: TestBot;
  readonly input: PassThrough;
  readonly console: RunningConsole;
  readonly quits: number[];
  readonly errors: unknown[];
  /** All that was written, as it was written. */
  readonly written: () => string;
  /** Resolves once what was written contains the text, control sequences left aside. */
  readonly shows: (text: string) => Promise<void>;
}

export const root: User = person("root", { role: "admin" });
const running: RunningConsole[] = [];

afterEach(() => {
  for (const one of running.splice(0)) one.close();
});

export function open(
  options: {
    interactive?: boolean;
    actor?: () => Promise<User>;
    columns?: number;
    saveFile?: (file: TextFile) => Promise<string>;
    saveImage?: (image: Image) => Promise<string>;
    rasterizer?: SharpRasterizer;
  } = {},
): Terminal {
  const { rasterizer } = options;
  const bot = testBot(rasterizer === undefined ? {} : { rasterizer });
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns: options.columns ?? 200 });
  let text = "";
  const waiting: { text: string; resolve: () => void }[] = [];
  const has = (wanted: string): boolean => stripVTControlCharacters(text).includes(wanted);
  output.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    for (const one of waiting) if (has(one.text)) one.resolve();
  });
  const quits: number[] = [];
  const errors: unknown[] = [];
  const console = startConsole({
    input,
    output,
    catalogue: bot.catalogue,
    actor: options.actor ?? (async () => root),
    interactive: options.interactive ?? false,
    color: false,
    version: "1.2.3",
    onQuit: () => quits.push(1),
    onError: (error) => errors.push(error),
    ...(options.saveFile === undefined ? {} : { saveFile: options.saveFile }),
    ...(options.saveImage === undefined ? {} : { saveImage: options.saveImage }),
  });
  running.push(console);
  const shows = (wanted: string): Promise<void> =>
    new Promise((resolve) => {
      if (has(wanted)) resolve();
      else waiting.push({ text: wanted, resolve });
    });
  return { bot, input, console, quits, errors, written: () => text, shows };
}
