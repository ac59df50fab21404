/**
 * Double-entry lines of what changes a run's money. The lines of a transaction sum to zero per asset;
 * a run's balance is the sum of its wallet lines in quote currency.
 */
import type { Instrument } from "../../domain/instrument.ts";
import { Decimal, type DecimalText, decimalText } from "../../domain/money.ts";
import type { Fill, LedgerEntry } from "../../domain/order.ts";
import type { Run } from "../../domain/strategy.ts";
import type { Turn } from "./turn.ts";

type Line = Pick<LedgerEntry, "account" | "asset" | "amount">;

/** The money a new run starts with. */
export function postDeposit(turn: Turn, run: Run): void {
  const asset = run.quoteAsset;
  post(turn, run, `${run.id}.deposit`, [
    { account: "wallet", asset, amount: run.startingBalance },
    { account: "external", asset, amount: negated(run.startingBalance) },
  ]);
}

/**
 * Base against quote, and the fee. `worth` is the fill's price times its amount, `fee` its fee. Returns
 * what the wallet gained in quote currency (negative when it paid).
 */
export function postFill(
  turn: Turn,
  run: Run,
  fill: Fill,
  deal: {
    action: "buy" | "sell";
    instrument: Instrument;
    worth: Decimal;
    fee: Decimal;
    counterparty?: "exchange" | "external" | undefined;
  },
): Decimal {
  const { baseAsset, quoteAsset } = deal.instrument;
  const account = deal.counterparty ?? "exchange";
  const buys = deal.action === "buy";
  const base = buys ? fill.amount : opposite(fill.amount);
  const worth = decimalText(deal.worth);
  const quote = buys ? opposite(worth) : worth;
  const gain = (buys ? deal.worth.neg() : deal.worth).minus(deal.fee);
  post(turn, run, fill.id, [
    { account: "wallet", asset: quoteAsset, amount: decimalText(gain) },
    { account, asset: quoteAsset, amount: opposite(quote) },
    { account: "fees", asset: quoteAsset, amount: fill.fee },
    { account: "wallet", asset: baseAsset, amount: base },
    { account, asset: baseAsset, amount: opposite(base) },
  ]);
  return gain;
}

function post(turn: Turn, run: Run, transactionId: string, lines: readonly Line[]): void {
  let number = 0;
  for (const { account, asset, amount } of lines) {
    const id = `${transactionId}.${++number}`;
    const { id: runId, ownerId } = run;
    const entry = { id, transactionId, runId, ownerId, account, asset, amount, at: turn.at };
    turn.effects.push({ kind: "post-ledger", entry });
  }
}

function negated(amount: DecimalText): DecimalText {
  return decimalText(new Decimal(amount).neg());
}

/** The same for a text that `decimalText` wrote, without reading it. */
function opposite(amount: DecimalText): DecimalText {
  if (amount === "0") return amount;
  return amount.startsWith("-") ? amount.slice(1) : `-${amount}`;
}
