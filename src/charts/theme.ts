/**
 * Colours and sizes of every picture, chosen once: dark, because phones are held at night, in colours
 * that people with any kind of colour blindness tell apart (after Okabe and Ito: blue for what rises or
 * wins, orange for what falls or loses), and letters that can be read when a phone shows 1,000 pixels
 * on a few centimetres.
 */
import type { Ink } from "./picture.ts";

export const WIDTH = 1000;
export const HEIGHT = 640;
/** A pane beyond the second needs this much more. */
export const MORE_PANE = 80;
/** And a row of key figures this much. */
export const FIGURE_ROW = 66;

export const PAPER = "#11161d";
export const GRID = "#28313d";
export const OUTLINE = "#0b0f14";

export const INKS: Readonly<Record<Ink, string>> = {
  text: "#edf1f5",
  muted: "#9fabb8",
  faint: "#6b7786",
  rise: "#56b4e9",
  fall: "#f0a02c",
  entry: "#ffffff",
  shade: "#4a5563",
  stop: "#ff7a59",
  target: "#3fd6a4",
  first: "#f4e85c",
  second: "#e29cc4",
  third: "#3fd6a4",
  fourth: "#b9a3ff",
  fifth: "#d6dde5",
};

/** Lines of indicators take these in turn. */
export const LINE_INKS: readonly Ink[] = ["first", "second", "third", "fourth", "fifth"];

export const TITLE_SIZE = 29;
export const SUBTITLE_SIZE = 20;
export const FIGURE_SIZE = 25;
export const LABEL_SIZE = 19;
export const NOTE_SIZE = 17;
