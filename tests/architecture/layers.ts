/**
 * Who may import whom, as data. The first layer whose place a file lies in is its own; a file may
 * import from its own layer and from what is listed, nothing else. Libraries are fenced in the same
 * way: each is named once, with the places that may know it, so that it can be exchanged there.
 */
import { importsOf, type SourceFile } from "./sources.ts";

interface Layer {
  /** Paths that begin with this belong to the layer; a trailing * stands for one file name. */
  readonly place: string;
  readonly mayImport: readonly string[];
  /** Importable as types alone. */
  readonly mayImportTypes?: readonly string[];
  /** No built-in modules of Node: no files, sockets, timers or threads. */
  readonly pure?: true;
}

const ADAPTER_TYPES = ["src/engine/effect.ts"];
const PURE_ENGINE_FOR_BACKTESTS = [
  "src/engine/backtest",
  "src/engine/drift/",
  "src/engine/sweep/",
  "src/engine/statistics",
  "src/engine/settings.ts",
];
/** What pictures show of a rule and a position, computed as the engine does. */
const PURE_ENGINE_FOR_CHARTS = ["src/engine/charting/"];

const LAYERS: readonly Layer[] = [
  { place: "src/domain/", mayImport: [], pure: true },
  { place: "src/rules/", mayImport: ["src/domain/"], pure: true },
  { place: "src/engine/", mayImport: ["src/domain/", "src/rules/"], pure: true },
  { place: "src/charts/", mayImport: ["src/domain/"], pure: true },
  {
    place: "src/ports/",
    mayImport: ["src/domain/"],
    mayImportTypes: ["src/engine/effect.ts", "src/engine/command.ts"],
    pure: true,
  },
  {
    place: "src/app/",
    mayImport: [
      "src/domain/",
      "src/ports/",
      "src/rules/",
      "src/charts/",
      "src/history/",
      "src/engine/command.ts",
      ...PURE_ENGINE_FOR_BACKTESTS,
      ...PURE_ENGINE_FOR_CHARTS,
    ],
  },
  {
    place: "src/exchange/",
    mayImport: ["src/domain/", "src/ports/"],
    mayImportTypes: ADAPTER_TYPES,
  },
  {
    place: "src/storage/",
    mayImport: ["src/domain/", "src/ports/", "migrations/"],
    mayImportTypes: ADAPTER_TYPES,
  },
  { place: "src/outbox/", mayImport: ["src/domain/", "src/ports/"], mayImportTypes: ADAPTER_TYPES },
  { place: "src/history/", mayImport: ["src/domain/", "src/ports/"] },
  { place: "src/raster/", mayImport: ["src/domain/", "src/ports/"] },
  { place: "src/ops/", mayImport: ["src/domain/", "src/ports/"] },
  {
    place: "src/runtime/",
    mayImport: [
      "src/domain/",
      "src/rules/",
      "src/engine/",
      "src/ports/",
      "src/app/",
      "src/ops/",
      "src/outbox/",
    ],
  },
  { place: "src/*", mayImport: ["src/", "config/", "bots/"] },
  {
    place: "bots/",
    mayImport: ["src/app/", "src/domain/", "src/ports/", "src/rules/"],
    // What a command came to, as the application services hand it on.
    mayImportTypes: ["src/engine/command.ts"],
  },
  { place: "config/mikro-orm", mayImport: ["config/", "src/storage/", "migrations/"] },
  { place: "config/", mayImport: ["src/domain/"] },
  { place: "migrations/", mayImport: [] },
];

/** Folders that can be deleted: only they themselves and the composition may know them. */
const REMOVABLE = ["bots/telegram/", "bots/discord/", "bots/console/"];
const COMPOSITION = "src/compose";

/** Every library we use, with the places that may. */
export const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  "@electric-sql/pglite": ["src/storage/"],
  "@fluent/bundle": ["bots/text/"],
  "@grammyjs/auto-retry": ["bots/telegram/"],
  "@grammyjs/runner": ["bots/telegram/"],
  "@mikro-orm/core": ["src/storage/", "migrations/", "config/"],
  "@mikro-orm/migrations": ["src/storage/", "migrations/", "config/"],
  "@mikro-orm/postgresql": ["src/storage/", "migrations/", "config/"],
  chevrotain: ["src/rules/"],
  "cli-progress": ["src/*"],
  "cli-table3": ["bots/views/", "bots/console/", "src/db-info.ts"],
  cockatiel: ["src/exchange/", "src/storage/", "src/outbox/", "src/runtime/", "bots/"],
  "csv-parse": ["src/history/"],
  "decimal.js": ["src/domain/"],
  "dejavu-fonts-ttf": ["src/raster/"],
  "discord.js": ["bots/discord/"],
  "fastest-levenshtein": ["src/rules/", "bots/", "config/"],
  fastify: ["src/ops/"],
  grammy: ["bots/telegram/"],
  "node-cron": ["src/runtime/"],
  pg: ["src/storage/"],
  pino: ["src/ops/"],
  "pino-pretty": ["src/ops/"],
  "prom-client": ["src/ops/"],
  sharp: ["src/raster/"],
  technicalindicators: ["src/charts/"],
  ws: ["src/exchange/"],
  zod: ["config/", "src/exchange/", "src/storage/", "bots/"],
};

/** Every import that is not allowed, as a sentence; empty when the house is in order. */
export function violations(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const layer = LAYERS.find(({ place }) => liesIn(file.path, place));
    if (layer === undefined) return [`${file.path} lies in no layer`];
    return importsOf(file)
      .filter(({ target, typeOnly }) => !isAllowed(file.path, layer, target, typeOnly))
      .map(({ target }) => `${file.path} must not import ${target}`);
  });
}

function isAllowed(path: string, layer: Layer, target: string, typeOnly: boolean): boolean {
  if (target.startsWith("node:")) return layer.pure !== true;
  if (!isOurs(target)) return LIBRARIES[target]?.some((place) => liesIn(path, place)) ?? false;
  const removable = REMOVABLE.find((place) => liesIn(target, place));
  if (removable !== undefined) return liesIn(path, removable) || liesIn(path, COMPOSITION);
  if (liesIn(target, layer.place)) return true;
  const places = [...layer.mayImport, ...(typeOnly ? (layer.mayImportTypes ?? []) : [])];
  return places.some((place) => liesIn(target, place));
}

function isOurs(target: string): boolean {
  return /^(src|bots|config|migrations|tests|\.\.)\//.test(target);
}

function liesIn(path: string, place: string): boolean {
  if (!place.endsWith("*")) return path.startsWith(place);
  const folder = place.slice(0, -1);
  return path.startsWith(folder) && !path.slice(folder.length).includes("/");
}
