/**
 * What the chat platforms must still know after a restart: what buttons mean, who cannot be written to,
 * and which groups and channels want status messages. Notices that are still on their way learn the
 * facts about their strategy that notices carry from now on.
 */
import { Migration } from "@mikro-orm/migrations";

const TABLES = `
create table buttons (
  id text primary key,
  seq bigserial,
  owner_id text not null,
  command text not null,
  args jsonb not null,
  once boolean not null,
  confirmed boolean not null,
  expires_at timestamptz(3) not null
);
create index buttons_owner_index on buttons (owner_id, seq);
create index buttons_expiry_index on buttons (expires_at);
create table unreachable (
  platform text not null
    constraint unreachable_platform_check check (platform in ('console', 'telegram', 'discord')),
  external_id text not null,
  since timestamptz(3) not null,
  missed int not null,
  primary key (platform, external_id)
);
create table subscriptions (
  platform text not null
    constraint subscriptions_platform_check check (platform in ('console', 'telegram', 'discord')),
  chat_id text not null,
  thread_id text,
  title text not null,
  rhythm text not null
    constraint subscriptions_rhythm_check check (rhythm in ('hourly', 'daily', '5m')),
  language text not null,
  time_zone text not null,
  created_by text not null
    constraint subscriptions_created_by_foreign references users (id),
  created_at timestamptz(3) not null,
  primary key (platform, chat_id)
);
create index trades_exit_index on trades (exit_at);`;

const PENDING_NOTICES = `
update outbox set body = body || jsonb_build_object('strategyNumber', strategy.number,
  'strategyName', strategy.name, 'symbol', strategy.symbol, 'timeframe', strategy.timeframe,
  'mode', strategy.mode)
from strategies strategy
where outbox.sent_at is null and outbox.parked_at is null
  and strategy.owner_id = outbox.owner_id
  and (strategy.id in (body -> 'position' ->> 'strategyId', body -> 'trade' ->> 'strategyId')
    or strategy.number = (body ->> 'strategyNumber')::int)`;

export class Chat extends Migration {
  override up(): void {
    this.addSql(TABLES);
    this.addSql(PENDING_NOTICES);
  }

  override down(): void {
    this.addSql("drop table buttons, unreachable, subscriptions; drop index trades_exit_index");
  }
}
