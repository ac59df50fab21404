/** How the chat platforms are, a line for each, and what to do about one that was given up. */
import type { DoorLink, DoorView } from "../../src/app/doors.ts";
import type { Reader } from "./reader.ts";
import type { Block } from "./reply.ts";

/** The setting that holds a platform's token. */
const TOKEN_SETTINGS = { telegram: "TELEGRAM_BOT_TOKEN", discord: "DISCORD_BOT_TOKEN" } as const;

/** One line for each platform, and under it what an operator can do. */
export function doorsBlock(reader: Reader, doors: readonly DoorView[]): Block {
  const items = doors.flatMap((door) => [
    { text: stateLine(reader, door), depth: 0 },
    ...adviceLines(reader, door).map((text) => ({ text, depth: 1 })),
  ]);
  return { kind: "list", items };
}

function stateLine(reader: Reader, door: DoorView): string {
  const { platform, state, name, reason, forMs, nextTryInMs } = door;
  const named = state === "up" && name !== null ? "door-up-as" : `door-${state}`;
  const parts = [
    reader.text(named, {
      platform: reader.text(`platform-${platform}`),
      name: name ?? "",
      time: reader.duration(forMs ?? 0),
      setting: TOKEN_SETTINGS[platform],
    }),
    ...(reason === null ? [] : [`(${reason})`]),
    ...(nextTryInMs === null
      ? []
      : [reader.text("door-next-try", { time: reader.duration(nextTryInMs) })]),
  ];
  return parts.join(" ");
}

/** The first word of a reason says what kind it is. */
function adviceLines(reader: Reader, { platform, reason }: DoorView): readonly string[] {
  const [code = ""] = reason?.split(" ") ?? [];
  const key = `door-advice-${code}`;
  if (!ADVISED.includes(code)) return [];
  return [reader.text(key, { setting: TOKEN_SETTINGS[platform] })];
}

/** Reasons that do not heal by themselves. */
const ADVISED = [
  "bad-token",
  "second-poller",
  "forbidden-intents",
  "too-many-servers",
  "outdated",
  "webhook-port",
  "webhook-refused",
  "webhook-unreached",
];

/** Addresses to pass on, each with what it does. */
export function linkBlocks(reader: Reader, links: readonly DoorLink[]): readonly Block[] {
  return links.map(({ platform, use, url }) => {
    const label = reader.text(`link-${use}-${platform}`);
    return { kind: "link", label, url };
  });
}
