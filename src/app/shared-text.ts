/**
 * A strategy as a text that can be pasted to anybody, and back. What chats do to a text in between
 * (other quotes, dashes and spaces, lost line breaks, invisible characters) changes nothing; what
 * changes the strategy shows in the fingerprint. docs/sharing.md describes the format.
 */
import { createHash } from "node:crypto";
import { Fault } from "../domain/fault.ts";
import type { Judging } from "../domain/strategy.ts";
import { isTimeframe, type Timeframe } from "../domain/timeframe.ts";
import { cleanName } from "./names.ts";

/** Counts changes of the format and of what a rule means. */
export const SHARE_VERSION = 1;
/** Longest text that is read, in UTF-16 units. */
export const MAX_SHARED_LENGTH = 5000;

export interface SharedStrategy {
  readonly name: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly judging: Judging;
  /** Canonical when it is shared; as it was written when it is read. */
  readonly ruleText: string;
}

/** What a text says of itself. */
export interface ReadShare extends SharedStrategy {
  /** The fingerprint written in it, in the form `fingerprintOf` gives. */
  readonly stated: string;
}

/** The strategy as text, `separator` between the parts: a line break, or a space for one line. */
export function shareText(shared: SharedStrategy, separator: "\n" | " " = "\n"): string {
  const { name, symbol, timeframe, judging, ruleText } = shared;
  const parts = [
    `vigie-strategy ${SHARE_VERSION}`,
    `symbol: ${symbol}`,
    `timeframe: ${timeframe}`,
    `judging: ${judging}`,
    `rule: ${ruleText}`,
    `name: ${name}`,
    `fingerprint: ${fingerprintOf(shared)}`,
  ];
  return parts.join("\n").replaceAll("\n", separator);
}

/**
 * Sixteen hex digits in groups of four: the first quarter of the SHA-256 of version, symbol,
 * timeframe, judging and canonical rule, a line each. The name is a label and not in it.
 */
export function fingerprintOf(shared: Omit<SharedStrategy, "name">): string {
  const { symbol, timeframe, judging, ruleText } = shared;
  const content = [SHARE_VERSION, symbol, timeframe, judging, ruleText].join("\n");
  const digits = createHash("sha256").update(content, "utf8").digest("hex").slice(0, 16);
  return grouped(digits);
}

const DASHES = "-\u2010-\u2015\u2212";
const HEADER = new RegExp(`vigie ?[${DASHES}] ?strategy ?(\\d{1,6})`, "iu");
const FINGERPRINT = new RegExp(`fingerprint ?: ?((?:[0-9a-f]{4}[${DASHES} ]?){4})`, "giu");

/**
 * Reads a text. Faults: share-too-long {limit}, share-unreadable, share-newer {version, known},
 * share-incomplete {part}, share-value {part, value}, name-empty.
 */
export function readShared(text: string): ReadShare {
  if (text.length > MAX_SHARED_LENGTH) {
    throw new Fault("share-too-long", { limit: MAX_SHARED_LENGTH });
  }
  const plain = plainly(text);
  const header = HEADER.exec(plain);
  if (header === null) throw new Fault("share-unreadable");
  const version = Number(header[1]);
  if (version !== SHARE_VERSION) {
    throw new Fault("share-newer", { version: String(version), known: String(SHARE_VERSION) });
  }
  const body = plain.slice(header.index + header[0].length);
  // A name may look like any part of this: what is last is the fingerprint.
  const last = [...body.matchAll(FINGERPRINT)].at(-1);
  if (last === undefined) throw new Fault("share-incomplete", { part: "fingerprint" });
  const parts = partsOf(body.slice(0, last.index));
  return {
    symbol: parts.symbol.toUpperCase(),
    timeframe: timeframeIn(parts.timeframe),
    judging: judgingIn(parts.judging),
    ruleText: ruleIn(parts.rule),
    name: cleanName(parts.name),
    stated: grouped((last[1] ?? "").toLowerCase().replaceAll(/[^0-9a-f]/g, "")),
  };
}

/** In one line of plain characters, with single spaces. */
function plainly(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/[\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, "")
    .replaceAll(/[\p{Cc}\p{Z}\s]+/gu, " ");
}

const PARTS = ["symbol", "timeframe", "judging", "rule", "name"] as const;
type Part = (typeof PARTS)[number];

/** What stands behind each key, in their order. A rule has no colon, so no key can stand in it. */
function partsOf(body: string): Readonly<Record<Part, string>> {
  const found: Record<Part, string> = {
    symbol: "",
    timeframe: "",
    judging: "",
    rule: "",
    name: "",
  };
  let at = 0;
  let previous: Part | null = null;
  for (const part of PARTS) {
    const key = new RegExp(`(?<![\\p{L}\\p{N}])${part} ?:`, "giu");
    key.lastIndex = at;
    const match = key.exec(body);
    if (match === null) throw new Fault("share-incomplete", { part });
    if (previous !== null) found[previous] = body.slice(at, match.index).trim();
    at = match.index + match[0].length;
    previous = part;
  }
  found.name = body.slice(at).trim();
  return found;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&" };

/** The rule with what editors and markup make of its signs turned back; it has no quotes of its own. */
function ruleIn(text: string): string {
  return text
    .replaceAll(new RegExp(`[${DASHES}]`, "gu"), "-")
    .replaceAll(/&(lt|gt|amp);/gu, (_, name: string) => ENTITIES[name] ?? "")
    .replaceAll("\u2264", "<=")
    .replaceAll("\u2265", ">=")
    .replaceAll("\u00D7", "*")
    .replaceAll(/[`"'\u2018-\u201F\u00AB\u00BB]/gu, "")
    .trim();
}

function timeframeIn(text: string): Timeframe {
  const word = text.toLowerCase();
  if (!isTimeframe(word)) throw badValue("timeframe", text);
  return word;
}

function judgingIn(text: string): Judging {
  const word = text.toLowerCase();
  if (word !== "closed" && word !== "live") throw badValue("judging", text);
  return word;
}

function badValue(part: Part, value: string): Fault {
  return new Fault("share-value", { part, value: value.slice(0, 40) });
}

function grouped(digits: string): string {
  return (digits.match(/.{1,4}/g) ?? []).join("-");
}
