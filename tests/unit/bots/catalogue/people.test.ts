/** People come in, are linked, told and governed by commands alone; nobody else's codes or eyes help. */
import { describe, expect, it } from "vitest";
import type { Platform, User } from "../../../../src/domain/user.ts";
import { person, RULE } from "../../../support/test-app.ts";
import { buttonOf, shown, testBot, yesOf, type TestBot } from "../../../support/test-bot.ts";

const ada = person("ada", { role: "admin" });

async function join(bot: TestBot, user: User, platform: Platform = "telegram"): Promise<User> {
  await bot.accounts.createUser(user, { platform, externalId: `${user.id}#1`, userId: user.id });
  return user;
}

/** The code in a line such as "/link ABCD-EFGH". */
function codeIn(text: string): string {
  return /[0-9A-Z]{4}(?:-[0-9A-Z]{4})+/.exec(text)?.[0] ?? "";
}

describe("/invite", () => {
  it("shows a code that lets one person in with that role, for that long", async () => {
    const bot = testBot();
    const reply = await bot.say("/invite viewer 2h", ada);
    expect(reply.ephemeral).toBe(true);
    expect(shown(reply)).toContain("until 22 Nov 2026, 16:03");
    const code = codeIn(shown(reply));
    const eve = await bot.app.access.redeemInvite("discord", "7", "Eve", code);
    expect([eve.role, eve.name]).toEqual(["viewer", "Eve"]);
    expect(await bot.app.access.identify("discord", "7")).toEqual(eve);
  });

  it("makes a trader for a week unless told otherwise, and takes no year", async () => {
    const bot = testBot();
    expect(shown(await bot.say("/invite", ada))).toMatch(/for one trader[^]*29 Nov 2026/);
    expect(shown(await bot.say("/invite trader 52w", ada))).toContain("at most");
  });
});

describe("/start", () => {
  it("is one tap away from running strategies, for who may trade and has none", async () => {
    const bot = testBot();
    const reply = await bot.say("/start", ada);
    const adopted = await bot.press(buttonOf(reply, "Adopt all 42"), ada);
    expect(shown(adopted)).toContain("42 built-in rules now run on BTCUSDT");
    const labels = async (user: User) =>
      (await bot.say("/start", user)).buttons.flat().map(({ label }) => label);
    expect(await labels(ada)).toEqual(["Rule language", "Indicators"]);
    expect(await labels(person("v", { role: "viewer" }))).toEqual(["Rule language", "Indicators"]);
  });
});

describe("/link", () => {
  it("joins an account without history to who made the code, after a yes", async () => {
    const bot = testBot();
    await join(bot, ada);
    const twin = await join(bot, person("twin"), "discord");
    await bot.say(`/new A BTCUSDT 1h ${RULE} yes`, ada);
    const code = codeIn(shown(await bot.say("/link", ada)));
    const caller = { user: twin, platform: "discord", place: "private" } as const;
    const question = await bot.catalogue.run("link", { code }, caller);
    expect(await bot.app.access.identify("discord", "twin#1")).toEqual(twin);
    const answer = await bot.catalogue.press(yesOf(question).id, caller);
    expect(shown(answer)).toContain("belongs to ada now");
    expect(await bot.app.access.identify("discord", "twin#1")).toEqual(ada);
    expect(bot.outbox.added.map(({ ownerId, body }) => [ownerId, body])).toEqual([
      [
        "ada",
        {
          kind: "account-linked",
          platform: "discord",
          account: { externalId: "twin#1", name: "twin" },
        },
      ],
    ]);
    expect(shown(await bot.say("/me", ada))).toMatch(/Telegram +ada#1\nDiscord +twin#1/);
  });

  it("refuses two people who both have strategies, and says why", async () => {
    const bot = testBot();
    await join(bot, ada);
    const bob = await join(bot, person("bob"), "discord");
    await bot.say(`/new B BTCUSDT 1h ${RULE} yes`, bob);
    const code = codeIn(shown(await bot.say("/link", ada)));
    const caller = { user: bob, platform: "discord", place: "private" } as const;
    const question = await bot.catalogue.run("link", { code }, caller);
    const answer = await bot.catalogue.press(yesOf(question).id, caller);
    expect(shown(answer)).toContain("two histories are never put together");
    expect(await bot.app.access.identify("discord", "bob#1")).toEqual(bob);
  });

  it("and its code are for private chats alone", async () => {
    const bot = testBot();
    const caller = { user: ada, platform: "telegram", place: "group" } as const;
    for (const name of ["link", "invite", "users", "export", "logs"]) {
      expect(shown(await bot.catalogue.run(name, "", caller))).toContain("private chat only");
    }
  });
});

describe("/unlink", () => {
  it("takes a platform off after a yes, but never the last one", async () => {
    const bot = testBot();
    await join(bot, ada);
    await bot.accounts.addIdentity({ platform: "discord", externalId: "5", userId: "ada" });
    const question = await bot.say("/unlink discord", ada);
    expect(shown(await bot.press(yesOf(question), ada))).toContain("Discord is taken off");
    expect(await bot.app.access.identify("discord", "5")).toBeNull();
    expect(shown(await bot.say("/unlink telegram yes", ada))).toContain("only way");
    expect(shown(await bot.say("/unlink discord yes", ada))).toContain("no discord account");
  });
});

describe("/suspend", () => {
  it("stops entries, and the person looks but does not act", async () => {
    const bot = testBot();
    await join(bot, ada);
    await join(bot, person("bob"));
    await bot.say("/suspend 2", ada);
    expect(bot.gateway.executed).toEqual([
      { kind: "suspend-owner", ownerId: "bob", suspended: true },
    ]);
    const bob = (await bot.accounts.user("bob"))!;
    expect(shown(await bot.say(`/new B BTCUSDT 1h ${RULE} yes`, bob))).toContain("suspended");
    expect(shown(await bot.say("/link", bob))).toContain("suspended");
    expect((await bot.say("/strategies", bob)).tone).not.toBe("error");
  });

  it("and /role are for others, not for oneself or a number nobody has", async () => {
    const bot = testBot();
    await join(bot, ada);
    expect(shown(await bot.say("/suspend 1", ada))).toContain("to yourself");
    expect(shown(await bot.say("/role 1 viewer", ada))).toContain("to yourself");
    expect(shown(await bot.say("/role 9 viewer", ada))).toContain("There is no person #9");
    expect(bot.gateway.executed).toEqual([]);
  });

  it("and /role admin asks first", async () => {
    const bot = testBot();
    await join(bot, ada);
    await join(bot, person("bob"));
    const question = await bot.say("/role 2 admin", ada);
    expect((await bot.accounts.user("bob"))?.role).toBe("trader");
    await bot.press(yesOf(question), ada);
    expect((await bot.accounts.user("bob"))?.role).toBe("admin");
  });
});

describe("/broadcast", () => {
  it("reaches everybody once it was confirmed", async () => {
    const bot = testBot();
    await join(bot, ada);
    await join(bot, person("bob"));
    const question = await bot.say("/broadcast Down at *noon*,\nsorry", ada);
    expect(shown(question)).toContain("Tell 2 people: Down at *noon*");
    expect(bot.outbox.added).toEqual([]);
    expect(shown(await bot.press(yesOf(question), ada))).toContain("2 people are told");
    expect(bot.outbox.added.map(({ ownerId }) => ownerId)).toEqual(["ada", "bob"]);
    expect(bot.outbox.added[0]?.body).toEqual({
      kind: "broadcast",
      text: "Down at *noon*,\nsorry",
    });
  });
});

describe("/notify", () => {
  it("keeps what was chosen, and refuses what makes no sense", async () => {
    const bot = testBot();
    await bot.say("/notify exit on", ada);
    await bot.say("/notify daily 07:30", ada);
    for (const [line, answer] of [
      ["/notify exit", "Something is missing"],
      ["/notify exit loudly", "not among on, silent, off"],
      ["/notify quiet 22-22", "no quiet hours"],
      ["/notify quiet 25:00-07:00", "no quiet hours"],
      ["/notify daily 8:77", "no time of the day"],
      ["/notify status yearly", "not among never, daily, hourly, 5m"],
      ["/notify everything off", "not among"],
    ] as const) {
      expect(shown(await bot.say(line, ada)), line).toContain(answer);
    }
    expect(await bot.app.preferences.of(ada)).toEqual({
      wishes: { exit: "on" },
      quietHours: null,
      status: "never",
      dailyAt: 450,
    });
  });

  it("off for what comes by the clock means that it is not made", async () => {
    const bot = testBot();
    await bot.say("/notify all off", ada);
    await bot.say("/notify status hourly", ada);
    await bot.say("/notify daily 8", ada);
    const on = await bot.app.preferences.of(ada);
    expect([on.status, on.dailyAt]).toEqual(["hourly", 480]);
    // Asked for again, they are not swallowed by the off of before.
    expect([on.wishes.status, on.wishes.daily, on.wishes.exit]).toEqual([
      undefined,
      undefined,
      "off",
    ]);
    await bot.say("/notify status off", ada);
    await bot.say("/notify daily off", ada);
    const off = await bot.app.preferences.of(ada);
    expect([off.status, off.dailyAt]).toEqual(["never", null]);
  });
});

describe("what is for administrators", () => {
  it.each([
    "/invite",
    "/users",
    "/suspend 1",
    "/role 1 admin",
    "/broadcast hi",
    "/logs",
    "/ws",
    "/db",
  ])("%s does nothing for others and shows them nothing", async (line) => {
    const bot = testBot();
    await join(bot, ada);
    bot.logLines.push("secret line");
    for (const user of [person("eve"), person("mallory", { role: "viewer" })]) {
      const reply = await bot.say(line, user);
      expect(shown(reply)).toMatch(/^That needs the role "admin"/);
      expect(reply.blocks).toHaveLength(1);
    }
    expect([bot.outbox.added, bot.gateway.executed]).toEqual([[], []]);
  });
});
