/** All migrations in the order they are run. A new one is a file of its own and the last line here. */
import { Initial } from "./0001-initial.ts";
import { Chat } from "./0002-chat.ts";
import { RuleVersions } from "./0003-rule-versions.ts";
import { Circumstances } from "./0004-circumstances.ts";

export const MIGRATIONS = [
  { name: "0001-initial", class: Initial },
  { name: "0002-chat", class: Chat },
  { name: "0003-rule-versions", class: RuleVersions },
  { name: "0004-circumstances", class: Circumstances },
] as const;
