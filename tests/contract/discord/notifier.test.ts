/** Notices as direct messages on Discord: delivered, repeated harmlessly, refused, put off. */
import { describe, expect, test } from "vitest";
import { Dispatcher } from "../../../src/outbox/dispatcher.ts";
import type { Notice } from "../../../src/domain/notice.ts";
import type { OutboxRow, OutboxStore } from "../../../src/ports/outbox-store.ts";
import { LocalDiscord } from "../../support/discord/server.ts";
import { NOON } from "../../support/test-app.ts";
import { discordWorld, EPHEMERAL, eventually, loggerInto } from "./discord-fixture.ts";

const MESSAGES = /^\/channels\/\d+\/messages$/;
const SUPPRESS_NOTIFICATIONS = 4096;

const STRATEGY = {
  strategyNumber: 3,
  strategyName: "Swing",
  symbol: "BTCUSDT",
  timeframe: "1h",
  mode: "paper",
} as const;

function halted(id: string, ownerId = "ann", strategyName = "Swing"): Notice {
  const body = {
    kind: "strategy-halted",
    ...STRATEGY,
    strategyName,
    code: "internal",
  } as const;
  return { id, ownerId, at: NOON, body };
}

function reset(id: string): Notice {
  const body = { kind: "run-reset", ...STRATEGY, run: 2 } as const;
  return { id, ownerId: "ann", at: NOON, body };
}

describe("notices on Discord", () => {
  test("reach the linked person as a direct message, loud or silent as they are", async () => {
    const { discord, adapter, member } = await discordWorld();
    const ann = await member("ann");
    expect(await adapter.notifier.deliver(halted("n1"))).toEqual({ outcome: "sent" });
    expect(await adapter.notifier.deliver(reset("n2"))).toEqual({ outcome: "sent" });
    const [loud, quiet] = discord.directMessages(ann.id);
    expect(loud?.content).toMatch(/^⛔ \*\*.*Swing/);
    expect(loud?.flags ?? 0).toBe(4);
    expect(quiet?.flags).toBe(4 | SUPPRESS_NOTIFICATIONS);
    expect(discord.requests.filter(({ path }) => path === "/users/@me/channels")).toHaveLength(1);
  });

  test("are in the person's language", async () => {
    const { discord, adapter, member } = await discordWorld();
    const marie = await member("marie", { language: "fr" });
    await adapter.notifier.deliver(halted("n1", "marie"));
    expect(discord.directMessages(marie.id)[0]?.content).toMatch(/arrêté/i);
  });

  test("have no address where nobody linked a Discord account", async () => {
    const { discord, adapter, accounts, person } = { ...(await discordWorld()), person: "zoe" };
    expect(await adapter.notifier.deliver(halted("n1", person))).toEqual({ outcome: "no-address" });
    const identity = { platform: "telegram", externalId: "42", userId: person } as const;
    await accounts.addIdentity(identity);
    expect(await adapter.notifier.deliver(halted("n1", person))).toEqual({ outcome: "no-address" });
    expect(discord.messages.size).toBe(0);
  });

  test("are shown once though the first answer was lost", async () => {
    const { discord, adapter, member } = await discordWorld();
    const ann = await member("ann");
    discord.faults.push({ method: "POST", path: MESSAGES, status: 502, afterwards: true });
    const lost = await adapter.notifier.deliver(halted("n1"));
    expect(lost).toMatchObject({ outcome: "retry", afterMs: expect.any(Number) });
    expect(await adapter.notifier.deliver(halted("n1"))).toEqual({ outcome: "sent" });
    expect(await adapter.notifier.deliver(halted("n2"))).toEqual({ outcome: "sent" });
    expect(discord.directMessages(ann.id)).toHaveLength(2);
  });

  test.each([50_007, 50_278, 50_001])(
    "code %i: unreachable, not tried again until the person speaks, who is then told",
    async (code) => {
      const { discord, adapter, member } = await discordWorld();
      const ann = await member("ann");
      discord.closed.set(ann.id, code);
      const refused = { outcome: "refused", error: "unreachable" };
      expect(await adapter.notifier.deliver(halted("n1"))).toEqual(refused);
      expect(await adapter.notifier.deliver(halted("n2"))).toEqual(refused);
      expect(discord.requests.filter(({ path }) => MESSAGES.test(path))).toHaveLength(1);
      discord.closed.delete(ann.id);
      const asked = await ann.slash("version", {}, { where: "guild" }).answered();
      await discord.until(() => asked.followUps.length > 0);
      expect(asked.followUps[0]?.content).toMatch(/^2 messages for you could not be delivered/);
      expect(asked.followUps[0]?.content).toMatch(/direct messages/);
      expect((asked.followUps[0]?.flags ?? 0) & EPHEMERAL).toBe(EPHEMERAL);
      expect(await adapter.notifier.deliver(halted("n3"))).toEqual({ outcome: "sent" });
    },
  );

  test("are put off as long as Discord says when there were too many", async () => {
    const { discord, adapter, member } = await discordWorld();
    await member("ann");
    const headers = {
      "retry-after": "7",
      "x-ratelimit-limit": "5",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset-after": "7",
      "x-ratelimit-scope": "user",
    };
    const body = { message: "You are being rate limited.", retry_after: 7, global: false };
    discord.faults.push({ method: "POST", path: MESSAGES, status: 429, headers, body });
    const put = await adapter.notifier.deliver(halted("n1"));
    expect(put).toMatchObject({ outcome: "retry", error: "rate-limited" });
    const afterMs = put.outcome === "retry" ? put.afterMs : 0;
    expect(afterMs).toBeGreaterThanOrEqual(6_900);
    expect(afterMs).toBeLessThan(8_000);
  });

  test("wait while Discord is away, and never fail for good because of it", async () => {
    const discord = await LocalDiscord.start();
    const { adapter, member } = await discordWorld({ discord });
    await member("ann");
    for (const status of [500, 503]) {
      discord.faults.push({ method: "POST", path: MESSAGES, status });
      expect(await adapter.notifier.deliver(halted("n1"))).toMatchObject({ outcome: "retry" });
    }
    expect(await adapter.notifier.deliver(halted("n1"))).toEqual({ outcome: "sent" });
    const world = await discordWorld({
      adapter: { apiUrl: "http://127.0.0.1:1/api" },
      eager: true,
    });
    await world.member("ann");
    expect(await world.adapter.notifier.deliver(halted("n1"))).toMatchObject({
      outcome: "retry",
      error: "discord-unreachable",
    });
  });

  test("need no gateway", async () => {
    const { discord, adapter, member } = await discordWorld();
    await member("ann");
    discord.gateway.hold();
    discord.gateway.drop();
    await eventually(() => adapter.status().state === "retrying");
    expect(await adapter.notifier.deliver(halted("n1"))).toEqual({ outcome: "sent" });
    discord.gateway.release();
    await discord.gateway.next("resumed");
    discord.gateway.close(4014);
    await eventually(() => adapter.status().state === "failed");
    expect(await adapter.notifier.deliver(halted("n2"))).toEqual({ outcome: "sent" });
  });

  test("are not even tried with a token that was refused", async () => {
    const { discord, adapter, member } = await discordWorld();
    await member("ann");
    discord.gateway.close(4004);
    await eventually(() => adapter.status().state === "failed");
    const asked = discord.requests.length;
    expect(await adapter.notifier.deliver(halted("n2"))).toMatchObject({ outcome: "retry" });
    expect(discord.requests).toHaveLength(asked);
  });

  test("go on after one request was answered with 401", async () => {
    const { discord, adapter, member } = await discordWorld();
    await member("ann");
    const body = { code: 0, message: "401: Unauthorized" };
    discord.faults.push({ method: "POST", path: MESSAGES, status: 401, body });
    expect(await adapter.notifier.deliver(halted("n1"))).toMatchObject({ outcome: "retry" });
    expect(await adapter.notifier.deliver(halted("n1"))).toEqual({ outcome: "sent" });
  });

  test("what Discord finds wrong is refused, not repeated for ever", async () => {
    const { discord, adapter, member } = await discordWorld();
    await member("ann");
    const body = { code: 50_035, message: "Invalid Form Body" };
    discord.faults.push({ method: "POST", path: MESSAGES, status: 400, body });
    expect(await adapter.notifier.deliver(halted("n1"))).toEqual({
      outcome: "refused",
      error: "discord-50035",
    });
  });

  test("keep their order per person through the dispatcher, though one had to wait", async () => {
    const { discord, adapter, member, clock, log } = await discordWorld();
    const [ann, bob] = [await member("ann"), await member("bob")];
    const notices = [
      halted("a1", "ann", "A1"),
      halted("a2", "ann", "A2"),
      halted("b1", "bob", "B1"),
    ];
    const rows = notices.map((notice): OutboxRow => ({ notice, attempts: 0, notBefore: 0 }));
    const store = new MemoryOutbox(rows);
    discord.faults.push({ method: "POST", path: /^\/users\/@me\/channels$/, status: 500 });
    const dispatcher = new Dispatcher({
      store,
      notifiers: () => [adapter.notifier],
      clock,
      logger: loggerInto(log),
    });
    dispatcher.wake();
    await eventually(() => store.sent.length > 0);
    clock.advance(600_000);
    dispatcher.wake();
    await eventually(() => store.sent.length === 3);
    await dispatcher.stop();
    const said = (id: string) =>
      discord.directMessages(id).map(({ content }) => /[AB]\d/.exec(content)?.[0]);
    expect(said(ann.id)).toEqual(["A1", "A2"]);
    expect(said(bob.id)).toEqual(["B1"]);
  });
});

/** The outbox in memory: what is due, oldest first. */
class MemoryOutbox implements OutboxStore {
  readonly sent: string[] = [];
  #rows: readonly OutboxRow[];

  constructor(rows: readonly OutboxRow[]) {
    this.#rows = rows;
  }

  async due(now: number): Promise<readonly OutboxRow[]> {
    // A row behind one that waits is not due before it.
    const waiting = new Set<string>();
    return this.#rows.filter(({ notice, notBefore }) => {
      if (notBefore > now) waiting.add(notice.ownerId);
      return !waiting.has(notice.ownerId);
    });
  }

  async markSent(ids: readonly string[]): Promise<void> {
    this.sent.push(...ids);
    this.#rows = this.#rows.filter(({ notice }) => !ids.includes(notice.id));
  }

  async postpone(id: string, notBefore: number): Promise<void> {
    this.#rows = this.#rows.map((row) =>
      row.notice.id === id ? { ...row, notBefore, attempts: row.attempts + 1 } : row,
    );
  }

  async park(id: string): Promise<void> {
    this.#rows = this.#rows.filter(({ notice }) => notice.id !== id);
  }

  async depth(): Promise<{ readonly pending: number; readonly oldestAt: number | null }> {
    return { pending: this.#rows.length, oldestAt: null };
  }

  async add(notice: Notice): Promise<void> {
    this.#rows = [...this.#rows, { notice, attempts: 0, notBefore: 0 }];
  }
}
