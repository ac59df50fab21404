/** Tables of the chat platforms: what buttons mean, who is unreachable, which chats subscribed. */
import { defineEntity, p } from "@mikro-orm/core";
import { SUBSCRIPTION_RHYTHMS } from "../../domain/subscription.ts";
import { PLATFORMS } from "../../domain/user.ts";
import type { CallArgs } from "../../ports/call-store.ts";
import { UserRow } from "./account-tables.ts";
import { instant } from "./columns.ts";

export const ButtonRow = defineEntity({
  name: "ButtonRow",
  tableName: "buttons",
  indexes: [
    { name: "buttons_owner_index", properties: ["ownerId", "seq"] },
    { name: "buttons_expiry_index", properties: ["expiresAt"] },
  ],
  properties: {
    id: p.text().primary(),
    /** Order of making: the oldest go first. */
    seq: p.bigint("number").autoincrement(),
    ownerId: p.text(),
    command: p.text(),
    args: p.json<CallArgs>().columnType("jsonb"),
    once: p.boolean(),
    confirmed: p.boolean(),
    expiresAt: instant(),
  },
});

export const UnreachableRow = defineEntity({
  name: "UnreachableRow",
  tableName: "unreachable",
  properties: {
    platform: p.enum(PLATFORMS).primary(),
    externalId: p.text().primary(),
    since: instant(),
    missed: p.integer(),
  },
});

export const SubscriptionRow = defineEntity({
  name: "SubscriptionRow",
  tableName: "subscriptions",
  properties: {
    platform: p.enum(PLATFORMS).primary(),
    chatId: p.text().primary(),
    threadId: p.text().strictNullable(),
    title: p.text(),
    rhythm: p.enum(SUBSCRIPTION_RHYTHMS),
    language: p.text(),
    timeZone: p.text(),
    createdBy: p.manyToOne(UserRow).mapToPk().fieldName("created_by"),
    createdAt: instant(),
  },
});
