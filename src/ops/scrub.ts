/**
 * The last guard before a line leaves the process: every known secret, and everything that has the
 * shape of one, is replaced. It works on finished lines, so it does not matter whether a secret
 * stood in a fact, a nested object, an address or an error's text.
 */

export type Scrub = (line: string) => string;

const REPLACEMENT = "[secret]";

/** Shorter values are everyday words; replacing them would make the log unreadable. */
const MIN_SECRET_LENGTH = 6;

/** Shapes of secrets nobody told us of. Each keeps what helps to find the place. */
const SHAPES: readonly (readonly [shape: RegExp, replacement: string])[] = [
  // Telegram puts the bot's token into the path of every request.
  [/\b(bot)?\d{6,}:[\w-]{30,}/g, `$1${REPLACEMENT}`],
  // Discord: the bot's id in base64 (so M, N or O first), a time, a signature.
  [/\b[MNO][\w-]{22,30}\.[\w-]{6,7}\.[\w-]{27,}/g, REPLACEMENT],
  [/\b(webhooks|interactions)\/(\d+)\/[\w-]{30,}/g, `$1/$2/${REPLACEMENT}`],
  // Binance signs the query string.
  [/\b(signature=)[^&\s"\\]+/gi, `$1${REPLACEMENT}`],
  [/\b(bearer\s+)[\w.~+/=-]{8,}/gi, `$1${REPLACEMENT}`],
  // The password of any address, postgres://user:password@host above all.
  [/(:\/\/[^\s/:@"]*:)[^\s/"]*@/g, `$1${REPLACEMENT}@`],
];

/** A scrubber for these secrets, in the forms text, JSON and addresses write them, and for the shapes. */
export function createScrub(secrets: readonly string[]): Scrub {
  const forms = new Set(
    secrets.filter((secret) => secret.length >= MIN_SECRET_LENGTH).flatMap(writtenForms),
  );
  // Longest first: a secret that contains another is replaced whole.
  const ordered = [...forms].toSorted((a, b) => b.length - a.length);
  const known =
    ordered.length === 0
      ? null
      : new RegExp(ordered.map((form) => RegExp.escape(form)).join("|"), "gi");
  return (line) => {
    const withoutKnown = known === null ? line : line.replace(known, REPLACEMENT);
    return SHAPES.reduce((text, [shape, kept]) => text.replace(shape, kept), withoutKnown);
  };
}

function writtenForms(secret: string): readonly string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
}
