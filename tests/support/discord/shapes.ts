/** The shapes that the local Discord passes around, and the numbers Discord numbers things with. */
import type {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord.js";

export type LocalCommand = RESTPostAPIChatInputApplicationCommandsJSONBody;

export interface LocalUser {
  readonly id: string;
  readonly username: string;
  /** Discord's name for the language their client is set to. */
  readonly locale: string;
}

export type Where = "dm" | "guild" | "group-dm";

export interface LocalFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface LocalMessage {
  readonly id: string;
  readonly channelId: string;
  content: string;
  components: readonly APIActionRowComponent<APIButtonComponentWithCustomId>[];
  flags: number;
  files: readonly LocalFile[];
  readonly nonce: string | null;
}

export interface RecordedRequest {
  readonly method: string;
  /** Without query, decoded. */
  readonly path: string;
  readonly body: unknown;
  readonly authorised: boolean;
}

/** An answer in place of the real one. */
export interface PlannedFault {
  readonly method: string;
  readonly path: RegExp;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Carries the request out first, then loses the answer. */
  readonly afterwards?: boolean;
}

/** A refusal as Discord words it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: unknown;

  constructor(status: number, code: number, message: string, errors?: unknown) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

const EPOCH = 1_420_070_400_000n;
let counter = 0n;

/** A new id, of now. */
export function snowflake(): string {
  counter += 1n;
  return String(((BigInt(Date.now()) - EPOCH) << 22n) | (counter & 0x3fffffn));
}

/** When an id was made, as the API writes times. */
export function timeOf(id: string): string {
  return new Date(Number((BigInt(id) >> 22n) + EPOCH)).toISOString();
}

export function localUser(username: string, locale = "en-US"): LocalUser {
  return { id: snowflake(), username, locale };
}
