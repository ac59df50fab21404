/** Every text the rules of strategies have had; none is ever overwritten. */
import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./columns.ts";
import { StrategyRow } from "./trading-tables.ts";

export const RuleVersionRow = defineEntity({
  name: "RuleVersionRow",
  tableName: "rule_versions",
  checks: [{ name: "rule_versions_version_check", expression: "version > 0" }],
  properties: {
    strategyId: p.manyToOne(StrategyRow).mapToPk().fieldName("strategy_id").primary(),
    version: p.integer().primary(),
    ruleText: p.text(),
    since: instant(),
  },
});
