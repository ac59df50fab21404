/** Tables of the machine itself: the market it has seen, what it still has to say, who drives it. */
import { defineEntity, p } from "@mikro-orm/core";
import { CIRCUMSTANCES } from "../../domain/circumstance.ts";
import type { NoticeBody } from "../../domain/notice.ts";
import { TIMEFRAMES } from "../../domain/timeframe.ts";
import { instant, money } from "./columns.ts";

export const CandleRow = defineEntity({
  name: "CandleRow",
  tableName: "candles",
  checks: [
    {
      name: "candles_prices_check",
      expression: "low > 0 and low <= least(open, close) and high >= greatest(open, close)",
    },
    { name: "candles_volume_check", expression: "volume >= 0" },
  ],
  properties: {
    symbol: p.text().primary(),
    timeframe: p.enum(TIMEFRAMES).primary(),
    openTime: instant().primary(),
    open: money(),
    high: money(),
    low: money(),
    close: money(),
    volume: money(),
  },
});

/** Open time of the newest stored closed candle. */
export const WatermarkRow = defineEntity({
  name: "WatermarkRow",
  tableName: "watermarks",
  properties: {
    symbol: p.text().primary(),
    timeframe: p.enum(TIMEFRAMES).primary(),
    openTime: instant(),
  },
});

/** What besides the market decided how trading went. */
export const CircumstanceRow = defineEntity({
  name: "CircumstanceRow",
  tableName: "circumstances",
  indexes: [
    { name: "circumstances_strategy_index", properties: ["strategyId", "at"] },
    {
      name: "circumstances_market_index",
      properties: ["symbol", "at"],
      where: "strategy_id is null",
    },
  ],
  properties: {
    id: p.text().primary(),
    kind: p.enum(CIRCUMSTANCES),
    strategyId: p.text().strictNullable(),
    symbol: p.text().strictNullable(),
    at: instant(),
    until: instant().strictNullable(),
    ruleVersion: p.integer().strictNullable(),
    ruleText: p.text().strictNullable(),
  },
});

/** Messages on their way. A row is pending until it is sent or parked, and stays to be recognised. */
export const OutboxRow = defineEntity({
  name: "OutboxRow",
  tableName: "outbox",
  indexes: [
    {
      name: "outbox_pending_index",
      properties: ["ownerId", "seq"],
      where: { sentAt: null, parkedAt: null },
    },
  ],
  properties: {
    id: p.text().primary(),
    /** Order of writing. */
    seq: p.bigint("number").autoincrement(),
    ownerId: p.text(),
    at: instant(),
    body: p.json<NoticeBody>().columnType("jsonb"),
    attempts: p.integer().default(0),
    notBefore: instant(),
    sentAt: instant().nullable(),
    parkedAt: instant().nullable(),
    lastError: p.text().nullable(),
  },
});

/** One row: who may write, and how far the writing is. See lease.ts. */
export const EngineLeaseRow = defineEntity({
  name: "EngineLeaseRow",
  tableName: "engine_lease",
  checks: [{ name: "engine_lease_single_check", expression: "id = 1" }],
  properties: {
    id: p.integer().primary().autoincrement(false),
    /** The fencing token: counts owners. */
    epoch: p.bigint("number").defaultRaw("0"),
    owner: p.uuid().nullable(),
    acquiredAt: instant().nullable(),
    heartbeatAt: instant().nullable(),
    /** Counts commits of all owners. */
    commitSeq: p.bigint("number").defaultRaw("0"),
    lastCommitAt: instant().nullable(),
  },
});
