/**
 * A person's closed trades as a CSV file (RFC 4180) that spreadsheets and programs read: exact decimals
 * with a point, times in UTC. No name in it can act as a formula.
 */
import type { User } from "../domain/user.ts";
import type { Clock } from "../ports/clock.ts";
import type { ReadModels, TradePage } from "../ports/read-models.ts";

/** The newest trades that are exported: 3 to 9 MB; of the platforms Discord takes least, 10 MB. */
export const MAX_EXPORTED = 20_000;
const PAGE_ROWS = 1_000;

type ListedTrade = TradePage["trades"][number];

export interface TradeFile {
  /** "vigie-trades-2026-11-22.csv" */
  readonly name: string;
  readonly content: string;
  readonly trades: number;
  /** All there are; more than `trades` when the oldest were left out. */
  readonly total: number;
}

export interface TradeExportParts {
  readonly readModels: Pick<ReadModels, "trades">;
  readonly clock: Clock;
}

export class TradeExport {
  readonly #parts: TradeExportParts;

  constructor(parts: TradeExportParts) {
    this.#parts = parts;
  }

  /** The actor's trades, newest first. */
  async file(actor: User): Promise<TradeFile> {
    // Trades that close meanwhile would shift the pages.
    const until = this.#parts.clock.now() + 1;
    const trades: ListedTrade[] = [];
    let total = 0;
    do {
      const offset = trades.length;
      const query = { ownerId: actor.id, until, limit: PAGE_ROWS, offset };
      const page = await this.#parts.readModels.trades(query);
      if (page.trades.length === 0) break;
      trades.push(...page.trades);
      total = page.total;
    } while (trades.length < Math.min(total, MAX_EXPORTED));
    const day = new Date(until).toISOString().slice(0, 10);
    const name = `vigie-trades-${day}.csv`;
    return { name, content: tradesCsv(trades), trades: trades.length, total };
  }
}

const COLUMNS: Readonly<Record<string, (trade: ListedTrade) => string>> = {
  trade: ({ number }) => String(number),
  strategy: ({ strategyNumber }) => String(strategyNumber),
  strategy_name: ({ strategyName }) => harmless(strategyName),
  symbol: ({ symbol }) => symbol,
  timeframe: ({ timeframe }) => timeframe,
  side: ({ side }) => side,
  amount: ({ amount }) => amount,
  stake: ({ stake }) => stake,
  entry_at: ({ entryAt }) => new Date(entryAt).toISOString(),
  entry_price: ({ entryPrice }) => entryPrice,
  exit_at: ({ exitAt }) => new Date(exitAt).toISOString(),
  exit_price: ({ exitPrice }) => exitPrice,
  exit_reason: ({ exitReason }) => exitReason,
  fees: ({ fees }) => fees,
  pnl: ({ pnl }) => pnl,
  pnl_percent: ({ pnlPercent }) => pnlPercent,
  during_outage: ({ duringOutage }) => String(duringOutage),
};

/** A heading, then a line for each trade, each ended by CR LF. */
export function tradesCsv(trades: readonly ListedTrade[]): string {
  const cells = Object.values(COLUMNS);
  const lines = trades.map((trade) => cells.map((cell) => quoted(cell(trade))).join(","));
  return [Object.keys(COLUMNS).join(","), ...lines, ""].join("\r\n");
}

/** What people write must not begin as a formula does. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
