/**
 * The official description of Discord's API as a judge of requests, when it lies beside the checkout;
 * without it everything passes.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const FILE = join(import.meta.dirname, "../../../../shared/specs/discord-openapi.json");

/** Operations that are judged, by what our own router calls them. */
export const OPERATIONS = {
  commands: ["/applications/{application_id}/commands", "put"],
  callback: ["/interactions/{interaction_id}/{interaction_token}/callback", "post"],
  editOriginal: ["/webhooks/{webhook_id}/{webhook_token}/messages/@original", "patch"],
  followUp: ["/webhooks/{webhook_id}/{webhook_token}", "post"],
  openChannel: ["/users/@me/channels", "post"],
  message: ["/channels/{channel_id}/messages", "post"],
} as const;

export type Operation = keyof typeof OPERATIONS;

const validators = new Map<Operation, ValidateFunction>();
let judge: Ajv2020 | null = null;

export const hasOpenApi: boolean = existsSync(FILE);

/** What the description says against a request body; null when nothing, or when it is not there. */
export function complaint(operation: Operation, body: unknown): string | null {
  if (!hasOpenApi) return null;
  const validate = validatorOf(operation);
  if (validate(body)) return null;
  return `${operation}: ${JSON.stringify(validate.errors?.slice(0, 5))}`;
}

function validatorOf(operation: Operation): ValidateFunction {
  const known = validators.get(operation);
  if (known !== undefined) return known;
  judge ??= new Ajv2020({ strict: false, validateFormats: false }).addSchema(
    JSON.parse(readFileSync(FILE, "utf8")),
    "discord",
  );
  const [path, method] = OPERATIONS[operation];
  const place = path.replaceAll("~", "~0").replaceAll("/", "~1");
  const pointer = `paths/${place}/${method}/requestBody/content/application~1json/schema`;
  const made = judge.compile({ $ref: `discord#/${encodeURI(pointer)}` });
  validators.set(operation, made);
  return made;
}
