/** Candles read and written outside the engine's commits. Prices come back without trailing zeros. */
import type { Candle } from "../domain/candle.ts";
import { timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { CandleStore, StoredExtent, StoredStretch } from "../ports/candle-store.ts";
import type { CandleRequest } from "../ports/market-data.ts";
import type { Database } from "./database.ts";
import { instantText } from "./schema/columns.ts";
import { CandleRow } from "./schema/engine-tables.ts";
import { TableWriter } from "./table-writer.ts";

const PAGE_ROWS = 2_000;
/** About 60 bytes each. */
const TEXT_PAGE_ROWS = 10_000;

const PAGE = `
  select (extract(epoch from open_time) * 1000)::bigint as "openTime",
    trim_scale(open) as open, trim_scale(high) as high, trim_scale(low) as low,
    trim_scale(close) as close, trim_scale(volume) as volume
  from candles where symbol = $1 and timeframe = $2 and open_time between $3 and $4
  order by open_time limit ${PAGE_ROWS}`;

const TEXT_PAGE = `
  select string_agg(concat_ws(',', (extract(epoch from open_time) * 1000)::bigint,
      trim_scale(open), trim_scale(high), trim_scale(low), trim_scale(close), trim_scale(volume)
    ) || E'\\n', '' order by open_time) as lines,
    (extract(epoch from max(open_time)) * 1000)::bigint as newest, count(*)::int as candles
  from (
    select open_time, open, high, low, close, volume
    from candles where symbol = $1 and timeframe = $2 and open_time between $3 and $4
    order by open_time limit ${TEXT_PAGE_ROWS}
  ) as page`;

/** The candles at the edges of holes: where stretches begin and end. */
const EDGES = `
  select (extract(epoch from open_time) * 1000)::bigint as "openTime", begins, ends
  from (
    select open_time,
      open_time is distinct from lag(open_time) over series + $5::interval as begins,
      open_time is distinct from lead(open_time) over series - $5::interval as ends
    from candles where symbol = $1 and timeframe = $2 and open_time between $3 and $4
    window series as (order by open_time)
  ) as neighbours
  where begins or ends order by open_time`;

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

  async *lines(range: CandleRequest): AsyncGenerator<string, void, undefined> {
    const { symbol, timeframe, to } = range;
    let from = range.from;
    while (from <= to) {
      const bounds = [instantText(from), instantText(to)];
      const [page] = await this.#database.query<{
        lines: string | null;
        newest: string | null;
        candles: number;
      }>(TEXT_PAGE, [symbol, timeframe, ...bounds]);
      if (page === undefined || page.lines === null || page.newest === null) return;
      yield page.lines;
      if (page.candles < TEXT_PAGE_ROWS) return;
      from = Number(page.newest) + 1;
    }
  }

  async stretches(range: CandleRequest): Promise<readonly StoredStretch[]> {
    const { symbol, timeframe, from, to } = range;
    if (from > to) return [];
    const length = `${timeframeMs(timeframe)} milliseconds`;
    const bounds = [instantText(from), instantText(to), length];
    const edges = await this.#database.query<{ openTime: string; begins: boolean; ends: boolean }>(
      EDGES,
      [symbol, timeframe, ...bounds],
    );
    const stretches: StoredStretch[] = [];
    let begun = 0;
    for (const { openTime, begins, ends } of edges) {
      const time = Number(openTime);
      if (begins) begun = time;
      if (ends) stretches.push({ from: begun, to: time });
    }
    return stretches;
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
