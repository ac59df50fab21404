/** Every table, for the ORM. */
import {
  AuditRow,
  IdentityRow,
  InviteRow,
  LinkCodeRow,
  UserRow,
  UserSettingsRow,
} from "./account-tables.ts";
import { CandleRow, EngineLeaseRow, OutboxRow, WatermarkRow } from "./engine-tables.ts";
import {
  DecisionRow,
  FillRow,
  LedgerRow,
  OrderRow,
  PauseRow,
  PositionRow,
  RuleVersionRow,
  RunRow,
  StrategyRow,
  TradeRow,
} from "./trading-tables.ts";

export const ENTITIES = [
  UserRow,
  UserSettingsRow,
  IdentityRow,
  InviteRow,
  LinkCodeRow,
  AuditRow,
  StrategyRow,
  RuleVersionRow,
  RunRow,
  OrderRow,
  FillRow,
  PositionRow,
  TradeRow,
  LedgerRow,
  DecisionRow,
  PauseRow,
  CandleRow,
  WatermarkRow,
  OutboxRow,
  EngineLeaseRow,
];
