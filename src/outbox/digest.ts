/**
 * After an outage: a person for whom many notices have waited too long gets one that sums them up. What
 * must be read as it is, is never part of it. Pure.
 */
import { Decimal, decimalText } from "../domain/money.ts";
import type { Notice, NoticeKind } from "../domain/notice.ts";

/** More than this many late notices become one. */
const MOST_LATE = 10;
/** A notice that has waited longer than this is late, ms. */
const LATE_AFTER_MS = 10 * 60_000;

/** Words meant to be read, and trouble that asks for an act. */
const TOLD_WHOLE: readonly NoticeKind[] = [
  "strategy-halted",
  "recovery-receipt",
  "digest",
  "broadcast",
  "account-linked",
];

/** The notices of one person that one digest stands for; empty when there are too few. */
export function digested<T extends { readonly notice: Notice }>(
  queue: readonly T[],
  now: number,
): readonly T[] {
  const late = queue.filter(
    ({ notice }) => now - notice.at > LATE_AFTER_MS && !TOLD_WHOLE.includes(notice.body.kind),
  );
  return late.length > MOST_LATE ? late : [];
}

/** The digest of at least one notice; the same notices give the same id. */
export function digestOf(notices: readonly [Notice, ...Notice[]], now: number): Notice {
  const [first] = notices;
  const times = notices.map(({ at }) => at);
  const groups = Map.groupBy(notices, ({ body }) => body.kind);
  const pnl = notices.reduce(
    (sum, { body }) => (body.kind === "exit" ? sum.plus(body.trade.pnl) : sum),
    new Decimal(0),
  );
  return {
    id: `digest-${first.id}-${notices.length}`,
    ownerId: first.ownerId,
    at: now,
    body: {
      kind: "digest",
      from: Math.min(...times),
      until: Math.max(...times),
      counts: [...groups].map(([kind, members]) => ({ kind, count: members.length })),
      pnl: decimalText(pnl),
    },
  };
}
