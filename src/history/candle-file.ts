/**
 * Candles in files: CSV, or CSV packed with gzip, with the columns open_time_ms, open, high, low,
 * close and volume in any order. Every value is checked where it enters; numbers stay the text they
 * are. Reading and writing go page by page, whatever the size.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { CsvError, parse } from "csv-parse";
import type { Candle } from "../domain/candle.ts";
import { candleLine } from "../domain/candle-lines.ts";
import { Fault } from "../domain/fault.ts";
import { timeframeMs, type Timeframe } from "../domain/timeframe.ts";

export const CANDLE_COLUMNS = ["open_time_ms", "open", "high", "low", "close", "volume"] as const;

type Column = (typeof CANDLE_COLUMNS)[number];
type CsvRow = Readonly<Record<Column, string>>;

/** A candle of a file, and the line it stands in, from 1. */
export interface FileCandle {
  readonly candle: Candle;
  readonly line: number;
}

/** Bytes read so far and in all, of the file as it lies on the disk. */
export type FileProgress = (done: number, total: number) => void;

const PAGE_CANDLES = 2_000;
/** Plain decimals that the database holds exactly. */
const DECIMAL = /^\d{1,20}(?:\.\d{1,18})?$/;
const OPEN_TIME = /^\d{1,15}$/;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/**
 * All candles of a file in its order. Faults: file-not-found {file}, file-unreadable {file, reason},
 * csv-columns {file, missing}, csv-broken {file, line, reason}, csv-value {file, line, column, value},
 * csv-candle {file, line, problem}.
 */
export async function* readCandleFile(
  file: string,
  of: { symbol: string; timeframe: Timeframe },
  progress: FileProgress = () => {},
): AsyncGenerator<readonly FileCandle[], void, undefined> {
  const { size, packed } = await inspect(file);
  const source = createReadStream(file);
  let line = 0;
  const parser: AsyncIterable<FileCandle> & Transform = parse<FileCandle, CsvRow>({
    bom: true,
    columns(header: string[]) {
      line++;
      return checked(file, header);
    },
    on_record(row) {
      line++;
      return { candle: candleOf(row, of, { file, line }), line };
    },
  });
  const left = new AbortController();
  const { signal } = left;
  const flow = packed
    ? pipeline(source, createGunzip(), parser, { signal })
    : pipeline(source, parser, { signal });
  // What goes wrong on the way comes out of the parser, below.
  const flowed = flow.catch(() => {});
  let page: FileCandle[] = [];
  try {
    for await (const one of parser) {
      page.push(one);
      if (page.length < PAGE_CANDLES) continue;
      progress(source.bytesRead, size);
      yield page;
      page = [];
    }
  } catch (error) {
    throw readingFault(error, file, line + 1);
  } finally {
    left.abort();
    await flowed;
  }
  if (line === 0) checked(file, []);
  progress(size, size);
  if (page.length > 0) yield page;
}

/** Writes candles; a name that ends in .gz is packed. Returns how many. Fault: file-unwritable. */
export async function writeCandleFile(
  file: string,
  pages: AsyncIterable<readonly Candle[]>,
): Promise<number> {
  let written = 0;
  async function* lines() {
    yield `${CANDLE_COLUMNS.join(",")}\n`;
    for await (const page of pages) {
      written += page.length;
      yield page.map(candleLine).join("");
    }
  }
  const target = createWriteStream(file);
  const packing = file.endsWith(".gz") ? [createGzip()] : [];
  try {
    await pipeline([Readable.from(lines()), ...packing, target]);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault("file-unwritable", { file, reason: reasonOf(error) }, { cause: error });
  }
  return written;
}

async function inspect(file: string): Promise<{ size: number; packed: boolean }> {
  try {
    const { size } = await stat(file);
    await using handle = await open(file);
    const { buffer } = await handle.read({ buffer: Buffer.alloc(GZIP_MAGIC.length) });
    return { size, packed: GZIP_MAGIC.every((byte, i) => buffer[i] === byte) };
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === "ENOENT") throw new Fault("file-not-found", { file });
    throw new Fault("file-unreadable", { file, reason }, { cause: error });
  }
}

function checked(file: string, header: readonly string[]): string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = CANDLE_COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new Fault("csv-columns", { file, missing: missing.join(", ") });
  return names;
}

function candleOf(
  row: CsvRow,
  { symbol, timeframe }: { symbol: string; timeframe: Timeframe },
  place: { file: string; line: number },
): Candle {
  const value = (column: Column, form: RegExp): string => {
    const text = row[column].trim();
    if (form.test(text)) return text;
    throw new Fault("csv-value", { ...place, column, value: text.slice(0, 40) });
  };
  const candle: Candle = {
    symbol,
    timeframe,
    openTime: Number(value("open_time_ms", OPEN_TIME)),
    open: value("open", DECIMAL),
    high: value("high", DECIMAL),
    low: value("low", DECIMAL),
    close: value("close", DECIMAL),
    volume: value("volume", DECIMAL),
  };
  const problem = problemOf(candle);
  if (problem !== null) throw new Fault("csv-candle", { ...place, problem });
  return candle;
}

/** What contradicts itself in a candle, as a code; null when nothing does. */
function problemOf({ openTime, timeframe, ...candle }: Candle): string | null {
  const [first, high, low, close] = [candle.open, candle.high, candle.low, candle.close].map(
    Number,
  );
  if (first === undefined || high === undefined || low === undefined || close === undefined) {
    return "incomplete";
  }
  if (openTime % timeframeMs(timeframe) !== 0) return "off-the-timeframe";
  if (low <= 0) return "price-not-positive";
  if (high < Math.max(first, close)) return "high-too-low";
  return low > Math.min(first, close) ? "low-too-high" : null;
}

function readingFault(error: unknown, file: string, line: number): unknown {
  if (error instanceof Fault) return error;
  if (error instanceof CsvError) {
    return new Fault("csv-broken", { file, line, reason: error.code }, { cause: error });
  }
  return new Fault("file-unreadable", { file, reason: reasonOf(error) }, { cause: error });
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : "unknown";
}
