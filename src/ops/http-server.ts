/**
 * The operations server: guards every request, turns faults into JSON {error: {code, facts}}, and
 * says nothing else about what went wrong inside. Requests carry no input but their path, so bodies
 * are small and ignored; connections, waiting times and sizes are bounded.
 */
import { fastify, type FastifyError, type FastifyInstance, type FastifyRequest } from "fastify";
import { Fault, type FaultFacts } from "../domain/fault.ts";
import type { DoorReport } from "../ports/door.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import type { Logger } from "../ports/logger.ts";
import { createGuard, isLoopback } from "./http-guard.ts";
import { addRoutes } from "./http-routes.ts";
import type { Metrics } from "./metrics.ts";

export interface HttpOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly token: string | null;
  readonly gateway: EngineGateway;
  readonly metrics: Metrics;
  /** How the chat platforms are. */
  readonly doors: () => readonly DoorReport[];
  readonly logger: Logger;
}

export interface HttpServer {
  /** The port it really listens on. */
  readonly port: number;
  /** Stops listening and closes every connection: a slow caller must not hold up a shutdown. */
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 1_024;
const MAX_CONNECTIONS = 64;
/** For the request to arrive whole; the answer may take longer. */
const REQUEST_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_TIMEOUT_MS = 5_000;

/** Faults that are not a mistake of ours; all others are a 500. */
const FAULT_STATUS: Readonly<Record<string, number>> = {
  "not-found": 404,
  "engine-busy": 503,
  "engine-elsewhere": 503,
  "engine-stopped": 503,
  "database-away": 503,
  "database-unreachable": 503,
  "exchange-banned": 503,
  "exchange-unreachable": 503,
  "lease-lost": 503,
};

/**
 * Listens. Faults: http-port-in-use {host, port}, http-address-refused {host, port, reason},
 * http-token-missing {host} when it would be reachable from elsewhere without a token.
 */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const { host, port, token } = options;
  if (token === null && !isLoopback(host)) throw new Fault("http-token-missing", { host });
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    forceCloseConnections: true,
  });
  server.server.maxConnections = MAX_CONNECTIONS;
  acceptAnyBody(server);
  addGuard(server, options);
  addAnswersToErrors(server, options);
  addRoutes(server, options);
  await listen(server, host, port);
  const address = server.server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: async () => {
      await server.close();
    },
  };
}

/** No endpoint reads a body, so none is refused for its type or its syntax, only for its size. */
function acceptAnyBody(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, _body, done) => {
    done(null);
  });
}

function addGuard(server: FastifyInstance, { host, token, metrics, logger }: HttpOptions): void {
  const guard = createGuard(host, token);
  server.addHook("onRequest", async (request, reply) => {
    void reply.headers({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    const { authorization, origin, host: hostHeader } = request.headers;
    const path = pathOf(request);
    const refusal = guard({
      method: request.method,
      path,
      host: hostHeader,
      origin,
      authorization,
    });
    if (refusal === null) return;
    metrics.countRefusal(refusal);
    logger.debug({ refusal, method: request.method, path, from: request.ip }, "request refused");
    if (refusal === "token-required") void reply.header("www-authenticate", "Bearer");
    await reply.code(refusal === "token-required" ? 401 : 403).send(errorBody(refusal));
  });
}

function addAnswersToErrors(server: FastifyInstance, { logger }: HttpOptions): void {
  server.setNotFoundHandler(async (_request, reply) => {
    await reply.code(404).send(errorBody("endpoint-unknown"));
  });
  server.setErrorHandler<FastifyError>(async (error, request, reply) => {
    if (error instanceof Fault) {
      logger.warn({ error, path: pathOf(request) }, "request failed");
      await reply.code(FAULT_STATUS[error.code] ?? 500).send(errorBody(error.code, error.facts));
      return;
    }
    // Fastify's own refusals carry a status below 500; anything else is a mistake of ours.
    const { statusCode = 500 } = error;
    if (statusCode >= 500) logger.error({ error, path: pathOf(request) }, "request failed");
    const code = statusCode === 413 ? "body-too-large" : "request-refused";
    await reply.code(statusCode).send(errorBody(statusCode >= 500 ? "unexpected" : code));
  });
}

async function listen(server: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (reason === "EADDRINUSE") throw new Fault("http-port-in-use", { host, port });
    throw new Fault("http-address-refused", { host, port, reason }, { cause: error });
  }
}

function errorBody(code: string, facts: FaultFacts = {}) {
  return { error: { code, facts } };
}

/** Without the query, which belongs to no endpoint and might hold anything. */
function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0] ?? "";
}
