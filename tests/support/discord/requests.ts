/** A request as it comes in: JSON, or JSON with files as Discord's multipart form. */
import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { Refusal, type LocalFile } from "./shapes.ts";

export interface Received {
  readonly method: string;
  /** Decoded, without the query and without "/api/v10". */
  readonly path: string;
  readonly body: unknown;
  readonly files: readonly LocalFile[];
  readonly authorization: string | null;
}

export async function receive(request: IncomingMessage): Promise<Received> {
  const url = new URL(request.url ?? "/", "http://local");
  const bytes = await buffer(request);
  const head = {
    method: request.method ?? "GET",
    path: decodeURIComponent(url.pathname).replace(/^\/api\/v10/, ""),
    authorization: request.headers.authorization ?? null,
  };
  const type = request.headers["content-type"] ?? "";
  if (bytes.length === 0) return { ...head, body: null, files: [] };
  if (!type.startsWith("multipart/form-data")) {
    return { ...head, body: JSON.parse(bytes.toString()) as unknown, files: [] };
  }
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const json = form.get("payload_json");
  if (typeof json !== "string")
    throw new Refusal(400, 50_109, "The request body contains invalid JSON.");
  const files: LocalFile[] = [];
  for (const [field, value] of form) {
    if (typeof value === "string") continue;
    if (field !== `files[${files.length}]`) throw new Refusal(400, 50_035, `Unexpected ${field}`);
    files.push({ name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { ...head, body: JSON.parse(json) as unknown, files };
}
