/** `npm run bench`: every speed claim, measured here and now. `-- --json` prints a line a figure. */
import { parseArgs } from "node:util";
import { printFigures } from "./figure.ts";
import { benchBacktest, benchBacktestWorker } from "./backtest.ts";
import { benchPeer } from "./peer.ts";
import { benchPictures } from "./pictures.ts";
import { benchSweep } from "./sweep.ts";
import { benchUsers } from "./users.ts";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });

const figures = [
  ...benchUsers(),
  ...benchBacktest(),
  ...(await benchBacktestWorker()),
  ...(await benchPictures()),
  ...benchPeer(),
  ...benchSweep(),
];
printFigures(figures, values.json);
