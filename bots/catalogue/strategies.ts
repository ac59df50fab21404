/** Commands that make and change strategies. Those that end something ask first. */
import type { App } from "../../src/app/app.ts";
import {
  adoptedView,
  createdView,
  deletedView,
  editedView,
  resetView,
  toggledView,
} from "../views/outcomes.ts";
import { pageOf } from "../views/paging.ts";
import { strategiesView, strategyTitle, strategyView } from "../views/strategies.ts";
import { templatesView, templateView } from "../views/templates.ts";
import { whyView } from "../views/why.ts";
import { command, type Call, type Command, type Question } from "./command.ts";
import { choice, rest, string, type Option, type Suggestion } from "./option.ts";
import { page, strategyNumber, symbolOption, toggleTarget, toggleTargetOption } from "./targets.ts";
import { writingCommands } from "./writing.ts";

export function strategyCommands(app: App): readonly Command[] {
  return [
    ...viewing(app),
    ...switching(app),
    ...writingCommands(app),
    ...changing(app),
    ...templating(app),
    ...ending(app),
  ];
}

function viewing(app: App): readonly Command[] {
  const group = "strategies";
  const role = "viewer";
  return [
    command({
      name: "strategies",
      group,
      role,
      options: { page },
      run: (values, { user, reader, pageRows }) => {
        const views = app.queries.strategies(user);
        const active = views.filter((view) => view.strategy.active).length;
        return strategiesView(reader, pageOf(views, values.page, pageRows), active);
      },
    }),
    command({
      name: "strategy",
      group,
      role,
      options: { number: strategyNumber(app) },
      run: async ({ number }, { user, reader }) =>
        strategyView(reader, await app.queries.strategy(user, number)),
    }),
    command({
      name: "why",
      group,
      role,
      options: { number: strategyNumber(app) },
      run: ({ number }, { user, reader }) => whyView(reader, app.queries.why(user, number)),
    }),
  ];
}

function switching(app: App): readonly Command[] {
  return [
    command({
      name: "toggle",
      group: "strategies",
      role: "trader",
      aliases: { stop: { target: "all", state: "off" } },
      options: {
        target: toggleTargetOption(app),
        state: choice(["on", "off"]).opt("option-state"),
      },
      confirm: ({ target, state }, { user, reader }): Question | null => {
        if (toggleTarget(target) !== "all") return null;
        const plan = app.strategies.planToggle(user, "all", stateOf(state));
        const wanted = plan.active ? "on" : "off";
        const text = reader.text(`confirm-toggle-${wanted}`, { count: plan.numbers.length });
        return { text, args: { target: "all", state: wanted } };
      },
      run: async ({ target, state }, { user, reader }) => {
        const plan = app.strategies.planToggle(user, toggleTarget(target), stateOf(state));
        return toggledView(reader, await app.strategies.setActive(user, plan), plan.active);
      },
    }),
  ];
}

function stateOf(state: "on" | "off" | undefined): boolean | null {
  return state === undefined ? null : state === "on";
}

function changing(app: App): readonly Command[] {
  const group = "strategies";
  const role = "trader";
  return [
    command({
      name: "rename",
      group,
      role,
      options: { number: strategyNumber(app), name: rest.req("option-name") },
      run: async ({ number, name }, { user, reader }) =>
        editedView(reader, await app.strategies.edit(user, number, { name })),
    }),
    command({
      name: "judging",
      group,
      role,
      options: {
        number: strategyNumber(app),
        mode: choice(["closed", "live"]).req("option-judging"),
      },
      run: async ({ number, mode }, { user, reader }) =>
        editedView(reader, await app.strategies.edit(user, number, { judging: mode })),
    }),
    command({
      name: "copy",
      group,
      role,
      options: { number: strategyNumber(app), symbol: symbolOption(app) },
      run: async ({ number, symbol }, { user, reader }) =>
        createdView(reader, await app.strategies.copy(user, number, symbol ?? null)),
    }),
  ];
}

function templating(app: App): readonly Command[] {
  const group = "strategies";
  return [
    command({
      name: "templates",
      group,
      role: "viewer",
      options: { page },
      run: (values, { reader, pageRows }) =>
        templatesView(reader, pageOf(app.strategies.templates, values.page, pageRows)),
    }),
    command({
      name: "template",
      group,
      role: "viewer",
      options: { template: templateOption(app, []) },
      run: ({ template }, { reader }) => templateView(reader, app.strategies.template(template)),
    }),
    command({
      name: "adopt",
      group,
      role: "trader",
      options: { template: templateOption(app, ["all"]), symbol: symbolOption(app) },
      run: async ({ template, symbol }, { user, reader }) => {
        const adoption = await app.strategies.adopt(user, template, symbol ?? null);
        return adoptedView(reader, adoption.strategies, adoption.skipped);
      },
    }),
  ];
}

function templateOption(app: App, others: readonly string[]): Option<string, true> {
  const suggest = (): readonly Suggestion[] => [
    ...others.map((word) => ({ label: word, value: word })),
    ...app.strategies.templates.map(({ key, title }) => ({ label: title, value: key })),
  ];
  return string.req("option-template", { suggest });
}

function ending(app: App): readonly Command[] {
  const group = "strategies";
  const role = "trader";
  const options = { number: strategyNumber(app) };
  return [
    command({
      name: "reset",
      group,
      role,
      options,
      confirm: ({ number }, call) => endQuestion(app, call, "confirm-reset", number),
      run: async ({ number }, { user, reader }) =>
        resetView(reader, await app.strategies.reset(user, number)),
    }),
    command({
      name: "delete",
      group,
      role,
      options,
      confirm: ({ number }, call) => endQuestion(app, call, "confirm-delete", number),
      run: async ({ number }, { user, reader }) =>
        deletedView(reader, await app.strategies.delete(user, number)),
    }),
  ];
}

/** Asks with what will be lost: the position that would be closed. */
function endQuestion(app: App, { user, reader }: Call, key: string, number: number): Question {
  const { strategy, position } = app.strategies.find(user, number);
  const question = reader.text(key, {
    strategy: strategyTitle(strategy),
    run: String(strategy.run),
  });
  if (position === null) return { text: question };
  const open = reader.text("confirm-position", {
    position: `#${position.position.number}`,
    pnl: reader.signed(position.unrealisedPnl),
  });
  return { text: `${question} ${open}` };
}
