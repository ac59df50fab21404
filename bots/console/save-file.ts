/** Files that commands make, kept in a folder of the machine: readable by their owner alone. */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { TextFile } from "../views/reply.ts";

/** Saves into `folder`, made when it is missing; a file of the same name is replaced. */
export function saveInto(folder: string): (file: TextFile) => Promise<string> {
  return async ({ name, content }) => {
    await mkdir(folder, { recursive: true });
    const path = resolve(join(folder, name));
    await writeFile(path, content, { mode: 0o600 });
    return path;
  };
}
