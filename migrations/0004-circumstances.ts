/**
 * What besides the market decided how trading went: edits, switches, outages. Append only; written with
 * the effects of the step it happened in. And an index by which the signals of one run are read.
 */
import { Migration } from "@mikro-orm/migrations";

const UP = `
create table circumstances (
  id text primary key,
  kind text not null constraint circumstances_kind_check check (kind in ('away', 'unseen', 'revised',
    'rule-changed', 'judging-changed', 'switched-on', 'switched-off', 'halted', 'judged')),
  strategy_id text,
  symbol text,
  at timestamptz(3) not null,
  until timestamptz(3),
  rule_version int,
  rule_text text
);
create index circumstances_strategy_index on circumstances (strategy_id, at);
create index circumstances_market_index on circumstances (symbol, at) where strategy_id is null;
create index decisions_run_index on decisions (run_id, candle_close_time);`;

export class Circumstances extends Migration {
  override up(): void {
    this.addSql(UP);
  }

  override down(): void {
    this.addSql("drop index decisions_run_index");
    this.addSql("drop table circumstances");
  }
}
