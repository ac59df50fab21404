/**
 * How wide text will be, without a renderer: the advance widths of DejaVu Sans, the font of all
 * pictures. Good to a few percent, which is enough to leave room and to cut what does not fit.
 */

/** Hundredths of the font size, from the space to the tilde. */
const ADVANCES = [
  32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
  64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
  60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
  63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
] as const;
const FIRST = 32;
/** Of a letter with an accent that could not be taken off, and of any other script. */
const UNKNOWN = 100;
/** Bold letters are this much wider on average. */
const BOLD = 1.1;
const DOTS = "…";

export interface Face {
  readonly size: number;
  readonly bold?: boolean;
}

/** Pixels. */
export function textWidth(text: string, { size, bold = false }: Face): number {
  let hundredths = 0;
  for (const letter of text.normalize("NFD").replaceAll(/\p{Mn}/gu, "")) {
    hundredths += ADVANCES[(letter.codePointAt(0) ?? 0) - FIRST] ?? narrow(letter);
  }
  return (hundredths / 100) * size * (bold ? BOLD : 1);
}

function narrow(letter: string): number {
  return /\p{Z}/u.test(letter) ? 32 : UNKNOWN;
}

/** The text, or as much of its beginning as fits, with dots. */
export function clipped(text: string, face: Face, maxWidth: number): string {
  if (textWidth(text, face) <= maxWidth) return text;
  const letters = Array.from(text);
  let [fits, tooMany] = [0, letters.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    const some = letters.slice(0, middle).join("") + DOTS;
    if (textWidth(some, face) <= maxWidth) fits = middle;
    else tooMany = middle;
  }
  return fits === 0 ? "" : `${letters.slice(0, fits).join("").trimEnd()}${DOTS}`;
}
