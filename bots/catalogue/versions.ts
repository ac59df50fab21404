/** Commands about what became of a rule, and about rules that travel between people. */
import type { App } from "../../src/app/app.ts";
import { MAX_SHARED_LENGTH } from "../../src/app/shared-text.ts";
import { createdView, editedView } from "../views/outcomes.ts";
import { pageOf } from "../views/paging.ts";
import { importQuestion, shareView } from "../views/sharing.ts";
import { movedView, moveQuestion, revertQuestion, versionsView } from "../views/versions.ts";
import { command, type Command } from "./command.ts";
import { importWish } from "./import-wish.ts";
import { int, rest } from "./option.ts";
import { page, strategyNumber } from "./targets.ts";

const MAX_VERSION = 999_999;

export function versionCommands(app: App): readonly Command[] {
  return [...versions(app), moving(app), sharing(app), importing(app)];
}

function versions(app: App): readonly Command[] {
  const group = "strategies";
  return [
    command({
      name: "versions",
      group,
      role: "viewer",
      options: { number: strategyNumber(app), page },
      run: async (values, { user, reader, pageRows }) => {
        const rows = await app.versions.list(user, values.number);
        const view = app.strategies.find(user, values.number);
        return versionsView(reader, view, pageOf(rows, values.page, pageRows));
      },
    }),
    command({
      name: "revert",
      group,
      role: "trader",
      options: {
        number: strategyNumber(app),
        version: int.req("option-version", { min: 1, max: MAX_VERSION }),
      },
      confirm: async ({ number, version }, { user, reader }) => {
        const earlier = await app.versions.earlier(user, number, version);
        return { text: revertQuestion(reader, app.strategies.find(user, number), earlier) };
      },
      run: async ({ number, version }, { user, reader }) => {
        const item = await app.versions.revert(user, number, version);
        return editedView(reader, item, app.strategies.find(user, number).position);
      },
    }),
  ];
}

function moving(app: App): Command {
  return command({
    name: "move",
    group: "strategies",
    role: "trader",
    options: { number: strategyNumber(app) },
    confirm: ({ number }, { user, reader }) => ({
      text: moveQuestion(reader, app.versions.moveReport(user, number)),
    }),
    run: async ({ number }, { user, reader }) =>
      movedView(reader, await app.versions.move(user, number)),
  });
}

function sharing(app: App): Command {
  return command({
    name: "share",
    group: "strategies",
    role: "viewer",
    options: { number: strategyNumber(app) },
    run: ({ number }, { user, reader, platform }) =>
      shareView(reader, app.sharing.share(user, number), platform === "console"),
  });
}

function importing(app: App): Command {
  return command({
    name: "import",
    group: "strategies",
    role: "trader",
    options: { text: rest.req("option-import", { maxLength: MAX_SHARED_LENGTH }) },
    confirm: async ({ text }, { user, reader }) => {
      const wish = importWish(text);
      const preview = await app.sharing.preview(user, wish);
      const question = importQuestion(reader, preview);
      // The yes to a text that was changed is said after reading that it was.
      if (preview.altered === null || wish.altered) return { text: question };
      return { text: question, args: { text: `changed ${text}` } };
    },
    run: async ({ text }, { user, reader }) =>
      createdView(reader, await app.sharing.import(user, importWish(text))),
  });
}
