/** Users, identities, invites and link codes. Codes are stored as SHA-256 hashes only. */
import type { Identity, Platform, Role, User } from "../domain/user.ts";

export interface Invite {
  readonly codeHash: string;
  readonly role: Role;
  readonly createdBy: string | null;
  readonly expiresAt: number;
  readonly usedBy: string | null;
}

export interface LinkCode {
  readonly codeHash: string;
  readonly userId: string;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}

export interface AccountStore {
  user(id: string): Promise<User | null>;
  users(): Promise<readonly User[]>;
  userByIdentity(platform: Platform, externalId: string): Promise<User | null>;
  identities(userId: string): Promise<readonly Identity[]>;
  /** One transaction. */
  createUser(user: User, identity: Identity): Promise<void>;
  saveUser(user: User): Promise<void>;
  addIdentity(identity: Identity): Promise<void>;
  /** Gives an identity to another user, in one statement. */
  moveIdentity(identity: Identity): Promise<void>;
  removeIdentity(platform: Platform, externalId: string): Promise<void>;
  addInvite(invite: Invite): Promise<void>;
  /** Marks it used in one statement; null when absent, expired or used. */
  takeInvite(codeHash: string, usedBy: string, now: number): Promise<Invite | null>;
  addLinkCode(code: LinkCode): Promise<void>;
  takeLinkCode(codeHash: string, now: number): Promise<LinkCode | null>;
  /** What a user wants to be told, as it was saved; null when they never chose. */
  noticeSettings(userId: string): Promise<Readonly<Record<string, unknown>> | null>;
  /** Of everybody who ever chose. */
  allNoticeSettings(): Promise<
    readonly { readonly userId: string; readonly settings: Readonly<Record<string, unknown>> }[]
  >;
  saveNoticeSettings(userId: string, settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Appends to the audit log. */
  audit(entry: {
    at: number;
    userId: string | null;
    action: string;
    facts: Readonly<Record<string, unknown>>;
  }): Promise<void>;
}
