/**
 * What every entry point does around its work: say a fault in a sentence and end with code 1. And what
 * the operator is told outside of any conversation.
 */
import { describeProblems, SettingsFault } from "../config/load.ts";
import { faultText } from "../bots/views/faults.ts";
import { Reader } from "../bots/views/reader.ts";
import { QUOTE_ASSET } from "./compose.ts";
import type { ChatPlatform, Doors } from "./app/doors.ts";
import type { ShownInvite } from "./app/invitations.ts";
import { Fault } from "./domain/fault.ts";

/** Runs the work of an entry point. Nothing is thrown further. */
export async function enter(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`);
    process.exitCode = 1;
  }
}

function sentence(error: unknown): string {
  if (error instanceof SettingsFault) return describeProblems(error.problems);
  if (error instanceof Fault) return faultText(operatorsReader(), error);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** How the first administrator comes in, for the terminal of whoever runs the service. */
export function inviteLine({ code, expiresAt }: ShownInvite): string {
  const reader = operatorsReader();
  return reader.text("operator-invite", { code, until: reader.dateTime(expiresAt) });
}

/** As `inviteLine`, by a tap: for a platform that has said who we are there. */
export function inviteLinkLines(
  { code }: ShownInvite,
  doors: Pick<Doors, "reports" | "links">,
  platform: ChatPlatform,
): readonly string[] {
  const reader = operatorsReader();
  const name = doors.reports().find((one) => one.platform === platform)?.name ?? "";
  const [link] = doors.links(code).filter((one) => one.platform === platform);
  return link === undefined
    ? []
    : [reader.text(`operator-link-${platform}`, { name, url: link.url })];
}

/** Who starts the process is told in English; there is nobody to ask yet. */
function operatorsReader(): Reader {
  return new Reader(
    { language: "en", timeZone: "UTC" },
    { now: Date.now(), quoteAsset: QUOTE_ASSET },
  );
}
