/** What a person has set about themselves. */
import type { User } from "../../src/domain/user.ts";
import type { Reader } from "./reader.ts";
import type { Draft } from "./reply.ts";

export function settingsView(reader: Reader, user: User, languages: readonly string[]): Draft {
  const others = languages.join(", ");
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: reader.text("settings-title") },
      {
        kind: "fields",
        rows: [
          [reader.text("field-name"), user.name],
          [reader.text("field-role"), reader.text(`role-${user.role}`)],
          [reader.text("field-time-zone"), `${user.timeZone} (${reader.clockTime(reader.now)})`],
          [reader.text("field-language"), `${user.language} (${others})`],
        ],
      },
      { kind: "text", text: reader.text("settings-hint") },
    ],
  };
}
