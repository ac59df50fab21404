/** Tables about people: who they are, how they reach us, what they may still redeem. */
import { defineEntity, p } from "@mikro-orm/core";
import { PLATFORMS, ROLES } from "../../domain/user.ts";
import { instant } from "./columns.ts";

export const UserRow = defineEntity({
  name: "UserRow",
  tableName: "users",
  properties: {
    id: p.text().primary(),
    name: p.text(),
    role: p.enum(ROLES),
    suspended: p.boolean(),
    timeZone: p.text(),
    language: p.text(),
    createdAt: instant(),
  },
});

/** What a user wants to be told, as the bots understand it. */
export const UserSettingsRow = defineEntity({
  name: "UserSettingsRow",
  tableName: "user_settings",
  properties: {
    userId: p.manyToOne(UserRow).mapToPk().fieldName("user_id").primary(),
    notifications: p.json<Readonly<Record<string, unknown>>>().columnType("jsonb"),
  },
});

export const IdentityRow = defineEntity({
  name: "IdentityRow",
  tableName: "identities",
  properties: {
    platform: p.enum(PLATFORMS).primary(),
    externalId: p.text().primary(),
    userId: p.manyToOne(UserRow).mapToPk().fieldName("user_id").index("identities_user_index"),
  },
});

export const InviteRow = defineEntity({
  name: "InviteRow",
  tableName: "invites",
  properties: {
    codeHash: p.text().primary(),
    role: p.enum(ROLES),
    createdBy: p.text().strictNullable(),
    expiresAt: instant(),
    usedBy: p.text().strictNullable(),
  },
});

export const LinkCodeRow = defineEntity({
  name: "LinkCodeRow",
  tableName: "link_codes",
  properties: {
    codeHash: p.text().primary(),
    userId: p.manyToOne(UserRow).mapToPk().fieldName("user_id"),
    expiresAt: instant(),
    usedAt: instant().strictNullable(),
  },
});

/** Append only: who did what, when. */
export const AuditRow = defineEntity({
  name: "AuditRow",
  tableName: "audit_log",
  properties: {
    id: p.bigint("number").primary().autoincrement(),
    at: instant(),
    userId: p.text().strictNullable(),
    action: p.text(),
    facts: p.json<Readonly<Record<string, unknown>>>().columnType("jsonb"),
  },
});
