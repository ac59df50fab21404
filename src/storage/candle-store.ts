/** Candles read and written outside the engine's commits. Prices come back without trailing zeros. */
import type { Candle } from "../domain/candle.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { CandleStore, StoredExtent } from "../ports/candle-store.ts";
import type { CandleRequest } from "../ports/market-data.ts";
import type { Database } from "./database.ts";
import { instantText } from "./schema/columns.ts";
import { CandleRow } from "./schema/engine-tables.ts";
import { TableWriter } from "./table-writer.ts";

const PAGE_ROWS = 2_000;

const PAGE = `
  select (extract(epoch from open_time) * 1000)::bigint as "openTime",
    trim_scale(open) as open, trim_scale(high) as high, trim_scale(low) as low,
    trim_scale(close) as close, trim_scale(volume) as volume
  from candles where symbol = $1 and timeframe = $2 and open_time between $3 and $4
  order by open_time limit ${PAGE_ROWS}`;

const EXTENT = `
  select (extract(epoch from min(open_time)) * 1000)::bigint as oldest,
    (extract(epoch from max(open_time)) * 1000)::bigint as newest, count(*)::int as candles
  from candles where symbol = $1 and timeframe = $2`;

type RawCandle = Record<"openTime" | "open" | "high" | "low" | "close" | "volume", string>;

export class PostgresCandleStore implements CandleStore {
  readonly #database: Database;
  readonly #writer: TableWriter;

  constructor(database: Database) {
    this.#database = database;
    this.#writer = new TableWriter(database.orm, { entity: CandleRow, onConflict: "overwrite" });
  }

  async *pages(range: CandleRequest): AsyncGenerator<readonly Candle[], void, undefined> {
    const { symbol, timeframe, to } = range;
    let from = range.from;
    while (from <= to) {
      const bounds = [instantText(from), instantText(to)];
      const rows = await this.#database.query<RawCandle>(PAGE, [symbol, timeframe, ...bounds]);
      const page = rows.map((row) => ({
        symbol,
        timeframe,
        ...row,
        openTime: Number(row.openTime),
      }));
      const last = page.at(-1);
      if (last === undefined) return;
      yield page;
      if (page.length < PAGE_ROWS) return;
      from = last.openTime + 1;
    }
  }

  async save(candles: readonly Candle[]): Promise<void> {
    if (candles.length === 0) return;
    const { sql, params } = this.#writer.statement(candles);
    await this.#database.query(sql, params);
  }

  async extent(symbol: string, timeframe: Timeframe): Promise<StoredExtent | null> {
    const [row] = await this.#database.query<{
      oldest: string | null;
      newest: string | null;
      candles: number;
    }>(EXTENT, [symbol, timeframe]);
    if (row === undefined || row.oldest === null || row.newest === null) return null;
    return { oldest: Number(row.oldest), newest: Number(row.newest), candles: row.candles };
  }
}
