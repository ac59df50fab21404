/** People and how they reach us. Identity is the platform's own numeric id, never a name. */

export const ROLES = ["viewer", "trader", "admin"] as const;
export type Role = (typeof ROLES)[number];

export const PLATFORMS = ["console", "telegram", "discord"] as const;
export type Platform = (typeof PLATFORMS)[number];

export interface User {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly suspended: boolean;
  /** IANA name such as "Europe/Paris"; times are shown in it. */
  readonly timeZone: string;
  /** BCP 47 tag such as "en" or "fr". */
  readonly language: string;
  readonly createdAt: number;
}

export interface Identity {
  readonly platform: Platform;
  /** The platform's id of the person, as text. */
  readonly externalId: string;
  readonly userId: string;
}

/** True when `role` may do what `needed` may do. */
export function roleAllows(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
