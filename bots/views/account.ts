/** A person on several platforms: who they are to us, and the code that joins another account. */
import type { ShownLinkCode } from "../../src/app/linking.ts";
import type { Identity, Platform, User } from "../../src/domain/user.ts";
import type { Reader } from "./reader.ts";
import type { Draft } from "./reply.ts";

export function meView(reader: Reader, user: User, identities: readonly Identity[]): Draft {
  const role = reader.text(`role-${user.role}`);
  const state = user.suspended ? ` (${reader.text("state-suspended")})` : "";
  return {
    tone: "neutral",
    ephemeral: true,
    blocks: [
      { kind: "title", text: user.name },
      {
        kind: "fields",
        rows: [
          [reader.text("field-role"), `${role}${state}`],
          ...identities.map(({ platform, externalId }): [string, string] => [
            reader.text(`platform-${platform}`),
            externalId,
          ]),
          [reader.text("field-time-zone"), `${user.timeZone} (${reader.clockTime(reader.now)})`],
          [reader.text("field-language"), user.language],
          [reader.text("field-since"), reader.dateTime(user.createdAt)],
        ],
      },
      { kind: "text", text: reader.text("me-hint") },
    ],
  };
}

/** The only time the code is shown. */
export function linkCodeView(reader: Reader, { code, lifeMs }: ShownLinkCode): Draft {
  const time = reader.duration(lifeMs);
  return {
    tone: "neutral",
    ephemeral: true,
    blocks: [
      { kind: "title", text: reader.text("link-title") },
      { kind: "code", text: `/link ${code}` },
      { kind: "text", text: reader.text("link-how", { time }) },
    ],
  };
}

export function linkedView(reader: Reader, { name }: User): Draft {
  const text = reader.text("linked", { name });
  return { tone: "good", ephemeral: true, blocks: [{ kind: "text", text }] };
}

export function unlinkedView(reader: Reader, platform: Platform): Draft {
  const text = reader.text("unlinked", { platform: reader.text(`platform-${platform}`) });
  return { tone: "good", ephemeral: true, blocks: [{ kind: "text", text }] };
}
