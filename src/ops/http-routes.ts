/**
 * The operations endpoints: one line each, nothing decided here. /healthz answers from this
 * process alone (it must not fail because the database does); all others ask the gateway.
 */
import type { FastifyInstance } from "fastify";
import type { DoorReport } from "../ports/door.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import { daemonInitView, daemonStatusView, readinessView, socketStatsView } from "./http-views.ts";
import type { Metrics } from "./metrics.ts";

export interface RouteParts {
  readonly gateway: EngineGateway;
  readonly metrics: Metrics;
  readonly doors: () => readonly DoorReport[];
}

export function addRoutes(server: FastifyInstance, parts: RouteParts): void {
  const { gateway, metrics, doors } = parts;
  server.get("/healthz", () => ({ status: "alive" }));
  server.get("/readyz", async (_request, reply) => {
    const readiness = readinessView(gateway.status());
    return await reply.code(readiness.ready ? 200 : 503).send(readiness);
  });
  server.get("/metrics", async (_request, reply) => {
    return await reply.type(metrics.contentType).send(await metrics.render());
  });
  server.get("/api/daemon-status", () => daemonStatusView(gateway.status(), doors()));
  server.get("/api/ws-stats", () => socketStatsView(gateway.status()));
  server.get("/api/daemon-init", () => daemonInitView(gateway.status()));
  server.post("/api/daemon-init", async () => {
    await gateway.restart();
    return daemonInitView(gateway.status());
  });
  server.post("/api/reload-strategies", async () => await gateway.reload());
}
