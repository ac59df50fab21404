/**
 * Reads the project's own source files and finds what each imports. Text is enough for that: one
 * formatter writes all import statements in one form. `import type` is told apart because it is
 * gone at run time; `import { type X }` is not, as it still loads the module.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** A path from the project's root for our own files, else the name of a package or of a built-in. */
  readonly target: string;
  readonly typeOnly: boolean;
}

export const ROOT = join(import.meta.dirname, "../..");

/** All TypeScript files below the given folders of the project. */
export function sourceFiles(folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => ({
        path: posix.join(folder, name.replaceAll("\\", "/")),
        text: readFileSync(join(ROOT, folder, name), "utf8"),
      })),
  );
}

/** import … from "x", import "x", export … from "x". */
const STATEMENT =
  /^(?:import|export)\s+(type\s+)?(?:(?:[\w$*]+(?:\s+as\s+[\w$]+)?\s*,?\s*)?(?:\{[^}]*\}\s*)?from\s*)?"([^"]+)"/gm;
/** import("x"), in code as in types. */
const CALL = /\bimport\(\s*"([^"]+)"/g;
/** new URL("./x.ts", import.meta.url), the way to start a worker. */
const WORKER = /\bnew URL\(\s*"(\.[^"]+\.ts)"/g;

export function importsOf({ path, text }: SourceFile): readonly Import[] {
  const target = (specifier: string) =>
    specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : packageOf(specifier);
  const statements = [...text.matchAll(STATEMENT)].map(([, type, specifier = ""]) => ({
    target: target(specifier),
    typeOnly: type !== undefined,
  }));
  const others = [...text.matchAll(CALL), ...text.matchAll(WORKER)].map(([, specifier = ""]) => ({
    target: target(specifier),
    typeOnly: false,
  }));
  return [...statements, ...others];
}

/** "@scope/name" of "@scope/name/part", "name" of "name/part"; built-ins keep "node:". */
function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
