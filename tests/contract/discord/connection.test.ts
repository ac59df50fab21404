/** The connection to Discord: kept, resumed, made again, given up where nothing else helps. */
import { describe, expect, test } from "vitest";
import { LocalDiscord } from "../../support/discord/server.ts";
import { CALLBACK } from "../../support/discord/interaction.ts";
import { discordWorld, eventually, type World } from "./discord-fixture.ts";

const VALUES = { template: "rsi-reversal-1m" };

describe("a lost connection", () => {
  test("is resumed, and what was missed is answered then", async () => {
    const { discord, adapter, member, gateway } = await discordWorld();
    const ann = await member("ann");
    discord.gateway.hold();
    discord.gateway.drop();
    await eventually(() => adapter.status().state === "retrying");
    expect(adapter.status().reason).toBe("connection-lost");
    const missed = ann.slash("adopt", VALUES);
    discord.gateway.release();
    expect((await missed.message()).content).toMatch(/#1 RSI reversal/);
    expect(missed.acknowledgement).toBe(CALLBACK.deferredMessage);
    expect(gateway.executed).toHaveLength(1);
    expect(discord.gateway.resumes).toBe(1);
    expect(discord.gateway.identifies).toBe(1);
    expect(adapter.status()).toMatchObject({ state: "up", reason: null });
  });

  test("what was missed for too long to be answered is not done either", async () => {
    const { discord, adapter, member, gateway, log } = await discordWorld();
    const ann = await member("ann");
    discord.gateway.hold();
    discord.gateway.drop();
    await eventually(() => adapter.status().state === "retrying");
    const missed = ann.slash("adopt", VALUES);
    discord.advance(3_001);
    discord.gateway.release();
    await eventually(() => log.some(({ facts }) => facts["code"] === 10_062));
    expect((await ann.slash("strategies").message()).content).not.toMatch(/RSI/);
    expect(gateway.executed).toEqual([]);
    expect(missed.acknowledgement).toBeNull();
  });

  test("an event that is told twice is done once", async () => {
    const { discord, member, gateway } = await discordWorld();
    const ann = await member("ann");
    const asked = ann.slash("adopt", VALUES);
    discord.gateway.repeatLast();
    await asked.answered();
    await ann.slash("balance").answered();
    expect(gateway.executed).toHaveLength(1);
  });

  test("is resumed when Discord asks for it", async () => {
    const { discord, member } = await discordWorld();
    const ann = await member("ann");
    const closed = discord.gateway.next("closed");
    const resumed = discord.gateway.next("resumed");
    discord.gateway.askToReconnect();
    expect(await closed).toBe(4200);
    await resumed;
    expect((await ann.slash("version").message()).content).toMatch(/1\.2\.3/);
  });

  test("is resumed when heartbeats go unanswered", async () => {
    const discord = await LocalDiscord.start();
    discord.gateway.heartbeatIntervalMs = 40;
    discord.gateway.acknowledgesHeartbeats = false;
    const { adapter } = await discordWorld({ discord });
    await discord.gateway.next("resumed");
    expect(discord.gateway.identifies).toBe(1);
    discord.gateway.acknowledgesHeartbeats = true;
    await eventually(() => adapter.status().state === "up");
  });

  test("is made anew when the session is not valid any more", async () => {
    const { discord, member } = await discordWorld();
    const ann = await member("ann");
    const identified = discord.gateway.next("identified");
    discord.gateway.invalidateSession();
    await identified;
    expect((await ann.slash("version").message()).content).toMatch(/1\.2\.3/);
    expect(discord.gateway.resumes).toBe(0);
  });
});

describe("the start", () => {
  test("goes on in the background while Discord is down, with the reason said", async () => {
    const discord = await LocalDiscord.start();
    for (let tries = 0; tries < 8; tries += 1) {
      discord.faults.push({ method: "GET", path: /^\/gateway\/bot$/, status: 503 });
    }
    const { adapter, log } = await discordWorld({ discord, eager: true });
    expect(adapter.status()).toMatchObject({ state: "starting", reason: null });
    await eventually(() => adapter.status().state === "retrying");
    expect(adapter.status().reason).toMatch(/503/);
    await eventually(() => adapter.status().state === "up");
    expect(log.filter(({ level }) => level === "warn")).toHaveLength(2);
  });

  test("never throws, not even where nobody listens", async () => {
    const world = await discordWorld({
      adapter: { apiUrl: "http://127.0.0.1:1/api" },
      eager: true,
    });
    await eventually(() => world.adapter.status().state === "retrying");
    expect(world.adapter.status().reason).toMatch(/ECONNREFUSED/);
  });

  test("survives a gateway that answers nonsense, and leaves no second connection behind", async () => {
    const discord = await LocalDiscord.start();
    discord.gateway.handshakeStatus = 502;
    const { adapter } = await discordWorld({ discord, eager: true });
    await eventually(() => adapter.status().state === "retrying");
    discord.gateway.handshakeStatus = null;
    await eventually(() => adapter.status().state === "up");
    await outlive(discord);
    expect(discord.gateway.clients).toBe(1);
  });

  test("stopping while it reconnects leaves no connection behind", async () => {
    const discord = await LocalDiscord.start();
    const first = await discordWorld({ discord });
    discord.gateway.drop();
    await eventually(() => first.adapter.status().state === "retrying");
    await first.adapter.stop();
    const second = await discordWorld({ discord: await LocalDiscord.start() });
    await outlive(second.discord);
    expect(discord.gateway.clients).toBe(0);
    expect(discord.gateway.resumes).toBe(0);
  });

  test("a pause before the next attempt does not hold up the end", async () => {
    const timing = { firstRetryMs: 600_000, longestRetryMs: 600_000 };
    const away = await discordWorld({
      adapter: { apiUrl: "http://127.0.0.1:1/api", timing },
      eager: true,
    });
    await eventually(() => away.adapter.status().state === "retrying");
    await away.adapter.stop();
    const discord = await LocalDiscord.start();
    discord.faults.push({ method: "PUT", path: /\/commands$/, status: 500 });
    const { adapter } = await discordWorld({ discord, adapter: { timing }, eager: true });
    await discord.until(() => discord.requests.some(({ method }) => method === "PUT"));
    await adapter.stop();
    expect(discord.commands).toEqual([]);
  });

  test.each([4004, 4010, 4011, 4012, 4013, 4014])(
    "close code %i is final, and is said in the status and in the log",
    async (code) => {
      const discord = await LocalDiscord.start();
      discord.gateway.closesWith = code;
      const { adapter, log } = await discordWorld({ discord, eager: true });
      await eventually(() => adapter.status().state === "failed");
      expect(adapter.status().reason).toMatch(
        new RegExp(`^(bad-token|outdated|too-many-servers|forbidden-intents) ${code} [A-Z]`),
      );
      expect(discord.gateway.identifies).toBe(1);
      expect(log.filter(({ level }) => level === "error")).toEqual([
        expect.objectContaining({ facts: expect.objectContaining({ code: "discord-refused" }) }),
      ]);
    },
  );

  test("a fatal close of a running connection is final, too", async () => {
    const { discord, adapter } = await discordWorld();
    discord.gateway.close(4014);
    await eventually(() => adapter.status().state === "failed");
    expect(adapter.status().reason).toBe("forbidden-intents 4014 DisallowedIntents");
  });

  test("a token that is not accepted is final, and is not repeated in the reason", async () => {
    const world = await discordWorld({ adapter: { token: "wrong.token.value" }, eager: true });
    await eventually(() => world.adapter.status().state === "failed");
    expect(world.adapter.status().reason).toBe("bad-token");
    expect(world.adapter.status().reason).not.toMatch(/wrong/);
    expect(world.discord.requests.filter(({ path }) => path === "/gateway/bot")).toHaveLength(1);
  });
});

describe("registering the commands", () => {
  const path = /\/commands$/;

  test("is tried again until Discord takes them", async () => {
    const discord = await LocalDiscord.start();
    discord.faults.push({ method: "PUT", path, status: 500 });
    discord.faults.push({ method: "PUT", path, status: 502 });
    const world = await discordWorld({ discord });
    expect(world.discord.commands.length).toBeGreaterThan(20);
  });

  test("is given up when Discord finds them wrong, and the bot works with what there is", async () => {
    const discord = await LocalDiscord.start();
    const body = { code: 50_035, message: "Invalid Form Body" };
    discord.faults.push({ method: "PUT", path, status: 400, body });
    const world: World = await discordWorld({ discord, eager: true });
    await eventually(() => world.log.some(({ level }) => level === "error"));
    const ann = await world.member("ann");
    const message = await ann.slash("version", {}, { unchecked: true }).message();
    expect(message.content).toMatch(/1\.2\.3/);
    expect(discord.requests.filter((one) => path.test(one.path))).toHaveLength(1);
  });
});

/** Waits as long as the library waits before it reconnects: whatever else was waiting has come by then. */
async function outlive(discord: LocalDiscord): Promise<void> {
  const resumed = discord.gateway.next("resumed");
  discord.gateway.drop();
  await resumed;
}
