/**
 * What a command answers, for every platform alike. All text is plain: only a platform's renderer
 * makes markup, so nothing a person types can become any.
 */

/** How it went; platforms show it as a colour or an icon. */
export type Tone = "neutral" | "good" | "bad" | "warning" | "error";

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  /** 1 is never dropped for lack of room; larger numbers go first. */
  readonly priority: number;
}

export interface Table {
  readonly columns: readonly Column[];
  /** One cell for each column. */
  readonly rows: readonly (readonly string[])[];
}

export interface ListItem {
  readonly text: string;
  /** Steps of indentation. */
  readonly depth: number;
}

export type Block =
  | { readonly kind: "title"; readonly text: string; readonly icon?: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "fields"; readonly rows: readonly (readonly [string, string])[] }
  | { readonly kind: "table"; readonly table: Table }
  /** Fixed width, lines kept as they are. */
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly ListItem[] }
  /** An address of ours to be tapped or passed on: the only text that platforms make a link of. */
  | { readonly kind: "link"; readonly label: string; readonly url: string };

/** An option's value as a command receives it. */
export type OptionValue = string | number | boolean;
export type OptionValues = Readonly<Record<string, OptionValue | undefined>>;

export type ButtonStyle = "primary" | "danger" | "plain";

/** A button is a command with its options filled in. */
export interface Button {
  readonly label: string;
  readonly command: string;
  readonly args: OptionValues;
  readonly style: ButtonStyle;
  /** The answer comes below; the message with the button stays. */
  readonly below?: boolean;
}

/** A button that was given an id: what a platform shows and sends back. */
export interface IssuedButton {
  readonly id: string;
  readonly label: string;
  readonly style: ButtonStyle;
  /** The same command as one would type it, for platforms without buttons. */
  readonly words: string;
  /** True on the one that answers a question with yes. */
  readonly confirms: boolean;
  /** True when it asks the same again: a refresh. */
  readonly repeats: boolean;
  /** What one may write instead, on a button that answers a question. */
  readonly answer?: string;
  readonly below?: boolean;
}

export interface Image {
  readonly png: Uint8Array;
  /** What it shows, for those who cannot see it. */
  readonly alt: string;
  /** Its main line in brief, for platforms that show no pictures. */
  readonly curve?: readonly number[];
}

export interface TextFile {
  /** Letters, digits, "-" and "." only. */
  readonly name: string;
  readonly content: string;
}

interface Content {
  readonly tone: Tone;
  readonly blocks: readonly Block[];
  readonly image?: Image;
  /** To be kept; platforms send it along or save it. */
  readonly file?: TextFile;
  /** Meant for the asker alone, where the platform can do that. */
  readonly ephemeral?: boolean;
  /** Needs no sound. */
  readonly silent?: boolean;
}

/** What a command makes. */
export interface Draft extends Content {
  readonly buttons?: readonly (readonly Button[])[];
}

/** What a platform renders. */
export interface Reply extends Content {
  readonly buttons: readonly (readonly IssuedButton[])[];
  /** The command was cancelled, which its owner was told: this only takes the place of its progress. */
  readonly withdrawn?: boolean;
}

/** A list block of plain lines. */
export function listOf(lines: readonly string[]): Block {
  return { kind: "list", items: lines.map((line) => ({ text: line, depth: 0 })) };
}
