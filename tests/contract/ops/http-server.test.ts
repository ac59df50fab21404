/** The operations endpoints over real HTTP: bodies, status codes, and who is let in. */
import { once } from "node:events";
import { request, type RequestOptions } from "node:http";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/domain/fault.ts";
import { type HttpServer, startHttp } from "../../../src/ops/http-server.ts";
import { createLogger } from "../../../src/ops/logging.ts";
import { Metrics } from "../../../src/ops/metrics.ts";
import { connection, DOORS, MemoryGateway, runningStatus, STARTED_AT } from "./memory-gateway.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";
const BEARER = { authorization: `Bearer ${TOKEN}` };

const open: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (server) => await server.close()));
});

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly text: string;
  readonly body: unknown;
}

async function started(options: { token?: string | null; host?: string } = {}) {
  const gateway = new MemoryGateway();
  const metrics = new Metrics({ now: () => STARTED_AT + 90_000 });
  metrics.watch({ status: () => gateway.status(), queueDepth: () => 11, doors: () => DOORS });
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const logger = createLogger({ level: "debug", format: "json", secrets: [TOKEN], write });
  const { host = "127.0.0.1", token = null } = options;
  const server = await startHttp({
    host,
    port: 0,
    token,
    gateway,
    metrics,
    doors: () => DOORS,
    logger,
  });
  open.push(server);
  const call = async (method: string, path: string, headers = {}, body = "") =>
    await send({ port: server.port, host: "127.0.0.1", method, path, headers }, body);
  return { gateway, lines, server, call };
}

/** Like fetch, but free to send any Host and Origin, as an attacker's browser would. */
async function send(options: RequestOptions, body = ""): Promise<Answer> {
  const outgoing = request({ agent: false, ...options });
  outgoing.end(body);
  const [response] = await once(outgoing, "response");
  const received = await text(response);
  const isJson = String(response.headers["content-type"]).startsWith("application/json");
  return {
    status: response.statusCode,
    headers: response.headers,
    text: received,
    body: isJson && received !== "" ? JSON.parse(received) : null,
  };
}

describe("the status endpoints", () => {
  it("daemon-status tells state, strategies and connections", async () => {
    const { call, gateway } = await started();
    gateway.current = runningStatus({
      state: "degraded",
      reasons: ["socket-down 4h"],
      connections: [
        connection({ timeframe: "1m" }),
        connection({ timeframe: "4h", connected: false, lagMs: null, lastMessageAt: null }),
      ],
    });
    const { status, body } = await call("GET", "/api/daemon-status");
    expect(status).toBe(200);
    expect(body).toEqual({
      daemon: {
        status: "degraded",
        uptime: 61,
        totalAnalyses: 31_248,
        tradesExecuted: 7,
        reasons: ["socket-down 4h"],
      },
      strategies: {
        total: 42,
        active: 40,
        byTimeframe: { "1m": 7, "5m": 7, "15m": 7, "1h": 7, "4h": 7, "1d": 7 },
      },
      websockets: {
        total: 2,
        connected: 1,
        details: [
          {
            timeframe: "1m",
            connected: true,
            lag: 85,
            lastMessage: STARTED_AT + 60_000,
            reconnects: 2,
            symbols: 3,
          },
          {
            timeframe: "4h",
            connected: false,
            lag: null,
            lastMessage: null,
            reconnects: 2,
            symbols: 3,
          },
        ],
      },
      platforms: [
        {
          platform: "telegram",
          status: "retrying",
          name: "@VigieBot",
          reason: "network ECONNREFUSED",
          since: STARTED_AT,
          nextTry: STARTED_AT + 30_000,
        },
        expect.objectContaining({ platform: "discord", status: "off", since: null }),
      ],
    });
  });

  it("ws-stats tells everything known about the connections", async () => {
    const { call } = await started();
    const { body } = await call("GET", "/api/ws-stats");
    expect(body).toMatchObject({ total: 6, connected: 6, messages: 3_000, malformed: 6 });
    expect(body).toHaveProperty("details.5", {
      timeframe: "1d",
      connected: true,
      connectedAt: STARTED_AT,
      symbols: 3,
      reconnects: 2,
      messages: 500,
      malformed: 1,
      lag: 85,
      lastMessage: STARTED_AT + 60_000,
      lastReason: "closed 1006",
    });
  });

  it.each([
    ["starting", false],
    ["running", true],
    ["degraded", true],
    ["stopped", false],
  ] as const)("daemon-init says of a %s daemon: initialized %s", async (state, initialized) => {
    const { call, gateway } = await started();
    gateway.current = runningStatus({ state });
    expect((await call("GET", "/api/daemon-init")).body).toEqual({ initialized, status: state });
  });

  it("an unknown endpoint is a 404 with a code", async () => {
    const { call } = await started();
    const { status, body } = await call("GET", "/api/users");
    expect(status).toBe(404);
    expect(body).toEqual({ error: { code: "endpoint-unknown", facts: {} } });
  });
});

describe("the commands", () => {
  it("POST daemon-init restarts the daemon and answers with its state", async () => {
    const { call, gateway } = await started();
    gateway.current = runningStatus({ state: "stopped" });
    const { status, body } = await call("POST", "/api/daemon-init");
    expect([status, body]).toEqual([200, { initialized: true, status: "running" }]);
    expect(gateway.restarts).toBe(1);
  });

  it("POST reload-strategies answers with how many there are", async () => {
    const { call, gateway } = await started();
    const { status, body } = await call("POST", "/api/reload-strategies");
    expect([status, body]).toEqual([200, { strategies: 42 }]);
    expect(gateway.reloads).toBe(1);
  });

  it("take no body, whatever its type, unless it is large", async () => {
    const { call, gateway } = await started();
    const json = { "content-type": "application/json" };
    expect((await call("POST", "/api/reload-strategies", json)).status).toBe(200);
    expect((await call("POST", "/api/reload-strategies", json, "{not json")).status).toBe(200);
    const large = await call("POST", "/api/reload-strategies", json, "x".repeat(2_000));
    expect([large.status, large.body]).toEqual([
      413,
      { error: { code: "body-too-large", facts: {} } },
    ]);
    expect(gateway.reloads).toBe(2);
  });

  it("are not reached by GET", async () => {
    const { call, gateway } = await started();
    expect((await call("GET", "/api/reload-strategies")).status).toBe(404);
    expect(gateway.reloads).toBe(0);
  });
});

describe("what goes wrong", () => {
  it("with a fault is told with its code and facts", async () => {
    const { call, gateway } = await started();
    gateway.failure = new Fault("engine-stopped", { since: 5 });
    const { status, body } = await call("POST", "/api/daemon-init");
    expect([status, body]).toEqual([
      503,
      { error: { code: "engine-stopped", facts: { since: 5 } } },
    ]);
  });

  it("with a mistake of ours is told without any detail, and logged", async () => {
    const { call, gateway, lines } = await started();
    gateway.failure = new TypeError("cannot read properties of undefined");
    const { status, text: answer } = await call("GET", "/api/daemon-status");
    expect([status, answer]).toEqual([500, '{"error":{"code":"unexpected","facts":{}}}']);
    expect(lines.join("")).toContain("cannot read properties");
  });
});

describe("health", () => {
  it("healthz answers without asking the engine, whatever its state", async () => {
    const { call, gateway } = await started();
    gateway.failure = new Error("database away");
    const { status, body } = await call("GET", "/healthz");
    expect([status, body]).toEqual([200, { status: "alive" }]);
    expect(gateway.statusReads).toBe(0);
  });

  const lost = connection({ connected: false });
  const unused = connection({ connected: false, symbols: 0 });
  it.each([
    ["running", runningStatus(), 200],
    ["starting", runningStatus({ state: "starting", reasons: ["warming-up"] }), 503],
    ["stopped", runningStatus({ state: "stopped" }), 503],
    ["one socket down", runningStatus({ state: "degraded", reasons: ["socket-down 4h"] }), 200],
    ["every socket down", runningStatus({ state: "degraded", connections: [lost] }), 503],
    ["database away", runningStatus({ state: "degraded", reasons: ["database-away"] }), 503],
    ["nothing to follow", runningStatus({ connections: [unused] }), 200],
  ])("readyz with %s answers with the reasons", async (_case, current, expected) => {
    const { call, gateway } = await started();
    gateway.current = current;
    const { status, body } = await call("GET", "/readyz");
    expect(status).toBe(expected);
    expect(body).toEqual({
      ready: expected === 200,
      status: current.state,
      reasons: current.reasons,
    });
  });

  it("metrics are Prometheus text", async () => {
    const { call } = await started();
    const { status, headers, text: answer } = await call("GET", "/metrics");
    expect(status).toBe(200);
    expect(headers["content-type"]).toContain("text/plain; version=0.0.4");
    expect(answer).toContain("vigie_engine_queue_depth 11\n");
    expect(answer).toContain("vigie_outbox_oldest_seconds 60\n");
  });
});

const READS = ["/api/daemon-status", "/api/daemon-init", "/api/ws-stats", "/readyz", "/metrics"];
const WRITES = ["/api/daemon-init", "/api/reload-strategies"];

describe("with a token on this machine alone", () => {
  it.each(WRITES)("POST %s needs it", async (path) => {
    const { call, gateway } = await started({ token: TOKEN });
    for (const headers of [
      {},
      { authorization: "Bearer wrong" },
      { authorization: TOKEN },
      { authorization: `Basic ${TOKEN}` },
      { authorization: `Bearer ${TOKEN}x` },
    ]) {
      const { status, body, headers: answered } = await call("POST", path, headers);
      expect([status, body]).toEqual([401, { error: { code: "token-required", facts: {} } }]);
      expect(answered["www-authenticate"]).toBe("Bearer");
    }
    expect([gateway.restarts, gateway.reloads]).toEqual([0, 0]);
    expect((await call("POST", path, BEARER)).status).toBe(200);
  });

  it.each(READS)("GET %s does not", async (path) => {
    const { call } = await started({ token: TOKEN });
    expect((await call("GET", path)).status).toBe(200);
  });

  it("it is written into no log", async () => {
    const { call, lines } = await started({ token: TOKEN });
    await call("POST", `/api/daemon-init?token=${TOKEN}`, { authorization: `Basic ${TOKEN}` });
    expect(lines).toHaveLength(1);
    expect(lines.join("")).not.toContain(TOKEN);
  });
});

describe("beyond this machine", () => {
  it("every endpoint but healthz needs the token", async () => {
    const { call } = await started({ token: TOKEN, host: "0.0.0.0" });
    expect((await call("GET", "/healthz")).status).toBe(200);
    const unknown = (await call("GET", "/nowhere")).status;
    const statuses = await Promise.all(READS.map(async (path) => (await call("GET", path)).status));
    expect([unknown, ...statuses]).toEqual([401, ...READS.map(() => 401)]);
    for (const path of READS) expect((await call("GET", path, BEARER)).status).toBe(200);
  });

  it("any Host and Origin is fine with the token", async () => {
    const { call } = await started({ token: TOKEN, host: "0.0.0.0" });
    const headers = { ...BEARER, host: "vigie.example.org", origin: "https://example.org" };
    expect((await call("POST", "/api/reload-strategies", headers)).status).toBe(200);
  });

  it("nothing is started without a token", async () => {
    await expect(started({ host: "0.0.0.0" })).rejects.toMatchObject({
      code: "http-token-missing",
      facts: { host: "0.0.0.0" },
    });
  });
});

describe("a browser on the same machine", () => {
  it("cannot act for a page, which always sends its origin", async () => {
    const { call, gateway } = await started();
    for (const origin of ["https://evil.example", "null", "http://localhost:8080"]) {
      const { status, body } = await call("POST", "/api/daemon-init", { origin });
      expect([status, body]).toEqual([403, { error: { code: "origin-refused", facts: {} } }]);
    }
    expect(gateway.restarts).toBe(0);
  });

  it("cannot be led here by a name that was pointed to this machine", async () => {
    const { call, gateway } = await started();
    for (const host of ["evil.example", "evil.example:3000", "127.0.0.1.evil.example"]) {
      expect((await call("POST", "/api/daemon-init", { host })).status).toBe(403);
      expect((await call("GET", "/api/daemon-status", { host })).status).toBe(403);
    }
    expect(gateway.restarts).toBe(0);
  });

  it.each(["localhost", "localhost:3000", "127.0.0.1:3000", "127.0.0.2", "[::1]:3000"])(
    "is let in under %s",
    async (host) => {
      const { call } = await started();
      expect((await call("POST", "/api/daemon-init", { host })).status).toBe(200);
    },
  );
});

describe("listening", () => {
  it("on a port in use is a fault that names it", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const gateway = new MemoryGateway();
    const metrics = new Metrics({ now: () => 0 });
    const lines: string[] = [];
    const write = (line: string) => lines.push(line);
    const logger = createLogger({ level: "error", format: "json", secrets: [], write });
    const options = {
      host: "127.0.0.1",
      token: null,
      gateway,
      metrics,
      doors: () => DOORS,
      logger,
    };
    await expect(startHttp({ ...options, port })).rejects.toMatchObject({
      code: "http-port-in-use",
      facts: { host: "127.0.0.1", port },
    });
    other.close();
    await once(other, "close");
    open.push(await startHttp({ ...options, port }));
  });

  it("on an address that is not ours is a fault with the reason", async () => {
    await expect(started({ host: "192.0.2.1", token: TOKEN })).rejects.toMatchObject({
      code: "http-address-refused",
      facts: { host: "192.0.2.1", reason: "EADDRNOTAVAIL" },
    });
  });

  it("ends with close, even while a caller has not finished asking", async () => {
    const { server } = await started();
    const slow = request({ port: server.port, host: "127.0.0.1", method: "POST" });
    slow.setHeader("content-length", 10);
    slow.flushHeaders();
    await once(slow, "socket").then(async ([socket]) => await once(socket, "connect"));
    const lost = once(slow, "error");
    await server.close();
    await lost;
    await expect(send({ port: server.port, host: "127.0.0.1" })).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
  });
});
