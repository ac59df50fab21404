/**
 * PNG from SVG by sharp (libvips and librsvg), in its own threads. The font travels with us: fontconfig
 * is told of a folder that holds DejaVu Sans and nothing else before sharp is loaded, so pictures look
 * the same on a machine with no fonts. Loaded at the first picture; a machine that cannot load it gets a
 * fault for each picture and nothing worse.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
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

/**
 * A folder in the temporary directory, shared by all processes of this installation and kept: the path
 * of the configuration in it.
 */
function fontsConfiguration(): string {
  const source = join(dirname(require.resolve("dejavu-fonts-ttf/package.json")), "ttf");
  const folder = ownFolder(createHash("sha256").update(source).digest("hex").slice(0, 12));
  const fonts = join(folder, "fonts");
  mkdirSync(fonts, { recursive: true });
  for (const font of FONTS) {
    place(folder, join(fonts, font), readFileSync(join(source, font)));
  }
  const file = join(folder, "fonts.conf");
  place(folder, file, Buffer.from(configuration(fonts, join(folder, "cache"))));
  return file;
}

/** Nobody else's: where another user has taken the name, one that nobody could know. */
function ownFolder(name: string): string {
  const uid = userInfo().uid;
  const folder = join(tmpdir(), `vigie-fonts-${uid}-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const isOurs = uid < 0 || lstatSync(folder).uid === uid;
  return isOurs ? folder : mkdtempSync(join(tmpdir(), "vigie-fonts-"));
}

/** In one step, so that another process never sees a part. */
function place(folder: string, file: string, content: Buffer): void {
  if (existsSync(file) && readFileSync(file).equals(content)) return;
  const begun = join(folder, `begun-${process.pid}`);
  writeFileSync(begun, content);
  renameSync(begun, file);
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
