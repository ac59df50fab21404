/** The books are recomputed from their lines; each kind of difference is found and named. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Decimal, decimalText } from "../../../src/domain/money.ts";
import type { Fill, LedgerEntry, Order } from "../../../src/domain/order.ts";
import { auditMoney } from "../../../src/storage/audit.ts";
import type { Database } from "../../../src/storage/database.ts";
import { openEngineStore } from "../../../src/storage/engine-store.ts";
import { acquireLease } from "../../../src/storage/lease.ts";
import { silentLogger, testDatabases, type TestHandle } from "../../support/database.ts";
import * as sample from "./samples.ts";

const { NOON, MINUTE, fill: fillOf } = sample;

const negated = (amount: string) => decimalText(new Decimal(amount).neg());

/** The lines of a fill, as the engine posts them: quote against base, the fee on top. */
function linesOf(fill: Fill, quote: string, base: string): readonly LedgerEntry[] {
  const line = (n: number, account: LedgerEntry["account"], asset: string, amount: string) => ({
    id: `${fill.id}.${n}`,
    transactionId: fill.id,
    runId: fill.runId,
    ownerId: "ann",
    account,
    asset,
    amount,
    at: fill.at,
  });
  const gain = decimalText(new Decimal(quote).minus(fill.fee));
  return [
    line(1, "wallet", "USDT", gain),
    line(2, "exchange", "USDT", negated(quote)),
    line(3, "fees", "USDT", fill.fee),
    line(4, "wallet", "BTC", base),
    line(5, "exchange", "BTC", negated(base)),
  ];
}

function filled(of: Order, at: number): { order: Order; fill: Fill } {
  const order: Order = { ...of, state: "filled" };
  return { order, fill: fillOf(order, { at, fee: "0.1" }) };
}

/** A run that won 9.8 on one trade and holds a second position; balance 10000 + 9.8 - 50.1. */
const strategy = sample.strategy("ann", 1);
const run = sample.run(strategy, { balance: "9959.7", realisedPnl: "9.8", trades: 1, wins: 1 });
const first = sample.position(run, 1, { openedAt: NOON, closedAt: NOON + MINUTE });
const second = sample.position(run, 2, { openedAt: NOON + MINUTE });
const entry = filled(sample.order(run, { id: "o1" }), NOON);
const exit = filled(sample.order(run, { id: "o2", purpose: "exit" }), NOON + MINUTE);
const again = filled(sample.order(run, { id: "o3" }), NOON + MINUTE);
const books = sample.saves({
  strategies: [strategy],
  runs: [run],
  positions: [first, second],
  orders: [entry.order, exit.order, again.order],
  fills: [entry.fill, exit.fill, again.fill],
  trades: [sample.trade(first, { pnl: "9.8" })],
  ledger: [
    ...sample.deposit(run, "10000"),
    ...linesOf(entry.fill, "-100", "0.01"),
    ...linesOf(exit.fill, "110", "-0.01"),
    ...linesOf(again.fill, "-50", "0.005"),
  ],
});

describe.each(testDatabases())("on the $name database", ({ create }) => {
  let handle: TestHandle;
  let database: Database;
  beforeAll(async () => {
    handle = await create();
    database = handle.database;
  });
  afterAll(() => handle[Symbol.asyncDispose]());
  beforeEach(async () => {
    await handle.empty();
    await sample.addUsers(database, "ann");
    const lease = await acquireLease({ database, logger: silentLogger });
    const store = await openEngineStore({ database, lease, logger: silentLogger });
    await store.commit(books, NOON);
    await store.close();
    await lease.release();
  });

  test("right books have nothing to report, with a position open too", async () => {
    expect(await auditMoney(database)).toEqual([]);
  });

  test("a balance that is not the sum of the wallet's lines is named", async () => {
    await database.query("update runs set balance = balance + 0.000000000000000001");
    expect(await auditMoney(database)).toEqual([
      {
        code: "balance-differs",
        id: run.id,
        stored: "9959.700000000000000001",
        recomputed: "9959.7",
      },
    ]);
  });

  test("a trade whose profit the ledger does not know is named, as is the run's own sum", async () => {
    await database.query("update trades set pnl = 10");
    expect(await auditMoney(database)).toEqual([
      { code: "realised-differs", id: run.id, stored: "9.8", recomputed: "10" },
      { code: "trades-differ", id: run.id, stored: "10", recomputed: "9.8" },
    ]);
  });

  test("a transaction that got past the trigger is named", async () => {
    await database.query(`
      alter table ledger_entries disable trigger user;
      update ledger_entries set amount = 2 where id = 'o1.f1.3';
      alter table ledger_entries enable trigger user`);
    expect(await auditMoney(database)).toEqual([
      { code: "transaction-unbalanced", id: "o1.f1", stored: "0", recomputed: "1.9" },
    ]);
  });

  test("a trade of a run without any ledger line is named", async () => {
    const [trade] = books.filter((effect) => effect.kind === "record-trade");
    await database.query("truncate ledger_entries");
    const codes = (await auditMoney(database)).map(({ code }) => code);
    expect(trade).toBeDefined();
    expect(codes).toEqual(["balance-differs", "trades-differ"]);
  });
});
