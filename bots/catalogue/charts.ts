/**
 * Commands that answer with a picture, and the pictures that other commands add to their words. The
 * words are complete by themselves: a picture that cannot be drawn is left out.
 */
import type { App } from "../../src/app/app.ts";
import type { BacktestAnswer } from "../../src/app/backtests.ts";
import type { Drawn } from "../../src/app/pictures.ts";
import type { TradeReport } from "../../src/app/queries.ts";
import { TIMEFRAMES } from "../../src/domain/timeframe.ts";
import { equityView, marketView } from "../views/charts.ts";
import {
  audienceOf,
  backtestChart,
  backtestLabels,
  equityLabels,
  marketLabels,
  tradeLabels,
  tradeTitle,
} from "../views/pictures.ts";
import { verdict } from "../views/backtest.ts";
import type { Reader } from "../views/reader.ts";
import type { Draft } from "../views/reply.ts";
import { sparkline, thinned } from "../views/sparkline.ts";
import { command, type Call, type Caller, type Command } from "./command.ts";
import { choice, int, rest, string, type Suggestion } from "./option.ts";
import { strategySuggestions, symbolSuggestions } from "./targets.ts";

const MAX_NUMBER = 999_999_999;
/** Bars where a picture should be. */
const CURVE_BARS = 32;

export function chartCommands(app: App): readonly Command[] {
  return [market(app), equity(app)];
}

function market(app: App): Command {
  const suggest = (caller: Caller): readonly Suggestion[] => [
    ...symbolSuggestions(app, caller),
    ...strategySuggestions(app, caller).map((one) => ({ ...one, value: String(one.value) })),
  ];
  return command({
    name: "chart",
    group: "figures",
    role: "viewer",
    options: {
      symbol: string.opt("option-chart-symbol", { suggest }),
      timeframe: choice(TIMEFRAMES).opt("option-timeframe"),
      indicators: rest.opt("option-chart-indicators"),
    },
    run: async ({ symbol = null, timeframe = null, indicators = null }, { user, reader }) => {
      const sheet = await app.charts.market(user, { what: symbol, timeframe, indicators });
      const draft = marketView(reader, sheet, { symbol, timeframe, indicators });
      const labels = marketLabels(reader, sheet);
      const png = await app.pictures.market(sheet.chart, labels, audienceOf(reader));
      return illustrated(draft, png, { alt: labels.title, curve: sheet.chart.columns.close });
    },
  });
}

function equity(app: App): Command {
  return command({
    name: "equity",
    group: "figures",
    role: "viewer",
    options: {
      strategy: int.opt("option-equity-strategy", {
        min: 1,
        max: MAX_NUMBER,
        suggest: (caller) => strategySuggestions(app, caller),
      }),
    },
    run: async ({ strategy = null }, { user, reader }) => {
      const sheet = await app.equityHistory.equity(user, strategy);
      const labels = equityLabels(reader, sheet);
      const png = await app.pictures.equity(sheet.lines, labels, audienceOf(reader));
      const curve = sheet.lines.equity.values;
      return illustrated(equityView(reader, sheet), png, { alt: labels.title, curve });
    },
  });
}

/** The answer to /backtest with its picture. */
export async function withBacktestPicture(
  app: App,
  reader: Reader,
  draft: Draft,
  answer: BacktestAnswer,
): Promise<Draft> {
  const labels = backtestLabels(reader, answer);
  const png = await app.pictures.backtest(backtestChart(answer), labels, audienceOf(reader));
  const { metrics } = answer.result;
  return png === null ? draft : { ...draft, image: { png, alt: verdict(reader, metrics) } };
}

/** The answer to /trade with its picture. */
export async function withTradePicture(
  app: App,
  { user, reader }: Pick<Call, "user" | "reader">,
  draft: Draft,
  report: TradeReport,
): Promise<Draft> {
  const chart = await app.pictures.orNone(() => app.charts.trade(user, report));
  if (chart === null) return draft;
  const png = await app.pictures.trade(
    chart,
    tradeLabels(reader, report, chart),
    audienceOf(reader),
  );
  if (png === null) return draft;
  const curve = chart.columns.close;
  return { ...draft, image: { png, alt: tradeTitle(reader, report), curve } };
}

/** With the picture, or with a row of bars in its place. */
function illustrated(
  draft: Draft,
  png: Drawn,
  { alt, curve }: { readonly alt: string; readonly curve: readonly number[] },
): Draft {
  if (png !== null) return { ...draft, image: { png, alt, curve } };
  const bars = { kind: "code", text: sparkline(thinned(curve, CURVE_BARS)) } as const;
  return { ...draft, blocks: [...draft.blocks, bars] };
}
