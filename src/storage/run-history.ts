/** Reads the records of one run, by indexes that begin with the run. */
import { runId, type Strategy } from "../domain/strategy.ts";
import { timeframeMs } from "../domain/timeframe.ts";
import type { RunHistory, RunRecords } from "../ports/run-history.ts";
import type { Database } from "./database.ts";
import {
  circumstanceRow,
  decisionRow,
  fillRow,
  orderRow,
  positionRow,
  tradeRow,
  watermarkRow,
} from "./rows.ts";
import { CircumstanceRow, WatermarkRow } from "./schema/engine-tables.ts";
import { DecisionRow, FillRow, OrderRow, PositionRow, TradeRow } from "./schema/trading-tables.ts";

const DETAIL = "1m";

export class PostgresRunHistory implements RunHistory {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async records(strategy: Strategy, since: number): Promise<RunRecords> {
    // First, so that everything read after it is at least as new.
    const judgedUntil = await this.#judgedUntil(strategy);
    const { id, ownerId } = strategy;
    const run = { runId: runId(id, strategy.run) };
    return this.#database.run(async (em) => {
      const byNumber = { orderBy: { number: "asc" } } as const;
      const trades = await em.find(TradeRow, { ownerId, ...run }, byNumber);
      const positions = await em.find(PositionRow, { ownerId, ...run }, byNumber);
      const orders = await em.find(OrderRow, run, { orderBy: { createdAt: "asc", id: "asc" } });
      const fills = await em.find(FillRow, run, { orderBy: { at: "asc", id: "asc" } });
      const signals = await em.find(
        DecisionRow,
        { ...run, kind: { $in: ["enter-long", "enter-short"] } },
        { orderBy: { candleCloseTime: "asc" } },
      );
      const circumstances = await em.find(
        CircumstanceRow,
        {
          $or: [
            { strategyId: id, at: { $gte: since } },
            { strategyId: null, symbol: strategy.symbol, at: { $gte: since } },
            { strategyId: null, symbol: strategy.symbol, until: { $gte: since } },
            { strategyId: null, symbol: null, until: { $gte: since } },
          ],
        },
        { orderBy: { at: "asc", id: "asc" } },
      );
      return {
        judgedUntil,
        trades: trades.map((row) => tradeRow.parse(row)),
        positions: positions.map((row) => positionRow.parse(row)),
        orders: orders.map((row) => orderRow.parse(row)),
        fills: fills.map((row) => fillRow.parse(row)),
        signals: signals.map((row) => decisionRow.parse(row)),
        circumstances: circumstances.map((row) => circumstanceRow.parse(row)),
      };
    });
  }

  #judgedUntil({ symbol, timeframe }: Strategy): Promise<RunRecords["judgedUntil"]> {
    return this.#database.run(async (em) => {
      const found = await em.find(WatermarkRow, {
        symbol,
        timeframe: { $in: [timeframe, DETAIL] },
      });
      const rows = found.map((row) => watermarkRow.parse(row));
      const endOf = (wanted: string): number | null => {
        const row = rows.find((one) => one.timeframe === wanted);
        return row === undefined ? null : row.openTime + timeframeMs(row.timeframe);
      };
      return { own: endOf(timeframe), minute: endOf(DETAIL) };
    });
  }
}
