/** The table of contents: every command there is, once, for all platforms. */
import type { App } from "../../src/app/app.ts";
import { accountCommands } from "./account.ts";
import { Buttons, MemoryCallStore, type CallStore } from "./buttons.ts";
import { daemonCommands } from "./daemon.ts";
import { Catalogue, type CatalogueParts } from "./dispatcher.ts";
import { driftCommands } from "./drift.ts";
import { helpCommands } from "./help.ts";
import { peopleCommands } from "./people.ts";
import { queryCommands } from "./queries.ts";
import { researchCommands } from "./research.ts";
import { strategyCommands } from "./strategies.ts";
import { tradingCommands } from "./trading.ts";

export interface CatalogueOptions extends Pick<
  CatalogueParts,
  "now" | "machineNow" | "rate" | "reportUnexpected"
> {
  /** Where buttons are kept; in memory unless given. */
  readonly calls?: CallStore;
}

export function createCatalogue(app: App, options: CatalogueOptions): Catalogue {
  const { now, machineNow = now, calls = new MemoryCallStore() } = options;
  const buttons = new Buttons({ store: calls, now: machineNow });
  const catalogue: Catalogue = new Catalogue({
    ...options,
    buttons,
    quoteAsset: app.settings.quoteAsset,
    commands: [
      ...strategyCommands(app),
      ...tradingCommands(app),
      ...queryCommands(app),
      ...researchCommands(app),
      ...driftCommands(app),
      ...daemonCommands(app),
      ...peopleCommands(app),
      ...accountCommands(app),
      ...helpCommands(app, { buttons, listed: (role) => catalogue.commands(role) }),
    ],
  });
  return catalogue;
}
