/** What a log line holds, what it never holds, and where it goes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { Fault } from "../../../src/domain/fault.ts";
import { Decimal } from "../../../src/domain/money.ts";
import { chooseFormat, createLogger, type LoggerOptions } from "../../../src/ops/logging.ts";
import { MemoryLog } from "../../../src/ops/memory-log.ts";

const SECRET = 'canary "quoted" secret';

function capture(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const logger = createLogger({
    level: "info",
    format: "json",
    secrets: [SECRET],
    write: (line) => lines.push(line),
    ...options,
  });
  const records = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { lines, logger, records };
}

/** Stands for any library object that holds a token somewhere inside. */
class Client {
  readonly options = { token: SECRET };
  toJSON() {
    return this.options;
  }
}

describe("a line", () => {
  it("is one JSON object with level, UTC time, facts and message", () => {
    const { lines, logger, records } = capture();
    logger.warn({ timeframe: "4h", gap: 3 }, "candles missing");
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(records()).toEqual([
      {
        level: "warn",
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        timeframe: "4h",
        gap: 3,
        msg: "candles missing",
      },
    ]);
  });

  it("is written only from the chosen level upwards", () => {
    const { logger, records } = capture({ level: "warn" });
    logger.debug({}, "a");
    logger.info({}, "b");
    logger.warn({}, "c");
    logger.error({}, "d");
    expect(records().map(({ msg }) => msg)).toEqual(["c", "d"]);
  });

  it("carries the facts of every parent", () => {
    const { logger, records } = capture();
    logger.child({ part: "feed" }).child({ timeframe: "1m" }).info({ n: 1 }, "up");
    expect(records()[0]).toMatchObject({ part: "feed", timeframe: "1m", n: 1 });
  });

  it("keeps its own level, time and message when a fact has the same name", () => {
    const { logger, records } = capture();
    logger.info({ level: "high", msg: "other", time: 1 }, "mine");
    expect(records()[0]).toMatchObject({ level: "info", msg: "mine", level_: "high", time_: 1 });
  });

  it("cannot be forged by line ends or terminal codes", () => {
    for (const format of ["json", "pretty"] as const) {
      const { lines, logger } = capture({ format });
      logger.info({ name: "x\n\u001b[31mERROR", pid: 7 }, "a\nERROR: \u001b[31m");
      expect(lines.join("").trimEnd()).not.toMatch(/\p{Cc}/u);
    }
  });

  it("in pretty is for people, coloured only when asked", () => {
    const { lines, logger } = capture({ format: "pretty" });
    logger.error({ part: "feed" }, "lost");
    expect(lines[0]).toMatch(/^\[[\d-]+ [\d:.]+\] ERROR: lost \{"part":"feed"\}\n$/);
    const coloured = capture({ format: "pretty", colour: true });
    coloured.logger.error({}, "lost");
    expect(coloured.lines[0]).toContain("\u001b[31m");
  });
});

describe("facts", () => {
  it("show decimals, dates and nested values as they are", () => {
    const { logger, records } = capture();
    const at = new Date(0);
    logger.info({ price: new Decimal("1.10"), at, n: 5n, list: [{ a: null }] }, "x");
    expect(records()[0]).toMatchObject({
      price: "1.1",
      at: at.toISOString(),
      n: "5",
      list: [{ a: null }],
    });
  });

  it("of an error are its name, code, facts, message and cause", () => {
    const { logger, records } = capture();
    const socket = Object.assign(new TypeError("closed"), { code: "ECONNRESET", request: SECRET });
    logger.error({ error: new Fault("feed-lost", { timeframe: "1m" }, { cause: socket }) }, "x");
    expect(records()[0]!["error"]).toEqual({
      name: "Fault",
      code: "feed-lost",
      facts: { timeframe: "1m" },
      message: 'feed-lost {"timeframe":"1m"}',
      cause: { name: "TypeError", code: "ECONNRESET", message: "closed" },
    });
  });

  it("of an error include the stack at debug alone", () => {
    const { logger, records } = capture({ level: "debug" });
    logger.error({ err: new Error("x") }, "x");
    expect(records()[0]!["err"]).toHaveProperty("stack");
  });

  it("are bounded in length, number and depth, and cycles end", () => {
    const { lines, logger } = capture();
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    const many = Array.from({ length: 10_000 }, (_, at) => at);
    logger.info({ cycle, many, text: "x".repeat(1_000_000) }, "x");
    expect(lines[0]!.length).toBeLessThan(4_000);
  });
});

describe("a secret", () => {
  it("appears in no line, wherever it was put", () => {
    for (const format of ["json", "pretty"] as const) {
      const memory = new MemoryLog(10);
      const { lines, logger } = capture({ format, memory, level: "debug" });
      const error = Object.assign(new Error(`refused ${SECRET}`), { request: { token: SECRET } });
      logger.child({ [SECRET]: SECRET }).debug({ deep: { list: [{ SECRET }] } }, SECRET);
      logger.error({ error: new Error("x", { cause: error }) }, "x");
      logger.info({ client: new Client(), map: new Map([[SECRET, SECRET]]) }, "x");
      logger.info({ edge: "x".repeat(1_990) + SECRET }, "x");
      const everything = [...lines, ...memory.newest(10)].join("");
      expect(lines).toHaveLength(4);
      expect(everything).toContain("[secret]");
      expect(everything).not.toContain("canary");
    }
  });
});

describe("the memory", () => {
  it("keeps the newest lines in pretty form, oldest first", () => {
    const memory = new MemoryLog(3);
    const { logger } = capture({ memory });
    for (const n of [1, 2, 3, 4]) logger.info({ n }, "line");
    const shapes = memory.newest(10).map((line) => line.replace(/^\[.*\] /, ""));
    expect(shapes).toEqual([2, 3, 4].map((n) => `INFO: line {"n":${n}}`));
    expect(memory.newest(1)).toHaveLength(1);
    expect(memory.newest(0)).toEqual([]);
  });
});

describe("the destination", () => {
  it("may be exchanged while running", () => {
    const first: string[] = [];
    const second: string[] = [];
    let target = first;
    const { logger } = capture({ write: (line) => target.push(line) });
    logger.info({}, "one");
    target = second;
    logger.info({}, "two");
    expect([first.length, second.length]).toEqual([1, 1]);
  });

  it("may fail without anybody noticing", () => {
    const { logger } = capture({
      write: () => {
        throw new Error("disk full");
      },
    });
    expect(() => logger.error({}, "x")).not.toThrow();
  });

  it("may be a pipe nobody reads any more: the process lives on", async () => {
    const module = new URL("../../../src/ops/logging.ts", import.meta.url).href;
    const program = `
      const { createLogger, standardOutput } = await import(${JSON.stringify(module)});
      const write = standardOutput();
      const logger = createLogger({ level: "info", format: "json", secrets: [], write });
      logger.info({}, "first");
      process.stdin.resume().once("end", () => {
        for (let n = 0; n < 100; n += 1) logger.info({ n }, "into the void");
        setImmediate(() => process.exit(7));
      });
    `;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program]);
    const exit = once(child, "exit");
    await once(child.stdout, "data");
    child.stdout.destroy();
    child.stdin.end();
    expect(await exit).toEqual([7, null]);
  });

  it("decides the format when left to itself", () => {
    expect(chooseFormat("auto", true)).toBe("pretty");
    expect(chooseFormat("auto", false)).toBe("json");
    expect(chooseFormat("json", true)).toBe("json");
  });
});
