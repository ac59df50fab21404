/** What a person can do about a notice at once: the commands that follow from it, filled in. */
import type { NoticeBody, StrategyFacts } from "../../src/domain/notice.ts";
import type { Reader } from "./reader.ts";
import type { Button } from "./reply.ts";

type Args = Button["args"];

/** One row; empty when there is nothing to do. */
export function noticeButtons(reader: Reader, body: NoticeBody): readonly (readonly Button[])[] {
  const row = buttonsOf(body).map(([key, command, args = {}, style = "plain"]): Button => ({
    label: reader.text(`button-${key}`),
    command,
    args,
    style,
  }));
  return row.length === 0 ? [] : [row];
}

/** Key of the label, command, options, style. */
type Spec = readonly [key: string, command: string, args?: Args, style?: Button["style"]];

function buttonsOf(body: NoticeBody): readonly Spec[] {
  switch (body.kind) {
    case "entry": {
      const { number } = body.position;
      const close: Spec = ["close", "close", { position: String(number) }];
      return [["details", "trade", { number }], close, pauseOf(body)];
    }
    case "exit":
      return [["details", "trade", { number: body.trade.number }], pauseOf(body)];
    case "entry-blocked":
      return [["why", "why", { number: body.strategyNumber }], pauseOf(body)];
    case "strategy-halted":
      return [strategyOf(body), switchOn(body)];
    case "run-reset":
      return [strategyOf(body)];
    case "pause-over":
      return body.strategy === undefined
        ? [["strategies", "strategies"]]
        : [strategyOf(body.strategy), pauseOf(body.strategy)];
    case "recovery-receipt":
      return [STATUS, ["positions", "positions"]];
    case "feed-degraded":
    case "feed-healed":
    case "status-report":
      return [STATUS];
    case "daily-report":
      return [TRADES, ["profit", "profit"]];
    case "digest":
      return [TRADES, ["positions", "positions"]];
    case "subscription-ended":
      return [["subscriptions", "subscriptions"]];
    case "service-status":
    case "broadcast":
      return [];
    case "account-linked":
      return undoOf(body);
  }
}

const STATUS: Spec = ["status", "status"];
const TRADES: Spec = ["trades", "trades"];

function pauseOf({ strategyNumber }: StrategyFacts): Spec {
  return ["pause-strategy", "pause", { scope: `#${strategyNumber}` }];
}

function strategyOf({ strategyNumber }: StrategyFacts): Spec {
  return ["strategy", "strategy", { number: strategyNumber }];
}

/** None for what an earlier version has linked: which account it was is not known. */
function undoOf({
  platform,
  account,
}: Extract<NoticeBody, { kind: "account-linked" }>): readonly Spec[] {
  if (account === undefined) return [];
  return [["undo-link", "undo_link", { platform, account: account.externalId }, "danger"]];
}

function switchOn({ strategyNumber }: StrategyFacts): Spec {
  return ["on", "toggle", { target: String(strategyNumber), state: "on" }, "primary"];
}
