/**
 * What a picture is made of, as data: a heading, panes on one time axis, layers in each pane. Whoever
 * describes a picture brings every word in the reader's language; drawing adds numbers and dates in
 * it. Times are epoch ms, values floats in the unit of their pane.
 */

/** What a colour means; the theme says which one it is. */
export type Ink =
  | "text"
  | "muted"
  | "faint"
  | "rise"
  | "fall"
  | "entry"
  | "shade"
  | "stop"
  | "target"
  | "first"
  | "second"
  | "third"
  | "fourth"
  | "fifth";

/** Values at times, oldest first; NaN breaks a line. */
export interface Line {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** Candles as columns of one length; each may stand for several of the market's. */
export interface Columns {
  /** Open times. */
  readonly times: readonly number[];
  /** How long each lasts, ms. */
  readonly spanMs: number;
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  readonly volume: readonly number[];
}

/** A value that holds for a while. */
export interface Level {
  readonly from: number;
  readonly until: number;
  readonly value: number;
}

/** A triangle whose tip is at the price, a dot, or only a label above or below it. */
export type Shape = "up" | "down" | "dot" | "above" | "below";

export interface Mark {
  readonly at: number;
  readonly value: number;
  readonly shape: Shape;
  readonly ink: Ink;
  /** Written beside it; empty for none. */
  readonly label: string;
}

/** A straight line between two points: a trade from entry to exit. */
export interface Link {
  readonly from: number;
  readonly entry: number;
  readonly until: number;
  readonly exit: number;
  readonly ink: Ink;
}

export type Layer =
  | {
      readonly kind: "candles";
      readonly columns: Columns;
      /** In grey: the background of what matters more. */
      readonly muted?: boolean;
    }
  | { readonly kind: "volume"; readonly columns: Columns }
  | {
      readonly kind: "line";
      readonly line: Line;
      readonly ink: Ink;
      readonly dashed?: boolean;
      /** Drawn as separate points: what jumps from side to side. */
      readonly dotted?: boolean;
      readonly weight?: "thin" | "bold";
      /** Holds its value until the next one. */
      readonly stepped?: boolean;
    }
  /** Filled from zero to the line. */
  | {
      readonly kind: "area";
      readonly line: Line;
      readonly ink: Ink;
      readonly stepped?: boolean;
    }
  | { readonly kind: "levels"; readonly levels: readonly Level[]; readonly ink: Ink }
  | { readonly kind: "links"; readonly links: readonly Link[] }
  | { readonly kind: "marks"; readonly marks: readonly Mark[]; readonly small?: boolean };

/** How a legend shows what it names. */
export type Sample = "line" | "dashed" | "box" | "up" | "down" | "dot";

export interface LegendEntry {
  readonly label: string;
  readonly ink: Ink;
  readonly sample: Sample;
}

/** A value told at the edge, in its ink. */
export interface Tag {
  readonly value: number;
  readonly ink: Ink;
}

export interface Pane {
  /** Height relative to the other panes. */
  readonly share: number;
  /** Written behind each number of the axis: "", " %". */
  readonly unit: string;
  readonly legend: readonly LegendEntry[];
  readonly layers: readonly Layer[];
  readonly tags?: readonly Tag[];
  /** How far stops and the like may widen it, in spans of its candles; 0.8 unless given. */
  readonly reach?: number;
  /** Values that are always in sight. */
  readonly includes?: readonly number[];
}

/** A key figure in the heading. */
export interface HeadFigure {
  readonly label: string;
  readonly value: string;
  readonly ink: Ink;
}

/** A moment that matters to all panes. */
export interface TimeMark {
  readonly at: number;
  /** To its left and to its right. */
  readonly before: string;
  readonly after: string;
}

/** A stretch that matters to all panes, shaded. */
export interface TimeSpan {
  readonly from: number;
  readonly until: number;
}

/** The person a picture is drawn for. */
export interface Audience {
  /** A language tag such as "fr", and an IANA time zone. */
  readonly language: string;
  readonly timeZone: string;
}

export interface Picture {
  readonly title: string;
  readonly subtitle: string;
  readonly figures: readonly HeadFigure[];
  readonly from: number;
  readonly until: number;
  readonly panes: readonly Pane[];
  readonly mark: TimeMark | null;
  readonly spans: readonly TimeSpan[];
  readonly audience: Audience;
  /** The last line, small. */
  readonly note: string;
}
