/** The table of contents: every command there is, once, for all platforms. */
import type { App } from "../../src/app/app.ts";
import type { CallStore } from "../../src/ports/call-store.ts";
import { accountCommands } from "./account.ts";
import { Buttons } from "./buttons.ts";
import { chartCommands } from "./charts.ts";
import { daemonCommands } from "./daemon.ts";
import { Catalogue, type CatalogueParts } from "./dispatcher.ts";
import { driftCommands } from "./drift.ts";
import { helpCommands } from "./help.ts";
import { optimizeCommands } from "./optimize.ts";
import { peopleCommands } from "./people.ts";
import { queryCommands } from "./queries.ts";
import { researchCommands } from "./research.ts";
import { strategyCommands } from "./strategies.ts";
import { subscriptionCommands } from "./subscriptions.ts";
import { tradingCommands } from "./trading.ts";
import { versionCommands } from "./versions.ts";

export interface CatalogueOptions extends Pick<
  CatalogueParts,
  "now" | "machineNow" | "rate" | "reportUnexpected"
> {
  /** Where buttons are kept. */
  readonly calls: CallStore;
}

export function createCatalogue(app: App, options: CatalogueOptions): Catalogue {
  const { now, machineNow = now, calls } = options;
  const buttons = new Buttons({ store: calls, now: machineNow });
  const catalogue: Catalogue = new Catalogue({
    ...options,
    buttons,
    quoteAsset: app.settings.quoteAsset,
    commands: [
      ...strategyCommands(app),
      ...versionCommands(app),
      ...tradingCommands(app),
      ...queryCommands(app),
      ...researchCommands(app),
      ...chartCommands(app),
      ...optimizeCommands(app),
      ...driftCommands(app),
      ...daemonCommands(app),
      ...subscriptionCommands(app),
      ...peopleCommands(app),
      ...accountCommands(app),
      ...helpCommands(app, {
        buttons,
        listed: (role) => catalogue.commands(role),
        cancel: (caller) => catalogue.cancel(caller),
      }),
    ],
  });
  return catalogue;
}
