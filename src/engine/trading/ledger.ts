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
 * Base against quote, and the fee. Returns what the wallet gained in quote currency (negative when
 * it paid).
 */
export function postFill(
  turn: Turn,
  run: Run,
  fill: Fill,
  deal: {
    action: "buy" | "sell";
    instrument: Instrument;
    counterparty?: "exchange" | "external" | undefined;
  },
): DecimalText {
  const { baseAsset, quoteAsset } = deal.instrument;
  const account = deal.counterparty ?? "exchange";
  const cost = new Decimal(fill.price).mul(fill.amount);
  const buys = deal.action === "buy";
  const base = buys ? fill.amount : negated(fill.amount);
  const quote = buys ? cost.neg() : cost;
  const gain = quote.minus(fill.fee);
  post(turn, run, fill.id, [
    { account: "wallet", asset: quoteAsset, amount: decimalText(gain) },
    { account, asset: quoteAsset, amount: decimalText(quote.neg()) },
    { account: "fees", asset: quoteAsset, amount: fill.fee },
    { account: "wallet", asset: baseAsset, amount: base },
    { account, asset: baseAsset, amount: negated(base) },
  ]);
  return decimalText(gain);
}

function post(turn: Turn, run: Run, transactionId: string, lines: readonly Line[]): void {
  for (const [index, line] of lines.entries()) {
    const entry: LedgerEntry = {
      id: `${transactionId}.${index + 1}`,
      transactionId,
      runId: run.id,
      ownerId: run.ownerId,
      ...line,
      at: turn.at,
    };
    turn.effects.push({ kind: "post-ledger", entry });
  }
}

function negated(amount: DecimalText): DecimalText {
  return decimalText(new Decimal(amount).neg());
}
