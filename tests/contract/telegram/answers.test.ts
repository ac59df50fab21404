/** What the bot sends: harmless whatever people wrote, cut where Telegram needs it, and not given up early. */
import { describe, expect, it } from "vitest";
import { command, type Command } from "../../../bots/catalogue/command.ts";
import type { Draft } from "../../../bots/views/reply.ts";
import { RULE } from "../../support/test-app.ts";
import { scene } from "./telegram-scene.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const shows = (name: string, draft: Draft): Command =>
  command({ name, group: "general", role: "viewer", run: () => draft });

const line = (text: string, change: Partial<Draft> = {}): Draft => ({
  tone: "neutral",
  blocks: [{ kind: "text", text }],
  ...change,
});

const go = (name: string) => ({ label: name, command: name, args: {}, style: "plain" }) as const;

describe("hostile names", () => {
  it.for([
    "<b>bold</b><script>alert(1)</script>",
    "</pre></b>&lt;&amp;",
    "*bold* _it_ [x](http://evil.example) `code`",
    "@everyone @durov_admin",
    "https://evil.com/login tg://resolve?domain=x evil.com",
    "https://t.me/EvilBot?start=abc",
    "abc\u202Edcb\u2066\u0007\u0000",
    "ﷺ".repeat(40),
    "👩‍👩‍👧‍👦".repeat(8),
  ])("are shown as they are and do nothing: %j", async (name) => {
    const bot = await scene();
    const { phone } = await bot.member(1);
    const made = await phone.ask(`/new "${name}" BTCUSDT 1h ${RULE} yes`);
    expect(made.text).toContain("runs on BTCUSDT");
    for (const typed of ["/strategies", "/strategy 1", "/why 1", "/delete 1"]) {
      const { entities } = await phone.ask(typed);
      const kinds = entities.map(({ type }) => type);
      expect(kinds.filter((kind) => ["mention", "url", "italic"].includes(kind))).toEqual([]);
    }
    expect(bot.unexpected).toEqual([]);
  });

  it("of symbols, commands and rule texts come back harmless in error messages", async () => {
    const bot = await scene();
    const { phone } = await bot.member(1);
    for (const typed of [
      "/<b>x",
      "/toggle <pre>",
      "/new a <i>x 1h y",
      `/edit 1 <b>${"x".repeat(3_000)}`,
    ]) {
      const { text } = await phone.ask(typed);
      expect(text.length).toBeGreaterThan(5);
    }
  });
});

describe("an address of ours", () => {
  it("is the one text that can be tapped, and only when it is nothing but an address", async () => {
    const link = (url: string) => ({ kind: "link", label: "see evil.com", url }) as const;
    const blocks = [link("https://t.me/VigieBot?start=A_B-1"), link("https://evil.com/ <b>")];
    const bot = await scene({ commands: [shows("links", { tone: "neutral", blocks })] });
    const { phone } = await bot.member(1);
    const { text, entities } = await phone.ask("/links");
    const urls = entities.filter(({ type }) => type === "url");
    expect(urls.map(({ offset, length }) => text.slice(offset, offset + length))).toEqual([
      "https://t.me/VigieBot?start=A_B-1",
    ]);
  });
});

describe("a long answer", () => {
  it("comes in several messages, each with its own markup, buttons under the last", async () => {
    const text = Array.from({ length: 400 }, (_, row) => `${row} < ${"&".repeat(20)}`).join("\n");
    const again = { label: "Again", command: "long", args: {}, style: "danger" } as const;
    const blocks = [
      { kind: "title", text: "Long" },
      { kind: "code", text },
    ] as const;
    const bot = await scene({
      commands: [shows("long", { tone: "good", blocks, buttons: [[again]] })],
    });
    const { phone } = await bot.member(1);
    phone.say("/long");
    const last = await bot.server.until(() => phone.seen.find((one) => one.keyboard.length > 0));
    expect(phone.seen.length).toBeGreaterThan(2);
    expect(phone.seen.at(-1)).toBe(last);
    expect(phone.seen.map((one) => one.text).join("\n")).toBe(`✅ Long\n${text}`);
    expect(phone.seen.every((one) => one.html.endsWith("</pre>"))).toBe(true);
    expect(last.keyboard[0]?.[0]).toMatchObject({ text: "Again", style: "danger" });
    // Pressed, it does not fit one message: it comes below, and the old buttons go.
    const shown = phone.seen.length;
    phone.press(last, "Again");
    await bot.server.until(() => (last.keyboard.length === 0 ? last : undefined));
    expect(phone.seen).toHaveLength(2 * shown);
  });

  it("of one endless line is cut between characters", async () => {
    const bot = await scene({ commands: [shows("long", line("🙂".repeat(5_000)))] });
    const { phone } = await bot.member(1);
    phone.say("/long");
    await bot.server.until(() => phone.seen[2]);
    const texts = phone.seen.map((one) => one.text);
    expect(texts.join("")).toBe("🙂".repeat(5_000));
    expect(texts.every((text) => text.isWellFormed())).toBe(true);
  });
});

describe("an answer with a picture", () => {
  const picture = { png: PNG, alt: "equity" };

  it("is a photo with the text under it", async () => {
    const bot = await scene({ commands: [shows("chart", line("up & up", { image: picture }))] });
    const { phone } = await bot.member(1);
    const shown = await phone.ask("/chart");
    expect(shown.text).toBe("up & up");
    expect(shown.photo).toEqual(new Uint8Array(PNG));
  });

  it("is a photo and the text after it when the text is long", async () => {
    const text = "word ".repeat(400).trim();
    const bot = await scene({ commands: [shows("chart", line(text, { image: picture }))] });
    const { phone } = await bot.member(1);
    phone.say("/chart");
    await bot.server.until(() => phone.seen[1]);
    expect(phone.seen.map((one) => one.text)).toEqual(["equity", text]);
  });

  it("is exchanged in place, and sent anew where a text stood", async () => {
    const other = { ...picture, png: Buffer.concat([PNG, Buffer.from([0])]) };
    const bot = await scene({
      commands: [
        shows("text", line("text", { buttons: [[go("one")]] })),
        shows("one", line("one", { image: picture, buttons: [[go("two")]] })),
        shows("two", line("two", { image: other, buttons: [[go("text")]] })),
      ],
    });
    const { phone } = await bot.member(1);
    const text = await phone.ask("/text");
    const one = await phone.pressAndGet(text, "one");
    expect(one.text).toBe("one");
    await phone.pressAndSee(one, "two");
    expect([one.text, one.photo?.length]).toEqual(["two", PNG.length + 1]);
    expect((await phone.pressAndGet(one, "text")).photo).toBeNull();
    expect(text.keyboard).toEqual([]);
  });
});

describe("an answer with a file", () => {
  it("brings it as a document after the text, also when a button asked for it", async () => {
    const file = { name: "trades.csv", content: "number,pnl\n1,é\n" };
    const bot = await scene({
      commands: [
        shows("export", line("One trade", { file })),
        shows("ask", line("ask", { buttons: [[go("export")]] })),
      ],
    });
    const { phone } = await bot.member(1);
    const asked = await phone.ask("/ask");
    phone.press(asked, "export");
    phone.say("/export");
    await bot.server.until(() => phone.seen[4]);
    const document = { name: "trades.csv", bytes: new Uint8Array(Buffer.from(file.content)) };
    expect(phone.seen.slice(1).map((one) => [one.text, one.document])).toEqual([
      ["One trade", null],
      ["", document],
      ["One trade", null],
      ["", document],
    ]);
  });
});

describe("an answer that Telegram does not take at once", () => {
  it("is sent again after the time Telegram asks for", async () => {
    const bot = await scene();
    const { phone } = await bot.member(1);
    const parameters = { retry_after: 1 };
    bot.server.fail("sendMessage", { kind: "error", code: 429, parameters });
    const asked = performance.now();
    expect((await phone.ask("/version")).text).toBe("Vigie 1.2.3");
    expect(performance.now() - asked).toBeGreaterThan(900);
  });

  it.for([{ kind: "error", code: 502 }, { kind: "dropped" }] as const)(
    "is sent again after %o",
    async (fault) => {
      const bot = await scene();
      const { phone } = await bot.member(1);
      bot.server.fail("sendMessage", fault, 2);
      expect((await phone.ask("/version")).text).toBe("Vigie 1.2.3");
      expect(bot.server.calls("sendMessage")).toHaveLength(3);
    },
  );

  it("is sent again with its picture", async () => {
    const image = { png: PNG, alt: "equity" };
    const bot = await scene({ commands: [shows("chart", line("up", { image }))] });
    const { phone } = await bot.member(1);
    bot.server.fail("sendPhoto", { kind: "dropped" });
    expect((await phone.ask("/chart")).photo).toEqual(new Uint8Array(PNG));
  });

  it("is given up when Telegram refuses it, and the next is answered", async () => {
    const bot = await scene();
    const { phone } = await bot.member(1);
    bot.server.fail("sendMessage", { kind: "error", code: 400 });
    phone.say("/version");
    expect((await phone.ask("/status")).text).toContain("running");
    expect(bot.logs.find(({ level }) => level === "warn")).toMatchObject({
      facts: { method: "sendMessage", code: 400 },
    });
  });

  it("comes twice rather than never when its confirmation was lost", async () => {
    const bot = await scene();
    const { phone } = await bot.member(1);
    bot.server.fail("sendMessage", { kind: "answer-lost" });
    phone.say("/version");
    await bot.server.until(() => phone.seen[1]);
    expect(phone.seen.map((one) => one.text)).toEqual(["Vigie 1.2.3", "Vigie 1.2.3"]);
  });
});

describe("while the database is away", () => {
  it("people are told, and are heard again when it is back", async () => {
    let away = true;
    const bot = await scene({
      modules: {
        access: {
          identify: async (_platform, id) => {
            if (away) throw new Error("connect ECONNREFUSED postgres://vigie:secret@db");
            return bot.accounts.userByIdentity("telegram", id);
          },
        },
      },
    });
    const { phone } = await bot.member(1);
    expect((await phone.ask("/version")).text).toContain("Something went wrong");
    away = false;
    expect((await phone.ask("/version")).text).toBe("Vigie 1.2.3");
    expect(JSON.stringify(bot.logs)).not.toContain("secret");
  });
});
