/** Files that commands make, kept in a folder of the machine: readable by their owner alone. */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Image, TextFile } from "../views/reply.ts";

/** Pictures kept; the oldest makes way for the newest. */
export const MAX_PICTURES = 200;

/** Saves into `folder`, made when it is missing; a file of the same name is replaced. */
export function saveInto(folder: string): (file: TextFile) => Promise<string> {
  return async ({ name, content }) => {
    await mkdir(folder, { recursive: true });
    const path = resolve(join(folder, name));
    await writeFile(path, content, { mode: 0o600 });
    return path;
  };
}

/**
 * Saves pictures into `folder` under the time they were made at, "2026-11-22-140322-1.png"; resolves to
 * the path. More than MAX_PICTURES are not kept.
 */
export function savePicturesInto(
  folder: string,
  now: () => number,
): (image: Image) => Promise<string> {
  let count = 0;
  return async ({ png }) => {
    await mkdir(folder, { recursive: true });
    const kept = (await readdir(folder)).filter((name) => name.endsWith(".png")).toSorted();
    const surplus = kept.slice(0, Math.max(0, kept.length - MAX_PICTURES + 1));
    for (const name of surplus) await rm(join(folder, name), { force: true });
    count++;
    const moment = new Date(now()).toISOString().slice(0, 19).replace("T", "-").replaceAll(":", "");
    const path = resolve(join(folder, `${moment}-${count}.png`));
    await writeFile(path, png, { mode: 0o600 });
    return path;
  };
}
