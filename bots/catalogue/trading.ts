/** Commands about positions and trades, and about stopping entries for a while. */
import type { App } from "../../src/app/app.ts";
import type { OpenPositionView } from "../../src/app/queries.ts";
import { closingView, pausedView, resumedView } from "../views/outcomes.ts";
import { pageOf } from "../views/paging.ts";
import { positionsView, settleText, tradesView, tradeView } from "../views/positions.ts";
import type { Reader } from "../views/reader.ts";
import { withTradePicture } from "./charts.ts";
import { command, type Caller, type Command } from "./command.ts";
import { int, string, type Option, type Suggestion } from "./option.ts";
import {
  duration,
  durationIn,
  page,
  positionOption,
  positionTarget,
  settleOption,
  strategySuggestions,
} from "./targets.ts";

const MAX_TRADE_NUMBER = 999_999_999;
/** Newest closed trades that can be chosen from. */
const MAX_TRADES_OFFERED = 24;

export function tradingCommands(app: App): readonly Command[] {
  return [...viewing(app), closing(app), ...pausing(app)];
}

function viewing(app: App): readonly Command[] {
  const group = "trading";
  const role = "viewer";
  return [
    command({
      name: "positions",
      group,
      role,
      options: { page },
      run: (values, { user, reader, pageRows }) => {
        const all = app.queries.positions(user);
        return positionsView(reader, pageOf(all, values.page, pageRows), all);
      },
    }),
    command({
      name: "trades",
      group,
      role,
      options: { page },
      run: async (values, { user, reader, pageRows }) =>
        tradesView(reader, await app.queries.trades(user, values.page, pageRows)),
    }),
    command({
      name: "trade",
      group,
      role,
      aliases: { order: {} },
      options: { number: tradeNumber(app) },
      run: async ({ number }, { user, reader }) => {
        const report = await app.queries.trade(user, number);
        const draft = tradeView(reader, report);
        return withTradePicture(app, { user, reader }, draft, report);
      },
    }),
  ];
}

/** Asked for, it offers the open positions and the newest trades. */
function tradeNumber(app: App): Option<number, true> {
  const offer = async ({ user }: Caller): Promise<readonly Suggestion[]> => {
    const { trades } = await app.queries.trades(user, 1, MAX_TRADES_OFFERED);
    const open = app.queries.positions(user).map(({ position }) => position);
    return [...open, ...trades].map(({ number, symbol, side }) => ({
      label: `#${number} ${symbol} ${side}`,
      value: number,
    }));
  };
  const limits = { min: 1, max: MAX_TRADE_NUMBER, offer, none: "trades-none" };
  return int.req("option-trade", limits);
}

function closing(app: App): Command {
  return command({
    name: "close",
    group: "trading",
    role: "trader",
    aliases: { forceexit: {}, fx: {} },
    options: { position: positionOption(app), price: settleOption },
    confirm: ({ position }, { user, reader }) => {
      const views = app.trading.closable(user, positionTarget(position));
      const settled = views.filter(({ settlement }) => settlement !== null);
      const lines = [
        closeQuestion(reader, views),
        ...settled.map((one) => settleText(reader, one)),
      ];
      const price = settled.length > 0 ? "last" : undefined;
      return { text: lines.join("\n"), args: { position, price } };
    },
    run: async ({ position, price }, { user, reader }) => {
      const items = await app.trading.close(user, positionTarget(position), price === "last");
      return closingView(reader, items);
    },
  });
}

function closeQuestion(reader: Reader, views: readonly OpenPositionView[]): string {
  const [view] = views;
  if (views.length !== 1 || view === undefined) {
    return reader.text("confirm-close-all", { count: views.length });
  }
  return reader.text("confirm-close", {
    position: `#${view.position.number}`,
    symbol: view.position.symbol,
    side: reader.text(`side-${view.position.side}`),
    stake: reader.money(view.position.stake),
    percent: reader.percent(view.unrealisedPercent),
  });
}

function pausing(app: App): readonly Command[] {
  const group = "trading";
  const role = "trader";
  const scope = string.opt("option-scope", { suggest: (caller) => scopes(app, caller) });
  return [
    command({
      name: "pause",
      group,
      role,
      aliases: { stopentry: { scope: "all" }, stopbuy: { scope: "all" } },
      options: { scope, duration: string.opt("option-duration") },
      run: async (values, { user, reader }) => {
        // "/pause 6h": a lone duration is meant for everything.
        const lone = values.duration === undefined && durationIn(values.scope ?? "") !== null;
        const time = lone ? values.scope : values.duration;
        const what = lone ? "all" : (values.scope ?? "all");
        const ms = time === undefined ? null : duration(time);
        return pausedView(reader, await app.trading.pause(user, what, ms));
      },
    }),
    command({
      name: "resume",
      group,
      role,
      aliases: { unlock: {} },
      options: { scope },
      run: async (values, { user, reader }) => {
        const lifted = await app.trading.resume(user, values.scope ?? null);
        return resumedView(reader, lifted, app.trading.pauses(user));
      },
    }),
  ];
}

function scopes(app: App, caller: Caller): readonly Suggestion[] {
  const symbols = new Set(app.queries.strategies(caller.user).map((view) => view.strategy.symbol));
  return [
    ...["all", ...symbols].map((word) => ({ label: word, value: word })),
    ...strategySuggestions(app, caller).map((one) => ({ ...one, value: `#${one.value}` })),
  ];
}
