/**
 * Every sentence people read, by key and language, from the Fluent files beside this one. A language
 * is a file and a line here. What a language lacks is said in English.
 */
import { readFileSync } from "node:fs";
import { FluentBundle, FluentResource } from "@fluent/bundle";

/** What a sentence is filled with; numbers choose plural forms. */
export type TextArgs = Readonly<Record<string, string | number>>;

/** Languages with a file; the first one is complete and stands in for the others. */
export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];

const BUNDLES: ReadonlyMap<Language, FluentBundle> = new Map(
  LANGUAGES.map((language) => [language, bundle(language)]),
);

/** The sentence of a key. An unknown key is shown as it is: plain, but nobody is left without an answer. */
export function text(language: string, key: string, args: TextArgs = {}): string {
  return find(language, key, args) ?? key;
}

/** True when a sentence exists in the language itself or in English. */
export function hasText(language: string, key: string): boolean {
  return candidates(language).some((one) => one.hasMessage(key));
}

/** The keys of one language's file. */
export function textKeys(language: Language): readonly string[] {
  return [...(BUNDLES.get(language)?._messages.keys() ?? [])];
}

/** The language we have that serves a BCP 47 tag best: "fr-CA" is served by "fr". */
export function languageFor(tag: string): Language {
  const wanted = tag.toLowerCase();
  return LANGUAGES.find((one) => wanted === one || wanted.startsWith(`${one}-`)) ?? LANGUAGES[0];
}

function find(language: string, key: string, args: TextArgs): string | null {
  for (const one of candidates(language)) {
    const message = one.getMessage(key);
    if (message?.value) return one.formatPattern(message.value, args, []);
  }
  return null;
}

function candidates(language: string): readonly FluentBundle[] {
  const chain = new Set([languageFor(language), LANGUAGES[0]]);
  return [...chain].flatMap((one) => BUNDLES.get(one) ?? []);
}

function bundle(language: Language): FluentBundle {
  // No isolation marks: they would be visible in terminals and shift columns.
  const made = new FluentBundle(language, { useIsolating: false });
  const source = readFileSync(new URL(`${language}.ftl`, import.meta.url), "utf8");
  const [error] = made.addResource(new FluentResource(source));
  if (error !== undefined) throw error;
  return made;
}
