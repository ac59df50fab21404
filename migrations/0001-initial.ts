/**
 * The first schema. Times are timestamptz to the millisecond, money is numeric(38,18). Besides what the
 * entities declare it holds the ledger's two laws: the lines of a transaction, written by one
 * statement, sum to zero per asset, and a line is never changed or deleted.
 */
import { Migration } from "@mikro-orm/migrations";

const ACCOUNTS = `
create table users (
  id text primary key,
  name text not null,
  role text not null constraint users_role_check check (role in ('viewer', 'trader', 'admin')),
  suspended boolean not null,
  time_zone text not null,
  language text not null,
  created_at timestamptz(3) not null
);
create table user_settings (
  user_id text primary key
    constraint user_settings_user_id_foreign references users (id)
    on update cascade on delete cascade,
  notifications jsonb not null
);
create table identities (
  platform text not null
    constraint identities_platform_check check (platform in ('console', 'telegram', 'discord')),
  external_id text not null,
  user_id text not null constraint identities_user_id_foreign references users (id),
  primary key (platform, external_id)
);
create index identities_user_index on identities (user_id);
create table invites (
  code_hash text primary key,
  role text not null constraint invites_role_check check (role in ('viewer', 'trader', 'admin')),
  created_by text,
  expires_at timestamptz(3) not null,
  used_by text
);
create table link_codes (
  code_hash text primary key,
  user_id text not null constraint link_codes_user_id_foreign references users (id),
  expires_at timestamptz(3) not null,
  used_at timestamptz(3)
);
create table audit_log (
  id bigserial primary key,
  at timestamptz(3) not null,
  user_id text,
  action text not null,
  facts jsonb not null
);`;

const STRATEGIES = `
create table strategies (
  id text primary key,
  owner_id text not null constraint strategies_owner_id_foreign references users (id),
  number int not null,
  name text not null,
  symbol text not null,
  timeframe text not null constraint strategies_timeframe_check
    check (timeframe in ('1m', '5m', '15m', '1h', '4h', '1d')),
  rule_text text not null,
  rule_version int not null,
  template text,
  mode text not null constraint strategies_mode_check check (mode in ('paper')),
  judging text not null constraint strategies_judging_check check (judging in ('closed', 'live')),
  active boolean not null,
  halted_by text,
  deleted_at timestamptz(3),
  created_at timestamptz(3) not null,
  active_ms bigint not null,
  active_since timestamptz(3),
  run int not null,
  constraint strategies_owner_number_unique unique (owner_id, number),
  constraint strategies_counts_check check (number > 0 and rule_version > 0 and run > 0)
);
create table runs (
  id text primary key,
  strategy_id text not null constraint runs_strategy_id_foreign references strategies (id),
  owner_id text not null,
  number int not null,
  started_at timestamptz(3) not null, ended_at timestamptz(3),
  quote_asset text not null,
  starting_balance numeric(38,18) not null,
  balance numeric(38,18) not null,
  realised_pnl numeric(38,18) not null,
  fees numeric(38,18) not null,
  trades int not null, wins int not null, orders int not null,
  cooldown_until timestamptz(3) not null, last_signal_at timestamptz(3) not null,
  constraint runs_strategy_number_unique unique (strategy_id, number),
  constraint runs_counts_check check (number > 0 and wins >= 0 and wins <= trades)
);
create table pauses (
  owner_id text not null constraint pauses_owner_id_foreign references users (id),
  scope text not null,
  since timestamptz(3) not null,
  until timestamptz(3),
  primary key (owner_id, scope)
);`;

const ORDERS = `
create table decisions (
  id text primary key,
  run_id text not null, strategy_id text not null, owner_id text not null,
  symbol text not null, kind text not null,
  candle_close_time timestamptz(3) not null,
  decided_at timestamptz(3) not null,
  outcome text not null
);
create table orders (
  id text primary key,
  decision_id text not null,
  owner_id text not null,
  strategy_id text not null,
  run_id text not null constraint orders_run_id_foreign references runs (id),
  symbol text not null,
  mode text not null constraint orders_mode_check check (mode in ('paper')),
  purpose text not null constraint orders_purpose_check check (purpose in ('entry', 'exit')),
  side text not null constraint orders_side_check check (side in ('long', 'short')),
  stake numeric(38,18),
  amount numeric(38,18),
  state text not null constraint orders_state_check check (state in ('pending', 'submitted',
    'open', 'partially_filled', 'unknown', 'filled', 'canceled', 'rejected', 'expired')),
  reason text not null constraint orders_reason_check check (reason in ('rule', 'stop_loss',
    'take_profit', 'trailing_stop', 'max_hold', 'manual', 'reset', 'liquidation', 'signal')),
  refusal text,
  created_at timestamptz(3) not null, updated_at timestamptz(3) not null,
  fill_from timestamptz(3) not null,
  rule_version int not null,
  constraint orders_amounts_check check (stake >= 0 and amount > 0)
);
create index orders_run_index on orders (run_id, created_at);
create index orders_open_index on orders (run_id) where
  state <> all (array['filled', 'canceled', 'rejected', 'expired']);
create table fills (
  id text primary key,
  order_id text not null,
  run_id text not null,
  price numeric(38,18) not null,
  amount numeric(38,18) not null,
  fee numeric(38,18) not null,
  fee_asset text not null,
  market_price numeric(38,18) not null,
  at timestamptz(3) not null,
  constraint fills_amounts_check check (price > 0 and amount > 0 and market_price > 0)
);
create index fills_run_index on fills (run_id, at);`;

const POSITIONS = `
create table positions (
  id text primary key,
  run_id text not null constraint positions_run_id_foreign references runs (id),
  strategy_id text not null,
  owner_id text not null,
  number int not null,
  symbol text not null,
  timeframe text not null constraint positions_timeframe_check
    check (timeframe in ('1m', '5m', '15m', '1h', '4h', '1d')),
  side text not null constraint positions_side_check check (side in ('long', 'short')),
  amount numeric(38,18) not null,
  stake numeric(38,18) not null,
  entry_price numeric(38,18) not null,
  entry_fee numeric(38,18) not null,
  opened_at timestamptz(3) not null,
  rule_text text not null,
  rule_version int not null,
  stop_price numeric(38,18),
  take_price numeric(38,18),
  best_price numeric(38,18) not null,
  trailing_stop_price numeric(38,18),
  closed_at timestamptz(3),
  constraint positions_owner_number_unique unique (owner_id, number),
  constraint positions_amounts_check check (number > 0 and amount > 0 and stake > 0),
  constraint positions_times_check check (closed_at >= opened_at)
);
create unique index positions_open_unique on positions (run_id) where closed_at is null;
create table trades (
  id text primary key,
  run_id text not null constraint trades_run_id_foreign references runs (id),
  strategy_id text not null,
  owner_id text not null,
  number int not null,
  symbol text not null,
  timeframe text not null constraint trades_timeframe_check
    check (timeframe in ('1m', '5m', '15m', '1h', '4h', '1d')),
  side text not null constraint trades_side_check check (side in ('long', 'short')),
  amount numeric(38,18) not null,
  stake numeric(38,18) not null,
  entry_price numeric(38,18) not null,
  entry_at timestamptz(3) not null,
  exit_price numeric(38,18) not null,
  exit_at timestamptz(3) not null,
  exit_reason text not null constraint trades_exit_reason_check check (exit_reason in ('rule',
    'stop_loss', 'take_profit', 'trailing_stop', 'max_hold', 'manual', 'reset', 'liquidation')),
  fees numeric(38,18) not null,
  pnl numeric(38,18) not null,
  pnl_percent numeric(38,18) not null,
  during_outage boolean not null,
  constraint trades_amounts_check check (number > 0 and amount > 0 and stake > 0),
  constraint trades_times_check check (exit_at >= entry_at)
);
create index trades_owner_exit_index on trades (owner_id, exit_at);`;

const LEDGER = `
create table ledger_entries (
  id text primary key,
  transaction_id text not null,
  run_id text not null,
  owner_id text not null,
  account text not null constraint ledger_entries_account_check
    check (account in ('wallet', 'exchange', 'fees', 'external')),
  asset text not null,
  amount numeric(38,18) not null,
  at timestamptz(3) not null
);
create function ledger_must_balance() returns trigger language plpgsql as $$
declare
  open record;
begin
  select transaction_id, asset into open
    from added group by transaction_id, asset having sum(amount) <> 0 limit 1;
  if found then
    raise check_violation using
      message = format('ledger transaction %s does not balance in %s', open.transaction_id, open.asset),
      table = 'ledger_entries', constraint = 'ledger_entries_balance_check';
  end if;
  return null;
end $$;
create trigger ledger_must_balance after insert on ledger_entries
  referencing new table as added for each statement execute function ledger_must_balance();
create function ledger_is_final() returns trigger language plpgsql as $$
begin
  raise restrict_violation using
    message = 'ledger lines are never changed',
    table = 'ledger_entries', constraint = 'ledger_entries_final_check';
end $$;
create trigger ledger_is_final before update or delete on ledger_entries
  for each statement execute function ledger_is_final();`;

const ENGINE = `
create table candles (
  symbol text not null,
  timeframe text not null constraint candles_timeframe_check
    check (timeframe in ('1m', '5m', '15m', '1h', '4h', '1d')),
  open_time timestamptz(3) not null,
  open numeric(38,18) not null, high numeric(38,18) not null,
  low numeric(38,18) not null, close numeric(38,18) not null,
  volume numeric(38,18) not null,
  primary key (symbol, timeframe, open_time),
  constraint candles_prices_check
    check (low > 0 and low <= least(open, close) and high >= greatest(open, close)),
  constraint candles_volume_check check (volume >= 0)
);
create table watermarks (
  symbol text not null,
  timeframe text not null constraint watermarks_timeframe_check
    check (timeframe in ('1m', '5m', '15m', '1h', '4h', '1d')),
  open_time timestamptz(3) not null,
  primary key (symbol, timeframe)
);
create table outbox (
  id text primary key,
  seq bigserial,
  owner_id text not null,
  at timestamptz(3) not null,
  body jsonb not null,
  attempts int not null default 0,
  not_before timestamptz(3) not null,
  sent_at timestamptz(3),
  parked_at timestamptz(3),
  last_error text
);
create index outbox_pending_index on outbox (owner_id, seq)
  where sent_at is null and parked_at is null;
create table engine_lease (
  id int primary key constraint engine_lease_single_check check (id = 1),
  epoch bigint not null default 0,
  owner uuid,
  acquired_at timestamptz(3),
  heartbeat_at timestamptz(3),
  commit_seq bigint not null default 0,
  last_commit_at timestamptz(3)
);
insert into engine_lease (id) values (1);`;

const DOWN = `
drop table engine_lease, outbox, watermarks, candles, ledger_entries, trades, positions, fills,
  orders, decisions, pauses, runs, strategies, audit_log, link_codes, invites, identities,
  user_settings, users;
drop function ledger_must_balance, ledger_is_final;`;

export class Initial extends Migration {
  override up(): void {
    for (const sql of [ACCOUNTS, STRATEGIES, ORDERS, POSITIONS, LEDGER, ENGINE]) this.addSql(sql);
  }

  override down(): void {
    this.addSql(DOWN);
  }
}
