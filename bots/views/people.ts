/** People as administrators see them, and what became of an order about one. */
import type { DoorLink } from "../../src/app/doors.ts";
import type { ShownInvite } from "../../src/app/invitations.ts";
import type { PeoplePage } from "../../src/app/people.ts";
import type { User } from "../../src/domain/user.ts";
import { linkBlocks } from "./doors.ts";
import { pageButtons, pageLine } from "./paging.ts";
import { NOTHING, type Reader } from "./reader.ts";
import type { Column, Draft, Table } from "./reply.ts";

/** The only time the code is shown. */
export function invitedView(
  reader: Reader,
  { code, role, expiresAt }: ShownInvite,
  links: readonly DoorLink[],
): Draft {
  const until = reader.dateTime(expiresAt);
  return {
    tone: "good",
    ephemeral: true,
    blocks: [
      { kind: "title", text: reader.text("invited", { role: reader.text(`role-${role}`) }) },
      { kind: "code", text: `/start ${code}` },
      { kind: "text", text: reader.text("invited-how", { until }) },
      ...linkBlocks(reader, links),
    ],
  };
}

export function peopleView(reader: Reader, list: PeoplePage): Draft {
  return {
    tone: "neutral",
    ephemeral: true,
    blocks: [
      { kind: "title", text: reader.text("people-title", { count: list.total }) },
      { kind: "table", table: peopleTable(reader, list) },
      ...(list.pages > 1 ? [{ kind: "text", text: pageLine(reader, list) } as const] : []),
    ],
    buttons: [pageButtons(reader, "users", list)],
  };
}

function peopleTable(reader: Reader, { rows }: PeoplePage): Table {
  const left = (key: string, priority: number): Column => ({
    title: reader.text(key),
    align: "left",
    priority,
  });
  return {
    columns: [
      { title: "#", align: "right", priority: 1 },
      left("column-name", 1),
      left("column-role", 2),
      left("column-state", 3),
      { title: reader.text("column-strategies"), align: "right", priority: 4 },
      left("column-platforms", 5),
      left("column-since", 6),
    ],
    rows: rows.map(({ number, user, strategies, platforms }) => [
      String(number),
      user.name,
      reader.text(`role-${user.role}`),
      user.suspended ? reader.text("state-suspended") : NOTHING,
      reader.integer(strategies),
      platforms.map((one) => reader.text(`platform-${one}`)).join(", ") || NOTHING,
      reader.dateTime(user.createdAt),
    ]),
  };
}

export function suspensionView(reader: Reader, { name, suspended }: User): Draft {
  const key = suspended ? "suspended-on" : "suspended-off";
  return { tone: "good", blocks: [{ kind: "text", text: reader.text(key, { name }) }] };
}

export function roleView(reader: Reader, { name, role }: User): Draft {
  const text = reader.text("role-changed", { name, role: reader.text(`role-${role}`) });
  return { tone: "good", blocks: [{ kind: "text", text }] };
}

export function broadcastView(reader: Reader, people: number): Draft {
  const text = reader.text("broadcast-done", { count: people });
  return { tone: "good", blocks: [{ kind: "text", text }] };
}
