/** Every table, for the ORM. */
import {
  AuditRow,
  IdentityRow,
  InviteRow,
  LinkCodeRow,
  UserRow,
  UserSettingsRow,
} from "./account-tables.ts";
import { ButtonRow, SubscriptionRow, UnreachableRow } from "./chat-tables.ts";
import {
  CandleRow,
  CircumstanceRow,
  EngineLeaseRow,
  OutboxRow,
  WatermarkRow,
} from "./engine-tables.ts";
import { RuleVersionRow } from "./rule-version-table.ts";
import {
  DecisionRow,
  FillRow,
  LedgerRow,
  OrderRow,
  PauseRow,
  PositionRow,
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
  CircumstanceRow,
  OutboxRow,
  EngineLeaseRow,
  ButtonRow,
  UnreachableRow,
  SubscriptionRow,
];
