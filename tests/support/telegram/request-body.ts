/** The parameters of a request to the Bot API, from JSON or a multipart form with files in it. */
import type { IncomingMessage } from "node:http";

/** Parameters that are text even when they look like something else. */
const TEXTS = new Set([
  "text",
  "caption",
  "parse_mode",
  "url",
  "callback_query_id",
  "secret_token",
]);

interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Files stand where they were referred to by "attach://", as bytes. */
export async function readParams(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (body.length === 0) return {};
  if (!type.startsWith("multipart/form-data")) {
    return JSON.parse(body.toString("utf8")) as Record<string, unknown>;
  }
  const form = await new Response(body, { headers: { "content-type": type } }).formData();
  const files = new Map<string, UploadedFile>();
  const params: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (typeof value === "string") params[name] = TEXTS.has(name) ? value : parsed(value);
    else files.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return withFiles(params, files) as Record<string, unknown>;
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Only a parameter of its own becomes its file; inside an object the reference stays, as documented. */
function withFiles(params: object, files: ReadonlyMap<string, UploadedFile>): object {
  const entries = Object.entries(params).map(([name, value]) => {
    const id = typeof value === "string" ? /^attach:\/\/(.+)$/.exec(value)?.[1] : undefined;
    return [name, id === undefined ? value : (files.get(id)?.bytes ?? value)] as const;
  });
  return { ...Object.fromEntries(entries), ...(files.size > 0 ? { [FILES]: files } : {}) };
}

/** Where the files of a request are kept for methods that refer to them inside an object. */
export const FILES = Symbol("files");
