/** What became of an order to the engine, told with its consequences: what stays open, what is kept. */
import { succeeded } from "../../src/app/order-desk.ts";
import type { OpenPositionView } from "../../src/app/queries.ts";
import type { Ending } from "../../src/app/strategies.ts";
import type { CommandItem } from "../../src/engine/command.ts";
import type { Pause } from "../../src/domain/pause.ts";
import type { Strategy } from "../../src/domain/strategy.ts";
import { faultText } from "./faults.ts";
import type { Reader } from "./reader.ts";
import { listOf, type Block, type Button, type Draft } from "./reply.ts";
import { strategyTitle } from "./strategies.ts";
import { moveButton } from "./versions.ts";

/** Several sentences under one another, with a good tone. */
function done(lines: readonly string[], buttons: readonly Button[] = []): Draft {
  const [title = "", ...others] = lines;
  const blocks: Block[] = [
    { kind: "title", text: title },
    ...others.map((line) => ({ kind: "text", text: line }) as const),
  ];
  return { tone: "good", blocks, buttons: [buttons] };
}

export function createdView(reader: Reader, strategy: Strategy): Draft {
  const { number, symbol, timeframe } = strategy;
  const key = strategy.active ? "created" : "created-quietly";
  const title = reader.text(key, { strategy: strategyTitle(strategy), symbol, timeframe });
  const blocks: Block[] = [
    { kind: "title", text: title },
    { kind: "code", text: strategy.ruleText },
    {
      kind: "text",
      text: reader.text(strategy.active ? "created-next" : "created-off", {
        number: String(number),
      }),
    },
  ];
  return { tone: "good", blocks, buttons: [[show(reader, number)]] };
}

export function adoptedView(
  reader: Reader,
  strategies: readonly Strategy[],
  skipped: number,
): Draft {
  const [only] = strategies;
  if (strategies.length === 1 && skipped === 0 && only) return createdView(reader, only);
  const numbers = strategies.map((strategy) => strategy.number);
  const lines = [
    reader.text("adopted", {
      count: strategies.length,
      symbol: only?.symbol ?? "",
      first: `#${Math.min(...numbers)}`,
      last: `#${Math.max(...numbers)}`,
    }),
    ...(skipped > 0 ? [reader.text("adopted-skipped", { skipped })] : []),
  ];
  const list = reader.text("button-strategies");
  return done(lines, [{ label: list, command: "strategies", args: {}, style: "primary" }]);
}

/** `position`: what is open now, when the rule may have been changed. */
export function editedView(
  reader: Reader,
  item: CommandItem,
  position: OpenPositionView | null = null,
): Draft {
  const { strategy, number } = item;
  const title = strategy === null ? `#${number}` : strategyTitle(strategy);
  const key = item.outcome === "unchanged" ? "edited-unchanged" : "edited";
  const blocks: Block[] = [{ kind: "title", text: reader.text(key, { strategy: title }) }];
  if (strategy !== null) blocks.push({ kind: "code", text: strategy.ruleText });
  if (position === null || position.newerVersion === null) {
    return { tone: "good", blocks, buttons: [[show(reader, number)]] };
  }
  const own = position.position.number;
  const version = String(position.position.ruleVersion);
  const text = reader.text("edited-position", { position: `#${own}`, version });
  blocks.push({ kind: "text", text });
  const buttons = [show(reader, number), moveButton(reader, number, own)];
  return { tone: "good", blocks, buttons: [buttons] };
}

export function deletedView(reader: Reader, ending: Ending): Draft {
  return done([
    reader.text("deleted", { strategy: strategyTitle(ending.before) }),
    ...closed(reader, ending),
    reader.text("deleted-history"),
  ]);
}

export function resetView(reader: Reader, ending: Ending): Draft {
  const { before, after } = ending;
  const started = String(after?.run ?? before.run + 1);
  const lines = [
    reader.text("reset", { strategy: strategyTitle(before) }),
    ...closed(reader, ending),
    reader.text("reset-run", { started, ended: String(before.run) }),
  ];
  return done(lines, [show(reader, before.number)]);
}

function closed(reader: Reader, { closedPosition, settledAt }: Ending): readonly string[] {
  if (closedPosition === null) return [];
  if (settledAt !== null) {
    const args = { position: `#${closedPosition}`, price: reader.price(settledAt) };
    return [reader.text("position-settled", args)];
  }
  return [reader.text("position-closed", { position: `#${closedPosition}` })];
}

/** Outcome of switching one or many strategies on or off. */
export function toggledView(reader: Reader, items: readonly CommandItem[], active: boolean): Draft {
  const state = active ? "on" : "off";
  const changed = items.filter((item) => item.outcome === "done");
  const unchanged = items.filter((item) => item.outcome === "unchanged");
  const kept = active ? [] : items.flatMap((item) => item.positionNumber ?? []);
  const [only] = items;
  const title =
    items.length === 1 && only?.strategy
      ? reader.text(`toggled-one-${state}`, { strategy: strategyTitle(only.strategy) })
      : reader.text(`toggled-many-${state}`, { count: changed.length });
  const positions = kept.map((number) => `#${number}`).join(", ");
  const lines = [
    title,
    ...(unchanged.length > 0 && items.length > 1
      ? [reader.text("toggled-unchanged", { count: unchanged.length })]
      : []),
    ...(kept.length > 0
      ? [reader.text("toggled-positions", { count: kept.length, positions })]
      : []),
  ];
  return withFailures(reader, done(lines), { items, what: "strategy" });
}

/** Outcome of closing positions; one without a fresh price waits for the next. */
export function closingView(reader: Reader, items: readonly CommandItem[]): Draft {
  const lines = (["done", "waiting"] as const).flatMap((outcome) => {
    const those = items.filter((item) => item.outcome === outcome);
    const positions = those.map((item) => `#${item.number}`).join(", ");
    return those.length === 0
      ? []
      : [reader.text(`close-${outcome}`, { count: those.length, positions })];
  });
  return withFailures(reader, done(lines), { items, what: "position" });
}

/** Adds a line for each item that failed; nothing done at all has an error's tone. */
function withFailures(
  reader: Reader,
  draft: Draft,
  { items, what }: { readonly items: readonly CommandItem[]; readonly what: string },
): Draft {
  const failed = items.filter((item) => !succeeded(item));
  if (failed.length === 0) return draft;
  const lines = failed.map((item) => {
    const facts = { what, number: item.number };
    return `#${item.number}: ${faultText(reader, { code: item.outcome, facts })}`;
  });
  if (failed.length === items.length) return { tone: "error", blocks: [listOf(lines)] };
  return { ...draft, tone: "warning", blocks: [...draft.blocks, listOf(lines)] };
}

export function pausedView(reader: Reader, pause: Pause): Draft {
  const draft = done([pauseLine(reader, pause), reader.text("paused-stops")]);
  const label = reader.text("button-resume");
  const args = { scope: pause.scope };
  return { ...draft, buttons: [[{ label, command: "resume", args, style: "primary" }]] };
}

export function resumedView(
  reader: Reader,
  lifted: readonly string[],
  standing: readonly Pause[],
): Draft {
  const scopes = lifted.map((scope) => scopeText(reader, scope)).join(", ");
  const lines = standing.map((pause) => pauseLine(reader, pause));
  return done([reader.text("resumed", { scopes }), ...lines]);
}

/** "Entries are paused for BTCUSDT until 23 Nov 2026, 08:00." */
export function pauseLine(reader: Reader, pause: Pause): string {
  const scope = scopeText(reader, pause.scope);
  if (pause.until === null) return reader.text("paused-open", { scope });
  return reader.text("paused-until", { scope, until: reader.dateTime(pause.until) });
}

/** What a pause covers, in words. */
export function scopeText(reader: Reader, scope: string): string {
  if (scope === "all") return reader.text("scope-all");
  return scope.startsWith("#") ? reader.text("scope-strategy", { strategy: scope }) : scope;
}

function show(reader: Reader, number: number): Button {
  const label = reader.text("button-show");
  return { label, command: "strategy", args: { number }, style: "plain" };
}
