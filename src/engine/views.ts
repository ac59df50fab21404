/** Pictures of the engine's memory for those who ask: strategies and open positions of one owner. */
import { Decimal, decimalText, type DecimalText } from "../domain/money.ts";
import type { Position } from "../domain/order.ts";
import type { Run, Strategy } from "../domain/strategy.ts";
import { fillExit } from "./fill-model.ts";
import type { KnownPrice } from "./market/symbol-market.ts";
import type { EngineSettings } from "./settings.ts";
import { equityOf } from "./trading/commands.ts";
import { settlementOf } from "./trading/leaving.ts";
import type { OwnerState, StrategyState } from "./trading/strategy-state.ts";

const PERCENT_DECIMALS = 4;

export interface PositionPicture {
  readonly position: Position;
  readonly strategyNumber: number;
  readonly strategyName: string;
  readonly lastPrice: DecimalText | null;
  readonly unrealisedPnl: DecimalText | null;
  readonly unrealisedPercent: DecimalText | null;
  /** Version of the strategy's rule now, when the position follows another; else null. */
  readonly newerVersion: number | null;
  /** Price and time it may be settled at, because the exchange no longer trades its symbol; else null. */
  readonly settlement: KnownPrice | null;
}

export interface StrategyPicture {
  readonly strategy: Strategy;
  readonly run: Run;
  readonly position: PositionPicture | null;
  readonly equity: DecimalText;
  readonly warmupLeft: number;
  readonly activeMs: number;
}

/** All strategies of an owner by number. `now`: epoch ms. */
export function strategiesOf(
  owner: OwnerState | undefined,
  settings: EngineSettings,
  now: number,
): readonly StrategyPicture[] {
  if (owner === undefined) return [];
  const states = [...owner.strategies.values()];
  return states
    .toSorted((a, b) => a.strategy.number - b.strategy.number)
    .map((state) => ({
      strategy: state.strategy,
      run: state.run,
      position: positionOf(state, settings, now),
      equity: equityOf(state),
      warmupLeft: state.plan?.warmupLeft ?? 0,
      activeMs: activeMs(state.strategy, now),
    }));
}

function activeMs({ activeMs: before, activeSince }: Strategy, now: number): number {
  return activeSince === null ? before : before + Math.max(0, now - activeSince);
}

/** The open position marked to market, as if it were closed at the newest price. */
function positionOf(
  state: StrategyState,
  settings: EngineSettings,
  now: number,
): PositionPicture | null {
  const { position, cohort, strategy } = state;
  if (position === null) return null;
  const market = cohort?.plan.group.market;
  const lastPrice = market?.lastPrice?.price ?? null;
  const instrument = market?.instrument ?? null;
  const held =
    cohort === null
      ? position
      : { ...position, bestPrice: cohort.best, trailingStopPrice: cohort.trailingStop };
  const named = {
    position: held,
    strategyNumber: strategy.number,
    strategyName: strategy.name,
    newerVersion: position.ruleText === strategy.ruleText ? null : strategy.ruleVersion,
    settlement: settlementOf(state, now),
  };
  if (lastPrice === null || instrument === null) {
    return { ...named, lastPrice, unrealisedPnl: null, unrealisedPercent: null };
  }
  const { fill, worth } = fillExit(position, lastPrice, instrument, settings);
  const entry = new Decimal(position.entryPrice).mul(position.amount);
  const gross = position.side === "long" ? worth.minus(entry) : entry.minus(worth);
  const pnl = gross.minus(position.entryFee).minus(fill.fee);
  const percent = pnl.div(entry).mul(100).toDecimalPlaces(PERCENT_DECIMALS);
  return {
    ...named,
    lastPrice,
    unrealisedPnl: decimalText(pnl),
    unrealisedPercent: decimalText(percent),
  };
}
