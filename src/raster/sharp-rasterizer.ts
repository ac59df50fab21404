/**
 * PNG from SVG by sharp (libvips and librsvg), in its own threads. The font travels with us: fontconfig
 * is told of a folder that holds DejaVu Sans and nothing else before sharp is loaded, so pictures look
 * the same on a machine with no fonts. Loaded at the first picture; a machine that cannot load it gets a
 * fault for each picture and nothing worse.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Fault } from "../domain/fault.ts";
import type { Rasterizer } from "../ports/rasterizer.ts";

/** Pictures that may wait for the one being made. */
export const MAX_WAITING = 20;
/** Effort of compression: beyond this it costs time and saves little. */
const COMPRESSION_LEVEL = 6;
const FONTS = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"] as const;

/** The font's package has no module to import, only files. */
const require = createRequire(import.meta.url);

type Sharp = typeof import("sharp").default;

export class SharpRasterizer implements Rasterizer {
  readonly #load: () => Promise<Sharp>;
  #sharp: Promise<Sharp> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** `load` is only given by tests. */
  constructor(load: () => Promise<Sharp> = loadSharp) {
    this.#load = load;
  }

  async png(svg: string): Promise<Uint8Array> {
    if (this.#waiting >= MAX_WAITING) throw new Fault("pictures-busy", { limit: MAX_WAITING });
    this.#waiting++;
    const before = this.#last;
    const work = before.then(() => this.#draw(svg));
    this.#last = work.catch(() => undefined);
    try {
      return await work;
    } finally {
      this.#waiting--;
    }
  }

  async #draw(svg: string): Promise<Uint8Array> {
    try {
      this.#sharp ??= this.#load();
      const sharp = await this.#sharp;
      return await sharp(Buffer.from(svg)).png({ compressionLevel: COMPRESSION_LEVEL }).toBuffer();
    } catch (error) {
      const reason = error instanceof Error ? error.message.slice(0, 200) : "unknown";
      throw new Fault("picture-unavailable", { reason }, { cause: error });
    }
  }
}

let loading: Promise<Sharp> | null = null;

/** Once for the whole process: fontconfig reads its configuration a single time. */
function loadSharp(): Promise<Sharp> {
  loading ??= loadWithOurFont();
  return loading;
}

async function loadWithOurFont(): Promise<Sharp> {
  // Read by fontconfig when sharp is loaded; nothing else in this process reads it.
  process.env["FONTCONFIG_FILE"] = fontsConfiguration();
  const { default: sharp } = await import("sharp");
  // One picture at a time and none twice: threads and memory belong to trading.
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}

/** A folder of its own for this process, gone when it ends; resolves to the configuration in it. */
function fontsConfiguration(): string {
  const folder = mkdtempSync(join(tmpdir(), "vigie-fonts-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const fonts = join(folder, "fonts");
  mkdirSync(fonts);
  const source = join(dirname(require.resolve("dejavu-fonts-ttf/package.json")), "ttf");
  for (const font of FONTS) copyFileSync(join(source, font), join(fonts, font));
  const file = join(folder, "fonts.conf");
  writeFileSync(file, configuration(fonts, join(folder, "cache")));
  return file;
}

function configuration(fonts: string, cache: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${xml(fonts)}</dir>
  <cachedir>${xml(cache)}</cachedir>
</fontconfig>
`;
}

function xml(path: string): string {
  return path.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
