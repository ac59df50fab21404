/**
 * Every version of a strategy's rule is kept, a position says since when it follows its rule, and a
 * position whose symbol is no longer traded can be settled. Of rules that were edited before, those
 * versions are filled in that positions still tell of; their time is the earliest one known.
 */
import { Migration } from "@mikro-orm/migrations";

const VERSIONS = `
create table rule_versions (
  strategy_id text not null
    constraint rule_versions_strategy_id_foreign references strategies (id),
  version int not null constraint rule_versions_version_check check (version > 0),
  rule_text text not null,
  since timestamptz(3) not null,
  primary key (strategy_id, version)
);
insert into rule_versions (strategy_id, version, rule_text, since)
  select s.id, s.rule_version, s.rule_text,
    case when s.rule_version = 1 then s.created_at else coalesce(
      (select min(o.created_at) from orders o
        where o.strategy_id = s.id and o.purpose = 'entry' and o.rule_version = s.rule_version),
      s.created_at) end
  from strategies s;
insert into rule_versions (strategy_id, version, rule_text, since)
  select distinct on (p.strategy_id, p.rule_version) p.strategy_id, p.rule_version, p.rule_text,
    case when p.rule_version = 1 then s.created_at else p.opened_at end
  from positions p join strategies s on s.id = p.strategy_id
  order by p.strategy_id, p.rule_version, p.opened_at
  on conflict do nothing;`;

const POSITIONS = `
alter table positions add column rule_since timestamptz(3);
update positions set rule_since = opened_at;
alter table positions alter column rule_since set not null;`;

const REASONS = [
  "rule",
  "stop_loss",
  "take_profit",
  "trailing_stop",
  "max_hold",
  "manual",
  "reset",
];
const OLD = [...REASONS, "liquidation"];

/** The reasons that a column allows from now on. */
function allow(table: string, column: string, reasons: readonly string[]): string {
  const name = `${table}_${column}_check`;
  const list = reasons.map((reason) => `'${reason}'`).join(", ");
  return `
    alter table ${table} drop constraint ${name};
    alter table ${table} add constraint ${name} check (${column} in (${list}));`;
}

export class RuleVersions extends Migration {
  override up(): void {
    this.addSql(VERSIONS);
    this.addSql(POSITIONS);
    this.addSql(allow("trades", "exit_reason", [...OLD, "settled"]));
    this.addSql(allow("orders", "reason", [...OLD, "settled", "signal"]));
  }

  /** What was settled is told as sold by hand. */
  override down(): void {
    this.addSql("update trades set exit_reason = 'manual' where exit_reason = 'settled'");
    this.addSql("update orders set reason = 'manual' where reason = 'settled'");
    this.addSql(allow("trades", "exit_reason", OLD));
    this.addSql(allow("orders", "reason", [...OLD, "signal"]));
    this.addSql("alter table positions drop column rule_since");
    this.addSql("drop table rule_versions");
  }
}
