/**
 * House rules a linter does not know, as functions from files to complaints: names that are drawers,
 * files without a header, notes to be done later, mocked modules.
 */
import { basename } from "node:path";
import type { SourceFile } from "./sources.ts";

/** Names that say where things were put instead of what they are. */
const DRAWERS = [
  "index",
  "util",
  "utils",
  "helper",
  "helpers",
  "common",
  "misc",
  "shared",
  "types",
];
const MIN_HEADER_LENGTH = 20;
const LATER = /\b(TODO|FIXME|XXX|HACK)\b/;
const MOCKED = /\bvi\.(mock|doMock)\(/;

/** Files and folders named like a drawer. */
export function drawers(paths: readonly string[]): readonly string[] {
  return paths.filter((path) =>
    path.split("/").some((part) => DRAWERS.includes(part.replace(/\.(test\.)?ts$/, ""))),
  );
}

/** Files that do not begin with a comment of at least a few words. */
export function withoutHeader(files: readonly SourceFile[]): readonly string[] {
  return files.filter(({ text }) => headerLength(text) < MIN_HEADER_LENGTH).map(pathOf);
}

/** Files that put something off. */
export function postponing(files: readonly SourceFile[]): readonly string[] {
  return files.filter(({ text }) => LATER.test(text)).map(pathOf);
}

/** Test files that replace a module instead of handing in a part. */
export function mocking(files: readonly SourceFile[]): readonly string[] {
  return files.filter(({ text }) => MOCKED.test(text)).map(pathOf);
}

/** Names at the top level that are not among the fixed ones. */
export function strangers(names: readonly string[], fixed: readonly string[]): readonly string[] {
  return names.map((name) => basename(name)).filter((name) => !fixed.includes(name));
}

function headerLength(text: string): number {
  const header = /^(?:#!.*\n)?(?:\/\*\*?([^]*?)\*\/|((?:\/\/.*\n)+))/.exec(text);
  return (header?.[1] ?? header?.[2] ?? "").replaceAll(/[\s/*]+/g, " ").trim().length;
}

function pathOf({ path }: SourceFile): string {
  return path;
}
