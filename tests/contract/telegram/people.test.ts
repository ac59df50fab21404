/** Who is heard on Telegram and who is not: strangers, groups, borrowed voices, late messages, codes. */
import { describe, expect, it } from "vitest";
import { Fault } from "../../../src/domain/fault.ts";
import type { Message } from "grammy/types";
import { person } from "../../support/test-app.ts";
import type { BotApiServer } from "../../support/telegram/bot-api-server.ts";
import { scene, type Member, type Scene } from "./telegram-scene.ts";

const group = -100;

/** Resolves when everything said before is dealt with: a last question has been answered. */
async function settled({ phone }: Member): Promise<void> {
  await phone.ask("/version");
}

function sends(server: BotApiServer) {
  return server.calls("sendMessage");
}

describe("a stranger", () => {
  it("gets one neutral line in private, in their language, and not again at once", async () => {
    const bot = await scene();
    const member = await bot.member(1);
    const stranger = bot.server.person(666, { language_code: "fr-CA" });
    const line = await stranger.ask("/strategies");
    expect(line.text).toMatch(/^Ce bot ne sert que les personnes invitées/);
    stranger.say("/balance");
    stranger.say("hello?");
    await settled(member);
    expect(stranger.seen).toHaveLength(1);
    bot.server.ahead += 61_000;
    expect((await stranger.ask("/help")).text).toBe(line.text);
  });

  it("gets silence in groups, and no spinning button", async () => {
    const bot = await scene();
    const member = await bot.member(1);
    const stranger = bot.server.person(666);
    stranger.sayIn(group, "/strategies");
    stranger.sayIn(group, "/help@VigieBot");
    member.phone.sayIn(group, "/version");
    const shown = await bot.server.until(() => bot.server.rooms.shownIn(group)[0]);
    expect(shown.text).toBe("Vigie 1.2.3");
    const id = stranger.pressData(shown, "r:AAAAAAAAAAAA:666");
    await bot.server.until(() => bot.server.rooms.queryAnswer(id) ?? undefined);
    await settled(member);
    expect(bot.server.rooms.shownIn(group)).toHaveLength(1);
  });

  it("comes in by the code of an invite and is shown around", async () => {
    const redeemed: unknown[] = [];
    const bot: Scene = await scene({
      modules: {
        access: {
          identify: async () => null,
          redeemInvite: async (...call) => {
            redeemed.push(call);
            return person("new");
          },
        },
        setLanguage: async (user, language) => ({ ...user, language }),
      },
    });
    const stranger = bot.server.person(7, { first_name: "Ada\u202E\n<b>", language_code: "fr" });
    const answer = await stranger.ask("/start inv_Abc-123");
    expect(redeemed).toEqual([["telegram", "7", "Ada <b>", "inv_Abc-123"]]);
    expect(answer.text).toContain("Lister vos stratégies");
  });

  it("comes in by a real invite once, and is an administrator if it says so", async () => {
    const bot = await scene();
    const { code } = await bot.app.access.createAdminInvite();
    const [first, second] = [bot.server.person(7), bot.server.person(8)];
    expect((await first.ask(`/start ${code}`)).text).toContain("/reload");
    expect((await first.ask("/reload")).text).toContain("read again");
    expect((await second.ask(`/start ${code}`)).text).not.toContain("/reload");
    expect(await bot.app.access.identify("telegram", "8")).toBeNull();
  });

  it("comes in by the link that /invite shows, which can be tapped and nothing else can", async () => {
    const bot = await scene();
    const boss = await bot.member(1, { role: "admin" });
    const { text, entities } = await boss.phone.ask("/invite viewer");
    const urls = entities
      .filter(({ type }) => type === "url")
      .map(({ offset, length }) => new URL(text.slice(offset, offset + length)));
    expect(urls.map(({ host, pathname }) => host + pathname)).toEqual([
      "t.me/VigieBot",
      "t.me/VigieBot",
    ]);
    const payload = urls[0]?.searchParams.get("start") ?? "";
    // What Telegram hands over as the words of /start.
    expect(payload).toMatch(/^[\w-]{1,64}$/);
    const stranger = bot.server.person(7);
    expect((await stranger.ask(`/start ${payload}`)).text).toContain("/strategies");
    expect(await bot.app.access.identify("telegram", "7")).toMatchObject({ role: "viewer" });
  });

  it("becomes the person whose code they bring from another platform", async () => {
    const bot = await scene();
    const user = person("elsewhere");
    const identity = { platform: "discord", externalId: "5", userId: user.id } as const;
    await bot.accounts.createUser(user, identity);
    await bot.say("/adopt rsi-reversal-1m", user);
    const { code } = await bot.app.linking.createCode(user);
    const phone = bot.server.person(7);
    expect((await phone.ask(`/link ${code}`)).text).toContain(`belongs to ${user.name} now`);
    expect((await phone.ask("/strategies")).text).toContain("One strategy");
  });

  it("with a name of nothing visible is called by their number", async () => {
    const names: string[] = [];
    const bot = await scene({
      modules: {
        access: {
          identify: async () => null,
          redeemInvite: async (_platform, _id, name) => {
            names.push(name);
            return person("new");
          },
        },
      },
    });
    await bot.server.person(7, { first_name: "\u200B\u202E" }).ask("/start code");
    expect(names).toEqual(["Telegram 7"]);
  });

  it("is told when a code is no good, every time", async () => {
    const fault = new Fault("identity-taken", { platform: "telegram" });
    const bot = await scene({
      modules: {
        access: {
          identify: async () => null,
          redeemInvite: () => Promise.reject(fault),
          redeemLink: () => Promise.reject(fault),
        },
      },
    });
    const stranger = bot.server.person(7);
    for (const typed of ["/start bad", "/start worse", "/link 12345678"]) {
      expect((await stranger.ask(typed)).text).toContain("linked to somebody already");
    }
  });

  it("is only a stranger where codes are not known", async () => {
    const bot = await scene({ modules: { access: { identify: async () => null } } });
    expect((await bot.server.person(7).ask("/start code")).text).toContain("invited people");
  });
});

describe("in a group", () => {
  it("only commands are heard, and only those for us", async () => {
    const bot = await scene();
    const member = await bot.member(1);
    const { phone } = member;
    for (const text of ["version", "what is the version?", "/unheardof", "/version@OtherBot"]) {
      phone.sayIn(group, text);
    }
    phone.sayIn(group, "/VERSION@vigiebot", { message_id: 77 });
    const shown = await bot.server.until(() => bot.server.rooms.shownIn(group)[0]);
    await settled(member);
    expect(bot.server.rooms.shownIn(group)).toEqual([shown]);
    expect(shown).toMatchObject({ text: "Vigie 1.2.3", replyTo: 77 });
  });

  it("a topic is answered in the topic", async () => {
    const bot = await scene();
    const { phone } = await bot.member(1);
    phone.sayIn(group, "/version", { message_thread_id: 5, is_topic_message: true });
    const shown = await bot.server.until(() => bot.server.rooms.shownIn(group)[0]);
    expect(shown.threadId).toBe(5);
  });
});

describe("a borrowed voice", () => {
  const chat = { id: -5, type: "channel", title: "C" } as const;
  const origin = { type: "hidden_user", sender_user_name: "x", date: 1 } as const;
  const other = { id: 9, is_bot: true, first_name: "B", username: "OtherBot" };
  const voices: Readonly<Record<string, Partial<Message>>> = {
    "an anonymous administrator": {
      from: { id: 1_087_968_824, is_bot: true, first_name: "Group", username: "GroupAnonymousBot" },
    },
    "a chat": { sender_chat: chat },
    "a forwarded message": { forward_origin: origin },
    "another bot": { via_bot: other },
    "Telegram itself": { from: { id: 777_000, is_bot: false, first_name: "Telegram" } },
    "an edited message": { edit_date: 5 },
  };

  it.for(Object.entries(voices))("is not heard: %s", async ([, change]) => {
    const bot = await scene();
    const member = await bot.member(1);
    member.phone.say("/strategies", change);
    await settled(member);
    expect(sends(bot.server).map(({ params }) => params["text"])).toEqual(["Vigie 1.2.3"]);
  });

  it("is not heard: an edit or a channel's post, even if Telegram brings them", async () => {
    const bot = await scene();
    const member = await bot.member(1);
    const message = { ...bot.server.rooms.privateRoom(member.phone.user), text: "/strategies" };
    await settled(member);
    for (const kind of ["edited_message", "channel_post"]) {
      bot.server.forcePush({
        [kind]: { message_id: 5, date: 1, from: member.phone.user, ...message },
      });
    }
    await settled(member);
    expect(sends(bot.server)).toHaveLength(2);
  });
});

describe("a late message", () => {
  it("that would trade is refused; one that only looks is answered", async () => {
    const bot = await scene();
    const { phone, user } = await bot.member(1);
    await phone.ask("/adopt rsi-reversal-1m");
    const late = { date: Math.floor(Date.now() / 1000) - 301 };
    phone.say("/toggle 1 off", late);
    const told = await bot.server.until(() => phone.seen[1]);
    expect(told.text).toContain("more than 5 minutes old");
    expect(bot.app.queries.strategies(user)[0]?.strategy.active).toBe(true);
    phone.say("/strategies", late);
    expect((await bot.server.until(() => phone.seen[2])).text).toContain("One strategy");
    const early = { date: Math.floor(Date.now() / 1000) - 290 };
    phone.say("/toggle 1 off", early);
    expect((await bot.server.until(() => phone.seen[3])).text).toContain("is off");
  });
});

describe("two people", () => {
  it("each see and touch what is theirs, whatever number they type", async () => {
    const bot = await scene();
    const ada = await bot.member(1);
    const eve = await bot.member(2);
    await ada.phone.ask("/adopt rsi-reversal-1m");
    await ada.phone.ask("/rename 1 Adas secret");
    bot.gateway.openPosition(ada.user.id, 1);
    const before = JSON.stringify(bot.app.queries.strategies(ada.user));
    const commands = bot.catalogue.commands("trader").map(({ name }) => name);
    for (const name of commands) {
      bot.server.ahead += 1_000;
      for (const words of ["", "1", "1 yes", "all yes", "1 off"]) {
        bot.server.ahead += 1_000;
        const answer = await eve.phone.ask(`/${name} ${words}`.trim());
        expect(answer.text).not.toContain("Adas secret");
      }
    }
    expect(JSON.stringify(bot.app.queries.strategies(ada.user))).toBe(before);
    expect(bot.app.queries.positions(ada.user)).toHaveLength(1);
  });
});
