/**
 * Where rows become domain values. Each is checked on its way in: a row that was damaged, or written by
 * hand, is refused by name instead of reaching the engine half understood.
 */
import { z } from "zod";
import { CIRCUMSTANCES, type Circumstance } from "../domain/circumstance.ts";
import type { Decision, Fill, Order, Position, Trade } from "../domain/order.ts";
import type { Pause } from "../domain/pause.ts";
import type { Run, Strategy } from "../domain/strategy.ts";
import { TIMEFRAMES } from "../domain/timeframe.ts";
import { PLATFORMS, ROLES, type Identity, type User } from "../domain/user.ts";
import type { Invite, LinkCode } from "../ports/account-store.ts";
import type { Watermark } from "../ports/engine-store.ts";
import { fitsMoney } from "./schema/columns.ts";
import {
  EXIT_REASONS,
  JUDGINGS,
  MODES,
  ORDER_REASONS,
  ORDER_STATES,
  SIDES,
} from "./schema/trading-tables.ts";

const text = z.string();
const count = z.int();
const instant = z.int();
const money = z.string().refine(fitsMoney);
const timeframe = z.enum(TIMEFRAMES);
const side = z.enum(SIDES);

export const strategyRow = z.object({
  id: text,
  ownerId: text,
  number: count,
  name: text,
  symbol: text,
  timeframe,
  ruleText: text,
  ruleVersion: count,
  template: text.nullable(),
  mode: z.enum(MODES),
  judging: z.enum(JUDGINGS),
  active: z.boolean(),
  haltedBy: text.nullable(),
  deletedAt: instant.nullable(),
  createdAt: instant,
  activeMs: count,
  activeSince: instant.nullable(),
  run: count,
}) satisfies z.ZodType<Strategy>;

export const runRow = z.object({
  id: text,
  strategyId: text,
  ownerId: text,
  number: count,
  startedAt: instant,
  endedAt: instant.nullable(),
  quoteAsset: text,
  startingBalance: money,
  balance: money,
  realisedPnl: money,
  fees: money,
  trades: count,
  wins: count,
  orders: count,
  cooldownUntil: instant,
  lastSignalAt: instant,
}) satisfies z.ZodType<Run>;

export const orderRow = z.object({
  id: text,
  decisionId: text,
  ownerId: text,
  strategyId: text,
  runId: text,
  symbol: text,
  mode: z.enum(MODES),
  purpose: z.enum(["entry", "exit"]),
  side,
  stake: money.nullable(),
  amount: money.nullable(),
  state: z.enum(ORDER_STATES),
  reason: z.enum(ORDER_REASONS),
  refusal: text.nullable(),
  createdAt: instant,
  updatedAt: instant,
  fillFrom: instant,
  ruleVersion: count,
}) satisfies z.ZodType<Order>;

export const fillRow = z.object({
  id: text,
  orderId: text,
  runId: text,
  price: money,
  amount: money,
  fee: money,
  feeAsset: text,
  marketPrice: money,
  at: instant,
}) satisfies z.ZodType<Fill>;

export const positionRow = z.object({
  id: text,
  runId: text,
  strategyId: text,
  ownerId: text,
  number: count,
  symbol: text,
  timeframe,
  side,
  amount: money,
  stake: money,
  entryPrice: money,
  entryFee: money,
  openedAt: instant,
  ruleText: text,
  ruleVersion: count,
  ruleSince: instant,
  stopPrice: money.nullable(),
  takePrice: money.nullable(),
  bestPrice: money,
  trailingStopPrice: money.nullable(),
  closedAt: instant.nullable(),
}) satisfies z.ZodType<Position>;

export const tradeRow = z.object({
  id: text,
  runId: text,
  strategyId: text,
  ownerId: text,
  number: count,
  symbol: text,
  timeframe,
  side,
  amount: money,
  stake: money,
  entryPrice: money,
  entryAt: instant,
  exitPrice: money,
  exitAt: instant,
  exitReason: z.enum(EXIT_REASONS),
  fees: money,
  pnl: money,
  pnlPercent: money,
  duringOutage: z.boolean(),
}) satisfies z.ZodType<Trade>;

export const pauseRow = z.object({
  ownerId: text,
  scope: text,
  since: instant,
  until: instant.nullable(),
}) satisfies z.ZodType<Pause>;

export const decisionRow = z.object({
  id: text,
  runId: text,
  strategyId: text,
  ownerId: text,
  symbol: text,
  kind: text,
  candleCloseTime: instant,
  decidedAt: instant,
  outcome: text,
}) satisfies z.ZodType<Decision>;

export const circumstanceRow = z.object({
  id: text,
  kind: z.enum(CIRCUMSTANCES),
  strategyId: text.nullable(),
  symbol: text.nullable(),
  at: instant,
  until: instant.nullable(),
  ruleVersion: count.nullable(),
  ruleText: text.nullable(),
}) satisfies z.ZodType<Circumstance>;

export const watermarkRow = z.object({
  symbol: text,
  timeframe,
  openTime: instant,
}) satisfies z.ZodType<Watermark>;

export const userRow = z.object({
  id: text,
  name: text,
  role: z.enum(ROLES),
  suspended: z.boolean(),
  timeZone: text,
  language: text,
  createdAt: instant,
}) satisfies z.ZodType<User>;

export const identityRow = z.object({
  platform: z.enum(PLATFORMS),
  externalId: text,
  userId: text,
}) satisfies z.ZodType<Identity>;

export const inviteRow = z.object({
  codeHash: text,
  role: z.enum(ROLES),
  createdBy: text.nullable(),
  expiresAt: instant,
  usedBy: text.nullable(),
}) satisfies z.ZodType<Invite>;

export const linkCodeRow = z.object({
  codeHash: text,
  userId: text,
  expiresAt: instant,
  usedAt: instant.nullable(),
}) satisfies z.ZodType<LinkCode>;
