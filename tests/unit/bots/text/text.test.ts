/**
 * Nobody is left with a key instead of a sentence: every key the code uses exists in every language, every
 * fault and code has its words, and sentences ask for nothing that is not given.
 */
import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hasText, languageFor, LANGUAGES, text, textKeys } from "../../../../bots/text/text.ts";
import { NOTICE_TOPICS, STATUS_RHYTHMS, WISHES } from "../../../../src/domain/notice-settings.ts";
import { PLATFORMS } from "../../../../src/domain/user.ts";
import { RULE_FAULT_CODES } from "../../../../src/rules/fault.ts";

const ROOT = new URL("../../../../", import.meta.url).pathname;
const sources = (pattern: string): readonly string[] =>
  globSync(pattern, { cwd: ROOT }).map((path) => readFileSync(`${ROOT}${path}`, "utf8"));

const found = (files: readonly string[], pattern: RegExp): readonly string[] => [
  ...new Set(files.flatMap((file) => [...file.matchAll(pattern)].map((match) => match[1] ?? ""))),
];

/** Variables of each message of a language's file, by key. */
function variables(language: string): ReadonlyMap<string, readonly string[]> {
  const source = readFileSync(`${ROOT}bots/text/${language}.ftl`, "utf8");
  const messages = source.split(/\n(?=[a-z][a-z0-9_-]* =)/).slice(1);
  return new Map(
    messages.map((message) => {
      const key = /^[^ ]+/.exec(message)?.[0] ?? "";
      const names = [...message.matchAll(/\$([A-Za-z]+)/g)].map((match) => match[1] ?? "");
      return [key, [...new Set(names)].toSorted()];
    }),
  );
}

const ENGLISH = variables("en");

describe("languages", () => {
  it.each(LANGUAGES)("%s has every key, with the same variables", (language) => {
    expect(textKeys(language).toSorted()).toEqual(textKeys("en").toSorted());
    expect(variables(language)).toEqual(ENGLISH);
    expect([...ENGLISH.keys()].toSorted()).toEqual(textKeys("en").toSorted());
  });

  it("serve their varieties, and English serves the rest", () => {
    expect(["fr", "fr-CA", "FR", "en-GB", "de", ""].map(languageFor)).toEqual([
      "fr",
      "fr",
      "fr",
      "en",
      "en",
      "en",
    ]);
    expect(text("fr-CA", "button-cancel")).toBe("Annuler");
    expect(text("de", "button-cancel")).toBe("Cancel");
  });

  it("show an unknown key rather than nothing", () => {
    expect(text("en", "no-such-key")).toBe("no-such-key");
    expect(hasText("en", "no-such-key")).toBe(false);
  });

  it("put arguments in as they are, without marks of their own", () => {
    expect(text("en", "usage", { usage: "{ $x } \u2068" })).toBe("Usage: { $x } \u2068");
    expect(text("fr", "strategies-count", { count: 1, active: 1 })).toBe("Une stratégie, 1 active");
  });
});

describe("keys the code uses", () => {
  const bots = sources("bots/**/*.ts");

  it("exist where they are written out", () => {
    const direct = found(
      bots,
      /\b(?:text|say|line|to|field|closing)\(\s*(?:reader,\s*(?:"[a-z]+",\s*)?)?"([a-z][a-z_]*-[a-z_-]+)"/g,
    );
    const options = found(bots, /"(option-[a-z-]+)"/g).filter(
      (key) => !hasText("en", `fault-${key}`),
    );
    const used = [...direct, ...options];
    expect(used.length).toBeGreaterThan(120);
    expect(used.filter((key) => !hasText("en", key) && !hasText("en", `field-${key}`))).toEqual([]);
  });

  it("exist where they are put together", () => {
    const parts: Readonly<Record<string, readonly string[]>> = {
      "exit-": reasons("src/domain/order.ts", "ExitReason"),
      "side-": ["long", "short"],
      "progress-": ["fetching", "testing", "begin"],
      "daemon-": reasons("src/ports/engine-gateway.ts", "DaemonState"),
      "profit-by-": reasons("src/ports/read-models.ts", "ProfitGrouping"),
      "column-by-": reasons("src/ports/read-models.ts", "ProfitGrouping"),
      "judging-": reasons("src/domain/strategy.ts", "Judging"),
      "role-": ["viewer", "trader", "admin"],
      "truth-": ["yes", "no", "unknown"],
      "mark-": ["yes", "no", "unknown"],
      "period-": ["today", "week", "month", "all"],
      "button-by-": ["day", "week", "month"],
      "toggled-one-": ["on", "off"],
      "toggled-many-": ["on", "off"],
      "confirm-toggle-": ["on", "off"],
      "close-": ["done", "waiting"],
      "platform-": PLATFORMS,
      "wish-": WISHES,
      "topic-": NOTICE_TOPICS,
      "rhythm-": STATUS_RHYTHMS,
      "missing-": found(sources("src/engine/statistics/measured.ts"), /\| "([a-z0-9 ]+)"/g).map(
        (reason) => reason.replaceAll(" ", "-"),
      ),
      "told-": found(sources("src/domain/notice.ts"), /kind: "([a-z-]+)"/g),
    };
    const keys = Object.entries(parts).flatMap(([prefix, all]) => all.map((one) => prefix + one));
    expect(keys.length).toBeGreaterThan(50);
    expect(keys.filter((key) => !hasText("en", key))).toEqual([]);
  });

  /** The members of a union of words, as its file declares it. */
  function reasons(path: string, type: string): readonly string[] {
    const [file = ""] = sources(path);
    const union = new RegExp(`type ${type} =([^;]+);`).exec(file)?.[1] ?? "";
    return found([union], /"([a-z_-]+)"/g);
  }
});

describe("faults", () => {
  const thrown = found(sources("{src,bots,config}/**/*.ts"), /new Fault\(\s*"([a-z-]+)"/g);
  const optionFaults = found(sources("bots/catalogue/*.ts"), /(?:bad\(|, )"(option-[a-z-]+)"/g);
  const [leaving = "", move = ""] = ["leaving", "move"].flatMap((name) =>
    sources(`src/engine/trading/${name}.ts`),
  );
  const outcomes = [
    "not-found",
    ...found([/type Hindrance =[^;]+/.exec(leaving)?.[0] ?? ""], /"([a-z-]+)"/g),
    ...found([/type NoMove =[^;]+/.exec(move)?.[0] ?? ""], /"([a-z-]+)"/g),
  ];

  it("all have a sentence", () => {
    const codes = [...thrown, ...optionFaults, ...outcomes, ...Object.keys(RULE_FAULT_CODES)];
    expect(codes).toEqual(expect.arrayContaining(["price-stale", "not-traded", "no-position"]));
    expect(codes.length).toBeGreaterThan(80);
    expect(codes.filter((code) => !hasText("en", `fault-${code}`))).toEqual([]);
  });

  it("of the rule language ask for nothing but the facts they are given", () => {
    const always = ["line", "column", "length", "found", "code"];
    for (const [code, facts] of Object.entries(RULE_FAULT_CODES)) {
      const wanted = ENGLISH.get(`fault-${code}`) ?? [];
      const given: readonly string[] = [...always, ...facts];
      expect([code, wanted.filter((name) => !given.includes(name))]).toEqual([code, []]);
    }
  });

  it("elsewhere ask for nothing but the facts they are given", () => {
    const sites = sources("{src,bots,config}/**/*.ts").flatMap((file) => [
      // Facts put together elsewhere cannot be read off here.
      ...file.matchAll(/new Fault\(\s*"([a-z-]+)"(?:,\s*\{([^}]*)\})?(?:,\s*\{[^}]*\})?,?\s*\)/g),
    ]);
    const checked = sites.filter(([, , facts = ""]) => !/\.\.\.|\$\{/.test(facts));
    expect(checked.length).toBeGreaterThan(50);
    for (const [, code = "", facts = ""] of checked) {
      const given = [...facts.matchAll(/(?:^|,)\s*([A-Za-z]+)/g)].map((match) => match[1] ?? "");
      const wanted = ENGLISH.get(`fault-${code}`) ?? [];
      // A gateway knows only the number; what it counts is said by the application.
      const optional = code === "not-found" ? ["what", "code"] : ["code"];
      const missing = wanted.filter((name) => ![...given, ...optional].includes(name));
      expect([code, missing]).toEqual([code, []]);
    }
  });
});

describe("what blocks an entry", () => {
  it("is told in words, whichever part of the engine says so", () => {
    const engine = sources("src/engine/**/*.ts");
    const why = found(sources("src/engine/why.ts"), /block\([^;]*?"([a-z-]+)"/g);
    const judgement = found(
      sources("src/engine/trading/judgement.ts"),
      /return "([a-z]+-?[a-z]+)";/g,
    );
    const refusals = found(
      engine.flatMap((file) => /type Refusal =[^;]+/.exec(file)?.[0] ?? []),
      /"([a-z-]+)"/g,
    );
    const codes = [...why, ...judgement, ...refusals];
    expect(codes).toEqual(expect.arrayContaining(["cooldown", "missed", "below-min-notional"]));
    expect(codes.filter((code) => !hasText("en", `block-${code}`))).toEqual([]);
  });
});
