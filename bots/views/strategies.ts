/** Strategies as people see them: the list, one with all its figures, and what was just made of one. */
import type { StrategyDetails, StrategyView } from "../../src/app/queries.ts";
import { Decimal, decimalText } from "../../src/domain/money.ts";
import type { Run, Strategy } from "../../src/domain/strategy.ts";
import { pageButtons, pageLine, type Page } from "./paging.ts";
import { NOTHING, type Reader } from "./reader.ts";
import { followsLine } from "./follows.ts";
import { listOf, type Block, type Button, type Draft, type Table } from "./reply.ts";
import { storedRuleWords } from "./rule-words.ts";

/** Earlier runs shown beneath a strategy. */
const MAX_RUNS_SHOWN = 5;

/** The paged table of `/strategies`. */
export function strategiesView(
  reader: Reader,
  page: Page<StrategyView>,
  activeCount: number,
): Draft {
  if (page.total === 0) return emptyView(reader);
  const count = reader.text("strategies-count", { count: page.total, active: activeCount });
  const footer = [count, pageLine(reader, page)].filter((part) => part !== "").join(" · ");
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: reader.text("strategies-title") },
      { kind: "table", table: strategiesTable(reader, page.rows) },
      { kind: "text", text: footer },
    ],
    buttons: [pageButtons(reader, "strategies", page)],
  };
}

function emptyView(reader: Reader): Draft {
  return {
    tone: "neutral",
    blocks: [{ kind: "text", text: reader.text("strategies-none") }],
    buttons: [
      [
        {
          label: reader.text("button-templates"),
          command: "templates",
          args: {},
          style: "primary",
        },
      ],
    ],
  };
}

function strategiesTable(reader: Reader, views: readonly StrategyView[]): Table {
  return {
    columns: [
      { title: "#", align: "right", priority: 1 },
      { title: reader.text("column-name"), align: "left", priority: 1 },
      { title: reader.text("column-symbol"), align: "left", priority: 4 },
      { title: reader.text("column-timeframe"), align: "left", priority: 2 },
      { title: reader.text("column-state"), align: "left", priority: 3 },
      { title: reader.text("column-pnl"), align: "right", priority: 1 },
      { title: reader.text("column-percent"), align: "right", priority: 5 },
      { title: reader.text("column-trades"), align: "right", priority: 6 },
      { title: reader.text("column-run"), align: "right", priority: 7 },
    ],
    rows: views.map((view) => [
      String(view.strategy.number),
      view.strategy.name,
      view.strategy.symbol,
      view.strategy.timeframe,
      stateWord(reader, view),
      reader.signed(pnl(view)),
      reader.percent(pnlPercent(view)),
      reader.integer(view.run.trades),
      String(view.run.number),
    ]),
  };
}

/** One strategy with all its figures, for `/strategy N`. */
export function strategyView(reader: Reader, { view, runs }: StrategyDetails): Draft {
  const { strategy } = view;
  const blocks: Block[] = [
    { kind: "title", text: strategyTitle(strategy) },
    { kind: "fields", rows: strategyFields(reader, view) },
    { kind: "code", text: strategy.ruleText },
  ];
  const words = storedRuleWords(reader, strategy);
  if (words.length > 0)
    blocks.push({ kind: "text", text: reader.text("words-title") }, listOf(words));
  const follows = followsLine(reader, view.position);
  if (follows !== null) blocks.push({ kind: "text", text: follows });
  const earlier = runs.filter((run) => run.number !== strategy.run).slice(0, MAX_RUNS_SHOWN);
  if (earlier.length > 0) {
    blocks.push({ kind: "text", text: reader.text("runs-earlier") });
    blocks.push({ kind: "table", table: runsTable(reader, earlier) });
  }
  return { tone: "neutral", blocks, buttons: [strategyButtons(reader, view)] };
}

function strategyFields(
  reader: Reader,
  view: StrategyView,
): readonly (readonly [string, string])[] {
  const { strategy, run, position } = view;
  const field = (key: string, value: string): readonly [string, string] => [
    reader.text(`field-${key}`),
    value,
  ];
  return [
    field("symbol", `${strategy.symbol} ${strategy.timeframe}`),
    field("mode", reader.text("mode-paper")),
    field("state", stateLine(reader, view)),
    field("judging", reader.text(`judging-${strategy.judging}`)),
    field("equity", reader.money(view.equity)),
    field("pnl", `${reader.gain(pnl(view))} (${reader.percent(pnlPercent(view))})`),
    field("realised", reader.gain(run.realisedPnl)),
    field("fees", reader.money(run.fees)),
    field("trades", `${reader.integer(run.trades)} (${reader.share(run.wins, run.trades)})`),
    field(
      "run",
      reader.text("run-since", { run: String(run.number), since: reader.dateTime(run.startedAt) }),
    ),
    ...(strategy.ruleVersion === 1 ? [] : [field("version", String(strategy.ruleVersion))]),
    field("active-time", reader.duration(view.activeMs)),
    ...(position === null
      ? []
      : [
          field(
            "position",
            `#${position.position.number} ${reader.signed(position.unrealisedPnl)}`,
          ),
        ]),
    ...(strategy.template === null ? [] : [field("template", strategy.template)]),
  ];
}

function strategyButtons(reader: Reader, { strategy }: StrategyView): readonly Button[] {
  const { number } = strategy;
  const state = strategy.active ? "off" : "on";
  return [
    { label: reader.text("button-refresh"), command: "strategy", args: { number }, style: "plain" },
    { label: reader.text("button-why"), command: "why", args: { number }, style: "plain" },
    {
      label: reader.text(`button-${state}`),
      command: "toggle",
      args: { target: String(number), state },
      style: "plain",
    },
    { label: reader.text("button-reset"), command: "reset", args: { number }, style: "danger" },
  ];
}

function runsTable(reader: Reader, runs: readonly Run[]): Table {
  return {
    columns: [
      { title: reader.text("column-run"), align: "right", priority: 1 },
      { title: reader.text("column-from"), align: "left", priority: 3 },
      { title: reader.text("column-until"), align: "left", priority: 2 },
      { title: reader.text("column-trades"), align: "right", priority: 1 },
      { title: reader.text("column-pnl"), align: "right", priority: 1 },
    ],
    rows: runs.map((run) => [
      String(run.number),
      reader.dateTime(run.startedAt),
      reader.dateTime(run.endedAt),
      reader.integer(run.trades),
      reader.signed(run.realisedPnl),
    ]),
  };
}

/** "#3 RSI reversal" */
export function strategyTitle(strategy: Pick<Strategy, "number" | "name">): string {
  return `#${strategy.number} ${strategy.name}`;
}

/** Equity against the wallet the run started with, quote asset. */
function pnl(view: StrategyView): string {
  return decimalText(new Decimal(view.equity).minus(view.run.startingBalance));
}

function pnlPercent(view: StrategyView): string | null {
  const start = new Decimal(view.run.startingBalance);
  return start.isZero() ? null : decimalText(new Decimal(pnl(view)).div(start).mul(100));
}

/** One word for a table. */
function stateWord(reader: Reader, view: StrategyView): string {
  const { strategy, position } = view;
  if (strategy.haltedBy !== null) return reader.text("state-halted");
  if (position !== null) return reader.text(`side-${position.position.side}`);
  if (!strategy.active) return reader.text("state-off");
  return reader.text(view.warmupLeft > 0 ? "state-warming-up" : "state-on");
}

function stateLine(reader: Reader, view: StrategyView): string {
  const { strategy, warmupLeft } = view;
  const parts = [
    reader.text(strategy.active ? "state-on" : "state-off"),
    ...(strategy.haltedBy === null
      ? []
      : [reader.textOr(`halt-${strategy.haltedBy}`, "halt-unknown", { code: strategy.haltedBy })]),
    ...(warmupLeft > 0 ? [reader.text("warmup-left", { candles: warmupLeft })] : []),
  ];
  return parts.join(", ") || NOTHING;
}
