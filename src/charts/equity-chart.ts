/** An equity by itself: money, its drawdown, and what holding the coin would have made of it. */
import { type EquityLabels, type EquityLines, equityPanes } from "./equity-panes.ts";
import type { Audience, HeadFigure, Picture } from "./picture.ts";

export interface EquityChartLabels extends EquityLabels {
  readonly title: string;
  readonly subtitle: string;
  readonly note: string;
  readonly figures: readonly HeadFigure[];
}

const SHARES = { equity: 4, drawdown: 1.8 };

/** `lines.equity` changes at its times and holds its value between them. */
export function equityPicture(
  lines: EquityLines,
  labels: EquityChartLabels,
  audience: Audience,
): Picture {
  const { times } = lines.equity;
  return {
    title: labels.title,
    subtitle: labels.subtitle,
    figures: labels.figures,
    from: times[0] ?? 0,
    until: times.at(-1) ?? 0,
    panes: equityPanes(lines, labels, SHARES, { stepped: true }),
    mark: null,
    spans: [],
    audience,
    note: labels.note,
  };
}
