/** No token of Discord's, the bot's or an interaction's, leaves by the log, by inspect or by JSON. */
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createLogger } from "../../../src/ops/logging.ts";
import { errorFacts } from "../../../bots/discord/log-facts.ts";
import { DiscordAPIError, HTTPError } from "discord.js";
import { LocalDiscord } from "../../support/discord/server.ts";
import { discordWorld, eventually } from "./discord-fixture.ts";

const CALLBACK = /\/callback$/;

describe("secrets", () => {
  test("stay out of everything that is logged while all kinds of things go wrong", async () => {
    const discord = await LocalDiscord.start();
    const lines: string[] = [];
    // No secret is known to this logger: nothing may rely on the last guard.
    const logger = createLogger({
      level: "debug",
      format: "json",
      secrets: [],
      write: (line) => lines.push(line),
    });
    discord.faults.push({
      method: "GET",
      path: /bot$/,
      status: 400,
      body: { code: 1, message: "x" },
    });
    discord.faults.push({ method: "PUT", path: /commands$/, status: 500 });
    const { adapter, member, stranger } = await discordWorld({ discord, adapter: { logger } });
    const ann = await member("ann");
    const body = { code: 50_035, message: "Invalid Form Body" };
    const tokens = [discord.token];
    const goesWrong = async (status: number, times: number) => {
      for (let time = 0; time < times; time += 1) {
        discord.faults.push({ method: "POST", path: CALLBACK, status, body });
      }
      const warnings = lines.filter((line) => line.includes("did not take an answer")).length;
      const asked = ann.slash("balance");
      tokens.push(asked.facts.token);
      await eventually(
        () => lines.filter((line) => line.includes("did not take an answer")).length > warnings,
      );
    };
    await goesWrong(400, 1);
    await goesWrong(404, 1);
    await goesWrong(500, 4);
    const eve = stranger("eve").slash("balance");
    tokens.push(eve.facts.token);
    await eve.answered();
    discord.closed.set(ann.id, 50_007);
    const notice = { kind: "pause-over", scope: "all" } as const;
    await adapter.notifier.deliver({ id: "n1", ownerId: "ann", at: 0, body: notice });
    discord.gateway.close(4004);
    await eventually(() => adapter.status().state === "failed");

    const written = lines.join("");
    expect(lines.length).toBeGreaterThan(6);
    for (const token of tokens) expect(written).not.toContain(token);
    for (const part of discord.token.split(".").slice(1)) expect(written).not.toContain(part);
  });

  test("stay out of inspect and JSON of the adapter and all that hangs from it", async () => {
    const { discord, adapter } = await discordWorld();
    const seen = [
      inspect(adapter, { depth: 10, showHidden: true }),
      inspect(adapter.notifier, { depth: 10, showHidden: true }),
      JSON.stringify(adapter),
      JSON.stringify(adapter.notifier),
      JSON.stringify(adapter.status()),
    ].join("\n");
    expect(seen).not.toContain(discord.token);
    expect(seen).not.toContain(discord.token.split(".")[2]);
  });

  test("are cut out of errors: code, status, method and message are all there is", () => {
    const token = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5";
    const url = `https://discord.com/api/v10/interactions/1/${token}/callback`;
    const data = { body: { content: "private words" }, files: [] };
    const raw = { code: 10_062, message: "Unknown interaction" };
    const api = new DiscordAPIError(raw, 10_062, 404, "POST", url, data);
    expect(errorFacts(api)).toEqual({
      code: 10_062,
      status: 404,
      method: "POST",
      message: "Unknown interaction",
    });
    const facts = [
      errorFacts(new HTTPError(502, "Bad Gateway", "POST", url, data)),
      errorFacts(new Error(`failed to fetch ${url}`)),
      errorFacts(new Error(`token MTIzNDU2Nzg5MDEyMzQ1Njc4.GlocAl.${"x".repeat(38)}`)),
      errorFacts(`webhooks/1/${token}`),
    ];
    expect(JSON.stringify(facts)).not.toMatch(/aW50ZXJh|private words|GlocAl/);
  });
});
