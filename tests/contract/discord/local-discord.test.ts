/** The local Discord is as strict as the real one: what it lets pass in other tests means something. */
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { LocalInteraction } from "../../support/discord/interaction.ts";
import { checkCommands, checkMessage } from "../../support/discord/limits.ts";
import { complaint, hasOpenApi } from "../../support/discord/openapi.ts";
import { LocalDiscord } from "../../support/discord/server.ts";
import { localUser, snowflake, type LocalCommand } from "../../support/discord/shapes.ts";

let discord: LocalDiscord;

beforeEach(async () => {
  const started = await LocalDiscord.start();
  discord = started;
  onTestFinished(() => started.close());
});

function interaction(): LocalInteraction {
  const made = new LocalInteraction({
    id: snowflake(),
    token: "token",
    type: 2,
    user: localUser("ann"),
    where: "dm",
    channelId: snowflake(),
    message: null,
    createdAt: discord.now(),
    focusedType: null,
  });
  discord.interactions.set("token", made);
  return made;
}

async function send(method: string, path: string, body: unknown, authorised = true) {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      ...(authorised ? { authorization: `Bot ${discord.token}` } : {}),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text === "" ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
  return { status: response.status, ...answer };
}

const button = { type: 2, style: 2, label: "x", custom_id: "a" };
const rows = (count: number, each = 1) =>
  Array.from({ length: count }, (_, row) => ({
    type: 1,
    components: Array.from({ length: each }, (__, at) => ({
      ...button,
      custom_id: `${row} ${at}`,
    })),
  }));

const option = (change: object) => ({ type: 3, name: "a", description: "d", ...change });
const made = (change: object): LocalCommand => ({ name: "a", description: "d", ...change });
const callbackOf = (one: LocalInteraction) => `/interactions/${one.facts.id}/token/callback`;

describe("messages", () => {
  test.each([
    ["2001 characters", { content: "x".repeat(2001) }],
    ["six rows", { content: "x", components: rows(6) }],
    ["six buttons in a row", { content: "x", components: rows(1, 6) }],
    ["an empty row", { content: "x", components: rows(1, 0) }],
    [
      "a label of 81",
      {
        content: "x",
        components: [{ type: 1, components: [{ ...button, label: "l".repeat(81) }] }],
      },
    ],
    [
      "a custom id of 101",
      {
        content: "x",
        components: [{ type: 1, components: [{ ...button, custom_id: "i".repeat(101) }] }],
      },
    ],
    [
      "one custom id twice",
      { content: "x", components: [{ type: 1, components: [button, button] }] },
    ],
    ["a flag that may not be set", { content: "x", flags: 1 }],
    ["nothing", {}],
  ])("with %s are refused", (_, body) => {
    expect(() => checkMessage(body, [], "interaction")).toThrow();
  });

  test("with exactly what is allowed pass", () => {
    const body = { content: "é".repeat(2000), components: rows(5, 5), flags: 64 };
    expect(() => checkMessage(body, [], "interaction")).not.toThrow();
    expect(() => checkMessage(body, [], "channel")).toThrow();
  });
});

describe("commands", () => {
  test.each([
    ["a capital in the name", { name: "A" }],
    ["a space in the name", { name: "a b" }],
    ["a name of 33", { name: "n".repeat(33) }],
    ["a description of 101", { description: "d".repeat(101) }],
    ["no description", { description: "" }],
    ["26 options", { options: Array.from({ length: 26 }, (_, n) => option({ name: `o${n}` })) }],
    ["a required option last", { options: [option({}), option({ name: "b", required: true })] }],
    [
      "26 choices",
      {
        options: [
          option({
            choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })),
          }),
        ],
      },
    ],
    [
      "choices and completion",
      { options: [option({ autocomplete: true, choices: [{ name: "x", value: "x" }] })] },
    ],
    ["an option twice", { options: [option({}), option({})] }],
  ])("with %s are refused", (_, change) => {
    expect(() => checkCommands([made(change)])).toThrow();
  });

  test("need the bot's token", async () => {
    const path = `/applications/${discord.applicationId}/commands`;
    expect(await send("PUT", path, [], false)).toMatchObject({ status: 401 });
    expect(await send("PUT", path, [made({})])).toMatchObject({ status: 200 });
  });
});

describe("interactions", () => {
  const message = { type: 4, data: { content: "x" } };

  test("take one first answer, within three seconds", async () => {
    const first = interaction();
    expect(await send("POST", callbackOf(first), message, false)).toMatchObject({ status: 204 });
    expect(await send("POST", callbackOf(first), message, false)).toMatchObject({ code: 40_060 });
    const late = interaction();
    discord.advance(3_001);
    expect(await send("POST", callbackOf(late), message, false)).toMatchObject({ code: 10_062 });
  });

  test("can be filled in for fifteen minutes, by the address as clients write it, and taken back", async () => {
    const one = interaction();
    const original = `/webhooks/${discord.applicationId}/token/messages/%40original`;
    const change = { content: "y" };
    expect(await send("PATCH", original, change, false)).toMatchObject({ code: 10_015 });
    await send("POST", callbackOf(one), { type: 5 }, false);
    expect(await send("PATCH", original, change, false)).toMatchObject({ content: "y" });
    discord.advance(16 * 60_000);
    expect(await send("PATCH", original, change, false)).toMatchObject({ code: 50_027 });
    discord.advance(-16 * 60_000);
    expect(await send("DELETE", original, null, false)).toMatchObject({ status: 204 });
    expect(one.original).toBeNull();
  });
});

test("a nonce that is enforced makes one message of two requests", async () => {
  const user = localUser("ann");
  const channel = await send("POST", "/users/@me/channels", { recipient_id: user.id });
  const body = { content: "x", nonce: "n1", enforce_nonce: true };
  const path = `/channels/${String((channel as { id?: string }).id)}/messages`;
  const [first, second] = [await send("POST", path, body), await send("POST", path, body)];
  expect(first).toEqual(second);
  expect(discord.directMessages(user.id)).toHaveLength(1);
});

test("the official description judges requests where it is there, else all pass", () => {
  if (!hasOpenApi) {
    expect(complaint("message", { content: 5 })).toBeNull();
    return;
  }
  expect(complaint("message", { content: "x", components: rows(1, 5) })).toBeNull();
  expect(complaint("message", { content: "x", components: rows(1, 6) })).toMatch(/maxItems/);
  expect(complaint("callback", { type: 4, data: { content: 5 } })).not.toBeNull();
  expect(complaint("commands", [{ name: "a", description: "d".repeat(101) }])).toMatch(/maxLength/);
  expect(complaint("editOriginal", { content: ["x"] })).not.toBeNull();
  expect(complaint("followUp", { embeds: "x" })).not.toBeNull();
  expect(complaint("openChannel", { recipient_id: {} })).not.toBeNull();
});
