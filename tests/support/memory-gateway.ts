/**
 * An engine of the mind: the gateway's manners without its mathematics. Commands take effect at once,
 * owner by owner; the market stands still, with positions bought at 100 and worth 110 now.
 */
import { Fault } from "../../src/domain/fault.ts";
import { Decimal, decimalText } from "../../src/domain/money.ts";
import type { Position } from "../../src/domain/order.ts";
import type { Pause } from "../../src/domain/pause.ts";
import type { Side } from "../../src/domain/rule.ts";
import { runId, strategyId, type Run, type Strategy } from "../../src/domain/strategy.ts";
import { TIMEFRAMES, type Timeframe } from "../../src/domain/timeframe.ts";
import type {
  Command,
  CommandItem,
  CommandResult,
  StrategyDraft,
} from "../../src/engine/command.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type {
  DaemonStatus,
  EngineGateway,
  OpenPositionView,
  StrategyView,
  WhyReport,
} from "../../src/ports/engine-gateway.ts";

interface Owned {
  strategy: Strategy;
  run: Run;
  position: Position | null;
}

/** What one unit of the base asset costs now in the fake market. */
const PRICE = "110";

/** The engine's manners without its mathematics: commands take effect at once. */
export class MemoryGateway implements EngineGateway {
  /** Commands in the order they were executed. */
  readonly executed: Command[] = [];
  /** Thrown by the next `execute`. */
  fault: Fault | null = null;
  /** False: nothing can be closed at once. */
  priceIsFresh = true;
  restarts = 0;
  reloads = 0;
  blocks: WhyReport["blocks"] = [];
  reasons: readonly string[] = [];
  readonly #clock: Clock;
  readonly #owned = new Map<string, Owned[]>();
  readonly #pauses = new Map<string, Map<string, Pause>>();
  readonly #numbers = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async execute(command: Command): Promise<CommandResult> {
    if (this.fault !== null) throw this.fault;
    this.executed.push(command);
    return { items: this.#carryOut(command) };
  }

  strategies(ownerId: string): readonly StrategyView[] {
    return this.#of(ownerId).map((owned) => this.#view(owned));
  }

  pauses(ownerId: string): readonly Pause[] {
    return [...(this.#pauses.get(ownerId)?.values() ?? [])];
  }

  why(ownerId: string, number: number): WhyReport {
    const { strategy } = this.#find(ownerId, number) ?? {};
    if (strategy === undefined) throw new Fault("not-found", { number });
    const clause = { text: "rsi(14) < 30", truth: false, left: 42.1234567, right: 30, depth: 1 };
    const unknown = { text: "close > ema(200)", truth: null, left: 100, right: null, depth: 1 };
    const whole = { text: "and", truth: false, left: null, right: null, depth: 0 };
    return {
      strategy,
      candleCloseTime: this.#clock.now() - 60_001,
      sections: [{ title: "enter long", truth: false, clauses: [whole, clause, unknown] }],
      blocks: this.blocks,
    };
  }

  status(): DaemonStatus {
    const all = [...this.#owned.values()].flat();
    const count = (one: Timeframe): number =>
      all.filter(({ strategy }) => strategy.timeframe === one).length;
    const connection = { symbols: 1, reconnects: 2, messages: 1234, malformed: 0 };
    return {
      state: this.reasons.length > 0 ? "degraded" : "running",
      reasons: this.reasons,
      startedAt: 0,
      uptimeMs: 90_061_000,
      totalAnalyses: 31_248,
      tradesExecuted: 7,
      strategies: {
        total: all.length,
        active: all.filter(({ strategy }) => strategy.active).length,
        byTimeframe: Object.fromEntries(TIMEFRAMES.map((one) => [one, count(one)])) as Record<
          Timeframe,
          number
        >,
      },
      openPositions: all.filter(({ position }) => position !== null).length,
      symbols: [...new Set(all.map(({ strategy }) => strategy.symbol))],
      connections: TIMEFRAMES.map((timeframe) => ({
        ...connection,
        timeframe,
        connected: timeframe !== "4h",
        connectedAt: 0,
        lastMessageAt: this.#clock.now() - 2_000,
        lagMs: 41.6,
        lastReason: timeframe === "4h" ? "stalled" : null,
      })),
      outbox: { pending: 0, oldestAt: null },
    };
  }

  async restart(): Promise<void> {
    this.restarts += 1;
  }

  async reload(): Promise<{ readonly strategies: number }> {
    this.reloads += 1;
    return { strategies: [...this.#owned.values()].flat().length };
  }

  /** Lets a strategy hold a position entered at 100 for 1,000; answers the position's number. */
  openPosition(ownerId: string, strategyNumber: number, side: Side = "long"): number {
    const owned = this.#find(ownerId, strategyNumber);
    if (owned === undefined) throw new Error(`no strategy ${strategyNumber}`);
    const { strategy, run } = owned;
    const number = this.#next(`${ownerId} position`);
    owned.position = {
      id: `${run.id}.p${number}`,
      runId: run.id,
      strategyId: strategy.id,
      ownerId,
      number,
      symbol: strategy.symbol,
      timeframe: strategy.timeframe,
      side,
      amount: "10",
      stake: "1000",
      entryPrice: "100",
      entryFee: "1",
      openedAt: this.#clock.now() - 3_600_000,
      ruleText: strategy.ruleText,
      ruleVersion: strategy.ruleVersion,
      stopPrice: "98",
      takePrice: null,
      bestPrice: "110",
      trailingStopPrice: null,
      closedAt: null,
    };
    return number;
  }

  /** Changes what a run has earned so far. */
  setRun(ownerId: string, strategyNumber: number, change: Partial<Run>): void {
    const owned = this.#find(ownerId, strategyNumber);
    if (owned !== undefined) owned.run = { ...owned.run, ...change };
  }

  setStrategy(ownerId: string, strategyNumber: number, change: Partial<Strategy>): void {
    const owned = this.#find(ownerId, strategyNumber);
    if (owned !== undefined) owned.strategy = { ...owned.strategy, ...change };
  }

  #carryOut(command: Command): readonly CommandItem[] {
    const { ownerId } = command;
    const each = (
      numbers: readonly number[],
      act: (owned: Owned) => string,
    ): readonly CommandItem[] =>
      numbers.map((number) => {
        const owned = this.#find(ownerId, number);
        return owned === undefined ? nothing(number) : itemOf(owned, act(owned));
      });
    switch (command.kind) {
      case "create-strategies":
        return command.drafts.map((draft) => itemOf(this.#create(ownerId, draft), "done"));
      case "edit-strategy":
        return each([command.number], (owned) => edit(owned, command));
      case "delete-strategy":
        return each([command.number], (owned) => {
          if (owned.position !== null && !this.priceIsFresh) return "price-stale";
          owned.position = null;
          this.#owned.set(
            ownerId,
            this.#of(ownerId).filter((one) => one !== owned),
          );
          return "done";
        });
      case "set-active":
        return each(command.numbers, (owned) => {
          if (owned.strategy.active === command.active) return "unchanged";
          owned.strategy = { ...owned.strategy, active: command.active };
          return "done";
        });
      case "reset-strategies":
        return each(command.numbers, (owned) => this.#reset(owned));
      case "close-positions":
        return command.numbers.map((number) => this.#close(ownerId, number));
      case "pause": {
        const pauses = this.#pauses.get(ownerId) ?? new Map<string, Pause>();
        const { scope, until } = command;
        pauses.set(scope, { ownerId, scope, until, since: this.#clock.now() });
        this.#pauses.set(ownerId, pauses);
        return [];
      }
      case "resume":
        return this.#pauses.get(ownerId)?.delete(command.scope) ? [] : [nothing(0)];
      case "suspend-owner":
        return [];
    }
  }

  #create(ownerId: string, draft: StrategyDraft): Owned {
    const number = this.#next(ownerId);
    const { startingBalance, ...given } = draft;
    const id = strategyId(ownerId, number);
    const now = this.#clock.now();
    const strategy: Strategy = {
      ...given,
      id,
      ownerId,
      number,
      ruleVersion: 1,
      mode: "paper",
      haltedBy: null,
      deletedAt: null,
      createdAt: now,
      activeMs: 0,
      activeSince: draft.active ? now : null,
      run: 1,
    };
    const owned = { strategy, run: freshRun(strategy, startingBalance, now), position: null };
    this.#owned.set(ownerId, [...this.#of(ownerId), owned]);
    return owned;
  }

  #reset(owned: Owned): string {
    if (owned.position !== null && !this.priceIsFresh) return "price-stale";
    owned.position = null;
    owned.strategy = { ...owned.strategy, run: owned.strategy.run + 1 };
    owned.run = freshRun(owned.strategy, owned.run.startingBalance, this.#clock.now());
    return "done";
  }

  #close(ownerId: string, number: number): CommandItem {
    const owned = this.#of(ownerId).find((one) => one.position?.number === number);
    if (owned === undefined) return nothing(number);
    if (this.priceIsFresh) owned.position = null;
    const outcome = this.priceIsFresh ? "done" : "waiting";
    return { number, outcome, strategy: owned.strategy, positionNumber: number };
  }

  #view({ strategy, run, position }: Owned): StrategyView {
    const open: OpenPositionView | null = position && {
      position,
      strategyNumber: strategy.number,
      strategyName: strategy.name,
      lastPrice: PRICE,
      unrealisedPnl: "97.9",
      unrealisedPercent: "9.79",
    };
    const equity = decimalText(new Decimal(run.balance).plus(open?.unrealisedPnl ?? 0));
    return { strategy, run, position: open, equity, warmupLeft: 0, activeMs: strategy.activeMs };
  }

  #of(ownerId: string): Owned[] {
    return this.#owned.get(ownerId) ?? [];
  }

  #find(ownerId: string, number: number): Owned | undefined {
    return this.#of(ownerId).find(({ strategy }) => strategy.number === number);
  }

  #next(counter: string): number {
    const number = (this.#numbers.get(counter) ?? 0) + 1;
    this.#numbers.set(counter, number);
    return number;
  }
}

function edit(owned: Owned, change: Extract<Command, { kind: "edit-strategy" }>): string {
  const { strategy } = owned;
  const { name, ruleText, judging } = change;
  owned.strategy = {
    ...strategy,
    name: name ?? strategy.name,
    ruleText: ruleText ?? strategy.ruleText,
    judging: judging ?? strategy.judging,
  };
  return "done";
}

const nothing = (number: number): CommandItem => ({
  number,
  outcome: "not-found",
  strategy: null,
  positionNumber: null,
});

const itemOf = ({ strategy, position }: Owned, outcome: string): CommandItem => ({
  number: strategy.number,
  outcome,
  strategy,
  positionNumber: position?.number ?? null,
});

function freshRun(strategy: Strategy, startingBalance: string, startedAt: number): Run {
  return {
    id: runId(strategy.id, strategy.run),
    strategyId: strategy.id,
    ownerId: strategy.ownerId,
    number: strategy.run,
    startedAt,
    endedAt: null,
    quoteAsset: "USDT",
    startingBalance,
    balance: startingBalance,
    realisedPnl: "0",
    fees: "0",
    trades: 0,
    wins: 0,
    orders: 0,
    cooldownUntil: 0,
    lastSignalAt: 0,
  };
}
