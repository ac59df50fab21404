/** The metrics as Prometheus reads them. */
import { describe, expect, it } from "vitest";
import type { DoorReport } from "../../../src/ports/door.ts";
import { Metrics } from "../../../src/ops/metrics.ts";
import { connection, runningStatus, STARTED_AT } from "../../contract/ops/memory-gateway.ts";

const DOORS = [
  { platform: "telegram", state: "up", name: "@VigieBot", since: STARTED_AT },
  { platform: "discord", state: "off", name: null, since: null },
].map((door) => ({ ...door, reason: null, nextTryAt: null })) as readonly DoorReport[];

const NOW = STARTED_AT + 90_000;
const clock = { now: () => NOW };

/** Sample lines by their name and labels. */
async function samples(metrics: Metrics): Promise<Map<string, number>> {
  const lines = (await metrics.render()).split("\n");
  return new Map(
    lines
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => {
        const space = line.lastIndexOf(" ");
        return [line.slice(0, space), Number(line.slice(space + 1))] as const;
      }),
  );
}

describe("what is measured as it happens", () => {
  it("is counted by timeframe, source, outcome and reason", async () => {
    const metrics = new Metrics(clock);
    metrics.countCandle("1m", "stream");
    metrics.countCandle("1m", "stream");
    metrics.countCandle("1m", "backfill");
    metrics.countGap("5m", 3);
    metrics.countDuplicate("5m");
    metrics.countDecision("ordered");
    metrics.countTrade("stop_loss");
    metrics.countRefusal("token-required");
    const found = await samples(metrics);
    const counted = {
      'vigie_candles_closed_total{timeframe="1m",source="stream"}': 2,
      'vigie_candles_closed_total{timeframe="1m",source="backfill"}': 1,
      'vigie_candles_missing_total{timeframe="5m"}': 3,
      'vigie_candles_duplicate_total{timeframe="5m"}': 1,
      'vigie_decisions_total{outcome="ordered"}': 1,
      'vigie_trades_total{outcome="stop_loss"}': 1,
      'vigie_http_refusals_total{reason="token-required"}': 1,
    };
    for (const [name, value] of Object.entries(counted)) expect(found.get(name)).toBe(value);
  });

  it("is sorted into buckets where it is a duration", async () => {
    const metrics = new Metrics(clock);
    metrics.observeCloseToCommit(0.03);
    metrics.observeCloseToCommit(3);
    metrics.observeCommit(0.004);
    const found = await samples(metrics);
    const name = "vigie_candle_close_to_commit_seconds";
    expect(found.get(`${name}_bucket{le="0.05"}`)).toBe(1);
    expect(found.get(`${name}_bucket{le="5"}`)).toBe(2);
    expect(found.get(`${name}_sum`)).toBeCloseTo(3.03);
    expect(found.get("vigie_commit_seconds_count")).toBe(1);
  });
});

describe("what is read from the status", () => {
  it("is absent before there is one", async () => {
    const found = await samples(new Metrics(clock));
    expect(found.has("vigie_sockets_up")).toBe(false);
    expect(found.has("vigie_trading")).toBe(false);
  });

  it("shows the engine, its connections and the outbox at the time of asking", async () => {
    const metrics = new Metrics(clock);
    let status = runningStatus();
    metrics.watch({ status: () => status, queueDepth: () => 5, doors: () => DOORS });
    const found = await samples(metrics);
    const expected = {
      vigie_trading: 1,
      vigie_degraded_reasons: 0,
      vigie_engine_queue_depth: 5,
      vigie_analyses_total: 31_248,
      vigie_strategies: 42,
      vigie_strategies_active: 40,
      vigie_open_positions: 4,
      vigie_symbols: 3,
      vigie_sockets_up: 6,
      vigie_outbox_pending: 2,
      vigie_outbox_oldest_seconds: 60,
      'vigie_feed_lag_seconds{timeframe="4h"}': 0.085,
      'vigie_feed_silence_seconds{timeframe="4h"}': 30,
      'vigie_feed_reconnects_total{timeframe="4h"}': 2,
      'vigie_feed_messages_total{timeframe="4h"}': 500,
      'vigie_feed_malformed_total{timeframe="4h"}': 1,
      'vigie_platform_up{platform="telegram"}': 1,
    };
    for (const [name, value] of Object.entries(expected)) expect(found.get(name)).toBe(value);
    expect(found.has('vigie_platform_up{platform="discord"}')).toBe(false);
    const lost = connection({ connected: false, reconnects: 3, lagMs: null, lastMessageAt: null });
    status = runningStatus({
      state: "stopped",
      connections: [lost],
      outbox: { pending: 0, oldestAt: null },
    });
    const later = await samples(metrics);
    expect(later.get("vigie_trading")).toBe(0);
    expect(later.get("vigie_sockets_up")).toBe(0);
    expect(later.get('vigie_feed_reconnects_total{timeframe="1m"}')).toBe(3);
    expect(later.has('vigie_feed_lag_seconds{timeframe="1m"}')).toBe(false);
    expect(later.has('vigie_feed_silence_seconds{timeframe="1m"}')).toBe(false);
    expect(later.get("vigie_outbox_oldest_seconds")).toBe(0);
  });
});

describe("the whole", () => {
  it("includes the process and the event loop", async () => {
    const found = await samples(new Metrics(clock));
    expect(found.has("vigie_nodejs_eventloop_lag_p99_seconds")).toBe(true);
    expect(found.get("vigie_process_resident_memory_bytes")).toBeGreaterThan(0);
  });

  it("shares nothing between two instances", async () => {
    const one = new Metrics(clock);
    one.countDecision("ordered");
    expect(
      (await samples(new Metrics(clock))).has('vigie_decisions_total{outcome="ordered"}'),
    ).toBe(false);
  });

  it("uses our prefix, the closed set of labels, and a help text for each name", async () => {
    const metrics = new Metrics(clock);
    metrics.watch({ status: () => runningStatus(), queueDepth: () => 0, doors: () => [] });
    metrics.countDecision("ordered");
    const lines = (await metrics.render()).split("\n").filter((line) => line !== "");
    const ours = lines.filter((line) => !line.startsWith("#") && !/_(nodejs|process)_/.test(line));
    expect(ours.length).toBeGreaterThan(20);
    const labels = ours.flatMap((line) => line.match(/\w+(?==")/g) ?? []);
    const allowed = ["le", "timeframe", "source", "outcome", "reason", "platform"];
    expect(labels.filter((label) => !allowed.includes(label))).toEqual([]);
    expect(lines.every((line) => /^(# (HELP|TYPE) )?vigie_/.test(line))).toBe(true);
  });
});
