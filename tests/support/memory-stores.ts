/**
 * Hand-written stand-ins for what the application services reach through ports: storage and the exchange, all in memory and under the test's control. They keep the ports' promises, owner by owner.
 */
import { Fault } from "../../src/domain/fault.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { Decimal, decimalText } from "../../src/domain/money.ts";
import type { Run, Strategy } from "../../src/domain/strategy.ts";
import type { Identity, Platform, User } from "../../src/domain/user.ts";
import type { AccountStore, Invite, LinkCode } from "../../src/ports/account-store.ts";
import type { Notice } from "../../src/domain/notice.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { OutboxRow, OutboxStore } from "../../src/ports/outbox-store.ts";
import type {
  ProfitGrouping,
  ProfitRow,
  ProfitSummary,
  ReadModels,
  RuleVersionResult,
  TradeDetails,
  TradePage,
  TradeQuery,
} from "../../src/ports/read-models.ts";
import type { RunHistory, RunRecords } from "../../src/ports/run-history.ts";

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  time: number;

  constructor(time: number) {
    this.time = time;
  }

  now(): number {
    return this.time;
  }

  advance(ms: number): void {
    this.time += ms;
  }
}

type AuditEntry = Parameters<AccountStore["audit"]>[0];

export class MemoryAccountStore implements AccountStore {
  readonly audited: AuditEntry[] = [];
  readonly #users = new Map<string, User>();
  #identities: Identity[] = [];
  readonly #invites = new Map<string, Invite>();
  readonly #codes = new Map<string, LinkCode>();
  readonly #settings = new Map<string, Readonly<Record<string, unknown>>>();

  async user(id: string): Promise<User | null> {
    return this.#users.get(id) ?? null;
  }

  async users(): Promise<readonly User[]> {
    return [...this.#users.values()];
  }

  async userByIdentity(platform: Platform, externalId: string): Promise<User | null> {
    const found = this.#identity(platform, externalId);
    return found === undefined ? null : this.user(found.userId);
  }

  async identities(userId: string): Promise<readonly Identity[]> {
    return this.#identities.filter((one) => one.userId === userId);
  }

  async createUser(user: User, identity: Identity): Promise<void> {
    this.#link(identity);
    this.#users.set(user.id, user);
  }

  async saveUser(user: User): Promise<void> {
    this.#users.set(user.id, user);
  }

  async addIdentity(identity: Identity): Promise<void> {
    this.#link(identity);
  }

  async moveIdentity(identity: Identity): Promise<void> {
    await this.removeIdentity(identity.platform, identity.externalId);
    this.#link(identity);
  }

  async removeIdentity(platform: Platform, externalId: string): Promise<void> {
    this.#identities = this.#identities.filter(
      (one) => one.platform !== platform || one.externalId !== externalId,
    );
  }

  async addInvite(invite: Invite): Promise<void> {
    this.#invites.set(invite.codeHash, invite);
  }

  async takeInvite(codeHash: string, usedBy: string, now: number): Promise<Invite | null> {
    const invite = this.#invites.get(codeHash);
    if (invite === undefined || invite.usedBy !== null || invite.expiresAt <= now) return null;
    this.#invites.set(codeHash, { ...invite, usedBy });
    return { ...invite, usedBy };
  }

  async addLinkCode(code: LinkCode): Promise<void> {
    this.#codes.set(code.codeHash, code);
  }

  async takeLinkCode(codeHash: string, now: number): Promise<LinkCode | null> {
    const code = this.#codes.get(codeHash);
    if (code === undefined || code.usedAt !== null || code.expiresAt <= now) return null;
    this.#codes.set(codeHash, { ...code, usedAt: now });
    return { ...code, usedAt: now };
  }

  async noticeSettings(userId: string): Promise<Readonly<Record<string, unknown>> | null> {
    return this.#settings.get(userId) ?? null;
  }

  async allNoticeSettings() {
    return [...this.#settings].map(([userId, settings]) => ({ userId, settings }));
  }

  async saveNoticeSettings(
    userId: string,
    settings: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    this.#settings.set(userId, settings);
  }

  async audit(entry: AuditEntry): Promise<void> {
    this.audited.push(entry);
  }

  #identity(platform: Platform, externalId: string): Identity | undefined {
    return this.#identities.find(
      (one) => one.platform === platform && one.externalId === externalId,
    );
  }

  /** In one step, as the unique index of a database would have it. */
  #link(identity: Identity): void {
    const { platform, externalId } = identity;
    if (this.#identity(platform, externalId)) throw new Fault("identity-taken", { platform });
    this.#identities.push(identity);
  }
}

/** The outbox as storage keeps it: in the order written, a repeated id once. */
export class MemoryOutboxStore implements OutboxStore {
  readonly sent: string[] = [];
  readonly parked: string[] = [];
  #rows: OutboxRow[] = [];

  /** What was ever added, oldest first. */
  readonly added: Notice[] = [];

  async add(notice: Notice): Promise<void> {
    if (this.added.some(({ id }) => id === notice.id)) return;
    this.added.push(notice);
    this.#rows.push({ notice, attempts: 0, notBefore: 0 });
  }

  async due(now: number, limit: number): Promise<readonly OutboxRow[]> {
    const waiting = new Set<string>();
    const due = this.#rows.filter(({ notice: { ownerId }, notBefore }) => {
      if (notBefore > now) waiting.add(ownerId);
      return !waiting.has(ownerId);
    });
    return due.slice(0, limit);
  }

  async markSent(ids: readonly string[]): Promise<void> {
    this.sent.push(...ids);
    this.#remove(ids);
  }

  async postpone(id: string, notBefore: number): Promise<void> {
    this.#rows = this.#rows.map((row) =>
      row.notice.id === id ? { ...row, attempts: row.attempts + 1, notBefore } : row,
    );
  }

  async park(id: string): Promise<void> {
    this.parked.push(id);
    this.#remove([id]);
  }

  async depth() {
    return { pending: this.#rows.length, oldestAt: this.#rows[0]?.notice.at ?? null };
  }

  #remove(ids: readonly string[]): void {
    this.#rows = this.#rows.filter(({ notice }) => !ids.includes(notice.id));
  }
}

type ListedTrade = TradePage["trades"][number];

/** History as storage would answer it, from the trades and runs a test puts in. */
export class MemoryReadModels implements ReadModels {
  readonly #trades: ListedTrade[] = [];
  readonly #details = new Map<string, TradeDetails>();
  readonly #runs: Run[] = [];
  readonly #versions: (RuleVersionResult & { ownerId: string; strategyNumber: number })[] = [];

  /** Adds a closed trade; given later is newer. */
  addTrade(trade: ListedTrade, details: Partial<TradeDetails> = {}): void {
    this.#trades.unshift(trade);
    const whole = { trade, opened: null, orders: [], fills: [], ...details };
    this.#details.set(`${trade.ownerId} ${trade.number}`, whole);
  }

  addRun(run: Run): void {
    this.#runs.unshift(run);
  }

  async trades(query: TradeQuery): Promise<TradePage> {
    const found = this.#trades.filter(
      (trade) =>
        trade.ownerId === query.ownerId &&
        (query.strategyNumber ?? trade.strategyNumber) === trade.strategyNumber &&
        trade.exitAt >= (query.from ?? 0) &&
        trade.exitAt < (query.until ?? Infinity),
    );
    const { offset, limit } = query;
    return { trades: found.slice(offset, offset + limit), total: found.length };
  }

  async tradeDetails(ownerId: string, number: number): Promise<TradeDetails | null> {
    return this.#details.get(`${ownerId} ${number}`) ?? null;
  }

  async profit(ownerId: string, range: { from?: number; until?: number }): Promise<ProfitSummary> {
    const { trades } = await this.trades({ ownerId, ...range, offset: 0, limit: Infinity });
    return summary(trades);
  }

  async profitBy(
    ownerId: string,
    grouping: ProfitGrouping,
    options: { timeZone: string; limit: number; from?: number },
  ): Promise<readonly ProfitRow[]> {
    const { timeZone, limit, from = 0 } = options;
    const { trades } = await this.trades({ ownerId, from, offset: 0, limit: Infinity });
    const groups = Map.groupBy(trades, (trade) => groupOf(trade, grouping, timeZone));
    const rows = [...groups].map(([key, members]) => {
      const label = grouping === "strategy" ? (members[0]?.strategyName ?? key) : key;
      return { key, label, ...summary(members) };
    });
    return rows.slice(0, limit);
  }

  async runs(ownerId: string, strategyNumber: number): Promise<readonly Run[]> {
    const strategy = `${ownerId}.s${strategyNumber}`;
    return this.#runs.filter((run) => run.ownerId === ownerId && run.strategyId === strategy);
  }

  async tradesOfAll(from: number): Promise<number> {
    return this.#trades.filter(({ exitAt }) => exitAt >= from).length;
  }

  addVersion(ownerId: string, strategyNumber: number, version: RuleVersionResult): void {
    this.#versions.unshift({ ...version, ownerId, strategyNumber });
  }

  async ruleVersions(
    ownerId: string,
    strategyNumber: number,
  ): Promise<readonly RuleVersionResult[]> {
    return this.#versions.filter(
      (one) => one.ownerId === ownerId && one.strategyNumber === strategyNumber,
    );
  }

  async databaseInfo(): Promise<readonly { table: string; rows: number; bytes: number }[]> {
    return [{ table: "trades", rows: this.#trades.length, bytes: 0 }];
  }
}

/** Runs that are what a test says of them: nothing, until it does. */
export class MemoryRunHistory implements RunHistory {
  readonly told = new Map<string, Partial<RunRecords>>();

  async records({ id }: Strategy): Promise<RunRecords> {
    return {
      judgedUntil: { own: null, minute: null },
      trades: [],
      positions: [],
      orders: [],
      fills: [],
      signals: [],
      circumstances: [],
      ...this.told.get(id),
    };
  }
}

function groupOf(trade: ListedTrade, grouping: ProfitGrouping, timeZone: string): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(trade.exitAt);
  const day = instant.toZonedDateTimeISO(timeZone).toPlainDate();
  switch (grouping) {
    case "day":
      return day.toString();
    case "week":
      return `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, "0")}`;
    case "month":
      return day.toPlainYearMonth().toString();
    case "strategy":
      return String(trade.strategyNumber);
    case "symbol":
      return trade.symbol;
    case "exit-reason":
      return trade.exitReason;
  }
}

function summary(trades: readonly ListedTrade[]): ProfitSummary {
  const total = (of: (trade: ListedTrade) => string): string =>
    decimalText(trades.reduce((sum, trade) => sum.plus(of(trade)), new Decimal(0)));
  const pnls = trades.map((trade) => new Decimal(trade.pnl));
  return {
    trades: trades.length,
    wins: pnls.filter((pnl) => pnl.gt(0)).length,
    pnl: total((trade) => trade.pnl),
    fees: total((trade) => trade.fees),
    stake: total((trade) => trade.stake),
    best: pnls.length === 0 ? null : decimalText(Decimal.max(...pnls)),
    worst: pnls.length === 0 ? null : decimalText(Decimal.min(...pnls)),
  };
}

/** An exchange that lists what the test lists. */
export class MemoryMarketData {
  readonly #instruments = new Map<string, Instrument>();

  list(symbol: string, change: Partial<Instrument> = {}): void {
    const quoteAsset = change.quoteAsset ?? "USDT";
    this.#instruments.set(symbol, {
      symbol,
      baseAsset: symbol.slice(0, -quoteAsset.length),
      quoteAsset,
      status: "TRADING",
      tickSize: "0.01",
      stepSize: "0.00001",
      minQuantity: "0.00001",
      maxQuantity: "9000",
      minNotional: "5",
      ...change,
    });
  }

  async instrument(symbol: string): Promise<Instrument> {
    const instrument = this.#instruments.get(symbol);
    if (instrument === undefined) throw new Fault("unknown-symbol", { symbol });
    return instrument;
  }
}
