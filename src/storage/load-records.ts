/**
 * What a start restores. Rows that cannot be understood are named, and the strategies they belong to
 * left out whole: better one strategy that stands still than one that trades on half its state.
 */
import type { EntityManager } from "@mikro-orm/postgresql";
import type { ZodType } from "zod";
import { runId, type Strategy } from "../domain/strategy.ts";
import type { EngineRecords } from "../ports/engine-store.ts";
import { orderRow, pauseRow, positionRow, runRow, strategyRow, watermarkRow } from "./rows.ts";
import { textField } from "./text-field.ts";
import { WatermarkRow } from "./schema/engine-tables.ts";
import {
  FINAL_ORDER_STATES,
  OrderRow,
  PauseRow,
  PositionRow,
  RunRow,
  StrategyRow,
} from "./schema/trading-tables.ts";

const CURRENT_RUN =
  "(r.strategy_id, r.number) in (select id, run from strategies where deleted_at is null)";

/** One index look-up per owner, however many rows there are. */
const HIGHEST_NUMBERS = `
  select id, (select max(number) from strategies s where s.owner_id = u.id) as strategy,
    (select max(number) from positions p where p.owner_id = u.id) as position
  from users u`;

const TOTALS = `
  select (select count(*) from trades) as trades, last_commit_at from engine_lease where id = 1`;

const BY_NUMBER = { ownerId: "asc", number: "asc" } as const;
const BY_ID = { id: "asc" } as const;

export async function loadRecords(em: EntityManager): Promise<EngineRecords> {
  const damage = new Damage();
  const strategies = damage.sift(
    { table: "strategies", schema: strategyRow, blames: "id" },
    await em.find(StrategyRow, { deletedAt: null }, { orderBy: BY_NUMBER }),
  );
  const runs = damage.sift(
    { table: "runs", schema: runRow, blames: "strategyId" },
    await em.createQueryBuilder(RunRow, "r").where(CURRENT_RUN).getResultList(),
  );
  damage.missingRuns(strategies, new Set(runs.map(({ id }) => id)));
  const openPositions = damage.sift(
    { table: "positions", schema: positionRow, blames: "strategyId" },
    await em.find(PositionRow, { closedAt: null }, { orderBy: BY_NUMBER }),
  );
  const openOrders = damage.sift(
    { table: "orders", schema: orderRow, blames: "strategyId" },
    await em.find(OrderRow, { state: { $nin: [...FINAL_ORDER_STATES] } }, { orderBy: BY_ID }),
  );
  const pauses = damage.sift(
    { table: "pauses", schema: pauseRow, blames: "ownerId" },
    await em.find(PauseRow, {}),
  );
  const watermarks = damage.sift(
    { table: "watermarks", schema: watermarkRow, blames: null },
    await em.find(WatermarkRow, {}),
  );
  const kept = strategies.filter(({ id, ownerId }) => damage.spares(id, ownerId));
  const ids = new Set(kept.map(({ id }) => id));
  const belongs = ({ strategyId }: { readonly strategyId: string }) => ids.has(strategyId);
  return {
    strategies: kept,
    runs: runs.filter(belongs),
    openPositions: openPositions.filter(belongs),
    openOrders: openOrders.filter(belongs),
    pauses,
    watermarks,
    ...(await loadNumbers(em)),
    damaged: damage.reports,
  };
}

interface Source<T> {
  readonly table: string;
  readonly schema: ZodType<T>;
  /** Which strategies a damaged row keeps back: the one it names, or all of the owner it names. */
  readonly blames: "id" | "strategyId" | "ownerId" | null;
}

/** Sorts rows into those that are understood and those that are reported. */
class Damage {
  readonly reports: { table: string; id: string; code: string }[] = [];
  /** Ids of strategies and owners. */
  readonly #blamed = new Set<string | null>();

  sift<T>({ table, schema, blames }: Source<T>, rows: readonly object[]): T[] {
    const good: T[] = [];
    for (const row of rows) {
      const { data, error } = schema.safeParse(row);
      if (error === undefined) {
        good.push(data);
        continue;
      }
      const code = `invalid-${String(error.issues[0]?.path[0])}`;
      this.reports.push({ table, id: nameOf(row), code });
      if (blames !== null) this.#blamed.add(textField(row, blames));
    }
    return good;
  }

  missingRuns(strategies: readonly Strategy[], runs: ReadonlySet<string>): void {
    for (const strategy of strategies) {
      const id = runId(strategy.id, strategy.run);
      if (runs.has(id) || this.#blamed.has(strategy.id)) continue;
      this.reports.push({ table: "runs", id, code: "missing" });
      this.#blamed.add(strategy.id);
    }
  }

  spares(strategyId: string, ownerId: string): boolean {
    return !this.#blamed.has(strategyId) && !this.#blamed.has(ownerId);
  }
}

/** The id, or the parts of a composite key. */
function nameOf(row: object): string {
  const parts = ["ownerId", "scope", "symbol", "timeframe"].map((part) => textField(row, part));
  return textField(row, "id") ?? parts.filter((part) => part !== null).join(" ");
}

async function loadNumbers(em: EntityManager) {
  const connection = em.getConnection();
  const numbers = await connection.execute<RawNumbers[]>(HIGHEST_NUMBERS);
  const [totals] = await connection.execute<RawTotals[]>(TOTALS);
  const lastCommitAt = totals?.last_commit_at ?? null;
  return {
    strategyNumbers: new Map(numbers.flatMap(({ id, strategy }) => entry(id, strategy))),
    positionNumbers: new Map(numbers.flatMap(({ id, position }) => entry(id, position))),
    tradesEver: Number(totals?.trades ?? 0),
    lastCommitAt: lastCommitAt === null ? null : Date.parse(lastCommitAt),
  };
}

interface RawNumbers {
  readonly id: string;
  readonly strategy: number | null;
  readonly position: number | null;
}

interface RawTotals {
  readonly trades: string;
  readonly last_commit_at: string | null;
}

function entry(id: string, number: number | null): (readonly [string, number])[] {
  return number === null ? [] : [[id, number]];
}
