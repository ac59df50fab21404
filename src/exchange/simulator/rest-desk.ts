/**
 * The REST side of the exchange: ordered faults first, then request weight and bans, then the
 * endpoint. Every answer below /api carries the used weight; Retry-After tells real seconds, so that
 * at high speed a client waits as long as the limit really lasts.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpFault } from "./faults.ts";
import { ENDPOINTS, type Endpoint, type MarketDataParts } from "./rest-market-data.ts";
import { RestQuery, RestRefusal } from "./rest-query.ts";
import type { WeightLimit, WeightRefusal } from "./weight-limit.ts";

export interface RestDeskParts extends MarketDataParts {
  readonly weight: WeightLimit;
  /** Virtual milliseconds per real one; 1 when time is moved by hand. */
  readonly speed: number;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const HTML_TITLES: Readonly<Record<number, string>> = {
  403: "ERROR: The request could not be satisfied",
  404: "404 Not Found",
};

export class RestDesk {
  private readonly parts: RestDeskParts;
  private count = 0;

  constructor(parts: RestDeskParts) {
    this.parts = parts;
  }

  /** Requests so far. */
  get requests(): number {
    return this.count;
  }

  /** Answers a request, unless a fault keeps it waiting for ever. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    this.count += 1;
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://simulator");
    const fault = this.parts.faults.httpFault(pathname);
    if (fault === "silence") return;
    if (fault !== null) {
      this.send(response, faultAnswer(fault));
      return;
    }
    const endpoint = request.method === "GET" ? ENDPOINTS[pathname] : undefined;
    this.send(response, this.answer(endpoint, searchParams));
  }

  private answer(endpoint: Endpoint | undefined, values: URLSearchParams): Answer {
    if (endpoint === undefined) return { status: 404, body: page(404) };
    const refusal = this.parts.weight.spend(endpoint.weight(values), this.parts.now());
    if (refusal !== null) return this.refused(refusal);
    try {
      const query = new RestQuery(values, endpoint.parameters);
      return { status: 200, body: endpoint.answer(query, this.parts) };
    } catch (error) {
      if (!(error instanceof RestRefusal)) throw error;
      return { status: error.status, body: { code: error.code, msg: error.message } };
    }
  }

  private refused({ kind, until }: WeightRefusal): Answer {
    const { now, speed, weightPerMinute } = this.parts;
    const seconds = Math.max(1, Math.ceil((until - now()) / speed / 1000));
    const limited = kind === "limited";
    const msg = limited
      ? `Too much request weight used; current limit is ${weightPerMinute} request weight per ` +
        "1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API."
      : `Way too much request weight used; IP banned until ${until}. ` +
        "Please use WebSocket Streams for live updates to avoid bans.";
    return {
      status: limited ? 429 : 418,
      body: { code: -1003, msg },
      headers: { "Retry-After": String(seconds) },
    };
  }

  private send(response: ServerResponse, { status, body, headers }: Answer): void {
    const used = String(this.parts.weight.used(this.parts.now()));
    const html = typeof body === "string" && body.startsWith("<");
    response.writeHead(status, {
      "Content-Type": html ? "text/html" : "application/json;charset=UTF-8",
      "x-mbx-used-weight": used,
      "x-mbx-used-weight-1m": used,
      ...headers,
    });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  }
}

function faultAnswer({ status, body }: HttpFault): Answer {
  if (body !== null) return { status, body };
  if (status in HTML_TITLES) return { status, body: page(status) };
  const msg = "An unknown error occurred while processing the request.";
  return { status, body: { code: -1000, msg } };
}

/** What the servers in front of the exchange answer. */
function page(status: number): string {
  const title = HTML_TITLES[status] ?? String(status);
  return `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
}
