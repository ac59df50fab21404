/** How a person begins: with an id of random letters that says nothing about them. */
import { randomBytes } from "node:crypto";
import type { User } from "../domain/user.ts";

const USER_ID_BYTES = 9;

/** A user who can act, told everything in English and UTC until they choose. */
export function newUser(given: Pick<User, "name" | "role" | "createdAt">): User {
  const id = `u${randomBytes(USER_ID_BYTES).toString("hex")}`;
  return { id, suspended: false, timeZone: "UTC", language: "en", ...given };
}
