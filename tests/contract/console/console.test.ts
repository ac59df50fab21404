/**
 * The console over real streams: piped commands are answered in order and the end of input is no end of
 * anything else; on a terminal, what is printed leaves what is typed alone.
 */
import { setImmediate as turn } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { ConsoleNotifier } from "../../../bots/console/notifier.ts";
import type { User } from "../../../src/domain/user.ts";
import type { NoticeBody } from "../../../src/domain/notice.ts";
import { open, root } from "./console-fixture.ts";
import { NOON, RULE } from "../../support/test-app.ts";

describe("piped commands", () => {
  it("are answered one after the other, and the end of input ends quietly", async () => {
    const { input, console, written, quits, bot } = open();
    input.end(`/new A BTCUSDT 1h ${RULE} yes\n\n/rename 1 B\n/version\n/strategies`);
    await console.done;
    const order = ["#1 A runs on BTCUSDT", "#1 B is changed", "Vigie 1.2.3", "One strategy, 1 on"];
    const places = order.map((text) => written().indexOf(text));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(quits).toEqual([]);
    expect(bot.app.strategies.find(root, 1).strategy.name).toBe("B");
    expect(written()).not.toContain("vigie>");
  });

  it("still let messages through after the end of input", async () => {
    const { input, console, written, shows } = open();
    input.end();
    await console.done;
    console.print("later");
    await shows("later");
    expect(written()).toBe("later\n");
  });

  it("confirm by yes in the same line or in the next", async () => {
    const { input, console, written, bot } = open();
    input.end("/restart\nyes\n/restart yes\n/restart\nno\n/restart\n/version\n/restart\n");
    await console.done;
    expect(bot.gateway.restarts).toBe(2);
    expect(written().match(/Type yes to confirm/g)).toHaveLength(4);
    // A command instead of an answer cancels and is carried out.
    expect(written()).toContain("Nothing was done.\nVigie 1.2.3\n");
  });

  it("do not let a stale yes confirm anything", async () => {
    const { input, console, bot, written } = open();
    input.end("yes\n/restart\n/version\nyes\n");
    await console.done;
    expect(bot.gateway.restarts).toBe(0);
    expect(written()).toContain('There is no command "yes"');
  });

  it("can stop the service", async () => {
    const { input, console, quits } = open();
    input.end("/version\nquit\n/exit\n");
    await console.done;
    expect(quits).toHaveLength(2);
  });

  it("are answered even while the person cannot be found", async () => {
    const away = new Error("database away");
    let calls = 0;
    const actor = async (): Promise<User> => {
      calls += 1;
      if (calls === 2) throw away;
      return root;
    };
    const { input, console, written, errors } = open({ actor });
    input.end("/balance\n/version\n");
    await console.done;
    expect(errors).toEqual([away]);
    expect(written()).toMatch(/^Something went wrong here[^\n]*\nVigie 1\.2\.3\n$/);
  });

  it("stop being read when the console is closed", async () => {
    const { input, console, bot } = open();
    console.close();
    input.write("/restart yes\n");
    await console.done;
    expect(bot.gateway.restarts).toBe(0);
  });

  it("take new settings into account at once", async () => {
    let user = root;
    const terminal = open({ actor: async () => user });
    terminal.input.write("/settings language fr\n");
    await terminal.shows("Vos réglages");
    user = { ...root, language: "fr" };
    terminal.input.end("/restart\noui\n");
    await terminal.console.done;
    expect(terminal.written()).toContain("Tapez oui pour confirmer");
    expect(terminal.bot.gateway.restarts).toBe(1);
  });
});

/** The screen as a person sees it, from what was written to it: enough of a terminal for a prompt. */
function screenOf(written: string, columns = 200): readonly string[] {
  const rows: string[] = [""];
  let row = 0;
  let column = 0;
  for (const [token] of written.matchAll(/\p{Cc}\[\d*[A-K]|[^]/gu)) {
    const escape = /^\p{Cc}\[(\d*)([A-K])$/u.exec(token);
    const count = Number(escape?.[1] === "" ? 1 : escape?.[1]);
    if (escape?.[2] === "A") row = Math.max(0, row - count);
    else if (escape?.[2] === "C") column += count;
    else if (escape?.[2] === "D") column = Math.max(0, column - count);
    else if (escape?.[2] === "G") column = count - 1;
    else if (escape?.[2] === "J" || escape?.[2] === "K") {
      rows[row] = (rows[row] ?? "").slice(0, column);
      if (escape[2] === "J") rows.length = row + 1;
    } else if (token === "\n") {
      row += 1;
      rows[row] ??= "";
    } else if (token === "\r") column = 0;
    else if (!token.startsWith("\u001B")) {
      if (column === columns) {
        row += 1;
        column = 0;
      }
      const line = (rows[row] ?? "").padEnd(column);
      rows[row] = line.slice(0, column) + token + line.slice(column + 1);
      column += 1;
    }
    if (token === "\n") column = 0;
  }
  return rows;
}

describe("a terminal", () => {
  it("greets, prompts and answers above the prompt", async () => {
    const { input, shows, written } = open({ interactive: true });
    await shows("Ctrl-C stops the service.");
    input.write("/version\r");
    await shows("\nVigie 1.2.3\n");
    expect(screenOf(written()).at(-1)).toBe("vigie> ");
  });

  it("shows a message above what is being typed, and the typing goes on", async () => {
    const { input, console, shows, written } = open({ interactive: true });
    await shows("stops the service.");
    input.write("/ver");
    await shows("/ver");
    console.print("a notice\nof two lines");
    await shows("of two lines");
    expect(screenOf(written()).slice(-3)).toEqual(["a notice", "of two lines", "vigie> /ver"]);
    input.write("sion\r");
    await shows("\nVigie 1.2.3\n");
    expect(screenOf(written())).toContain("Vigie 1.2.3");
  });

  it("shows a message above a text that fills several rows", async () => {
    const { input, console, shows, written } = open({ interactive: true, columns: 30 });
    await shows("stops the service.");
    const typed = `/new A BTCUSDT 1h ${RULE}`;
    input.write(typed);
    await shows(typed.slice(-10));
    for (const message of ["first", "second"]) {
      console.print(message);
      await shows(message);
    }
    const line = `vigie> ${typed}`;
    const rows = [line.slice(0, 30), line.slice(30, 60), line.slice(60, 90)];
    expect(screenOf(written(), 30).slice(-5)).toEqual(["first", "second", ...rows]);
  });

  it("completes commands with the Tab key and remembers earlier ones", async () => {
    const { input, shows, written } = open({ interactive: true });
    await shows("stops the service.");
    input.write("/vers\t");
    await shows("/version");
    input.write("\r");
    await shows("\nVigie 1.2.3\n");
    input.write("\u001B[A");
    await shows("vigie> /version");
    expect(screenOf(written()).at(-1)).toBe("vigie> /version");
  });

  it("clears the line with Ctrl-C, and stops the service with Ctrl-C on an empty one", async () => {
    const { input, shows, quits, written } = open({ interactive: true });
    await shows("stops the service.");
    input.write("/restart");
    await shows("/restart");
    input.write("\u0003");
    input.write("/version\r");
    await shows("\nVigie 1.2.3\n");
    expect(quits).toEqual([]);
    expect(stripVTControlCharacters(written())).not.toContain("no command");
    input.write("\u0003");
    input.write("/balance\r");
    await shows("Balance of");
    expect(quits).toHaveLength(1);
  });

  it("tells at Ctrl-D that the service goes on", async () => {
    const { input, console, shows, quits, written } = open({ interactive: true });
    await shows("stops the service.");
    input.write("\u0004");
    await console.done;
    await shows("The console is closed; the service goes on.");
    console.print("and messages still come");
    await shows("and messages still come\n");
    expect(screenOf(written()).slice(-3)).toEqual([
      "The console is closed; the service goes on.",
      "and messages still come",
      "",
    ]);
    expect(quits).toEqual([]);
  });
});

const notifier = (print: (text: string) => void, actor = async (): Promise<User> => root) =>
  new ConsoleNotifier({ actor, print, width: () => 80, color: false, quoteAsset: "USDT" });

const away = async (): Promise<User> => {
  throw new Error("database away");
};

describe("notices", () => {
  const body: NoticeBody = { kind: "feed-healed", downMs: 61_000 };
  const notice = { id: "n1", ownerId: "root", at: NOON, body };

  it("are printed for the person at the terminal", async () => {
    const printed: string[] = [];
    const delivery = await notifier((text) => printed.push(text)).deliver(notice);
    expect(delivery).toEqual({ outcome: "sent" });
    expect(printed).toEqual(["14:03:22 UTC The market feed is back after 1m 1s"]);
  });

  it("of other people have no address here", async () => {
    const printed: string[] = [];
    const delivery = await notifier((text) => printed.push(text)).deliver({
      ...notice,
      ownerId: "x",
    });
    expect(delivery).toEqual({ outcome: "no-address" });
    expect(printed).toEqual([]);
  });

  it("are tried again when the person cannot be found", async () => {
    const delivery = await notifier(() => undefined, away).deliver(notice);
    expect(delivery).toEqual({ outcome: "retry", afterMs: 5_000, error: "unexpected" });
  });
});

describe("a question on a terminal", () => {
  it("lists what may be typed, and takes the next line for the answer", async () => {
    const { bot, input, written, console } = open();
    await bot.say("/adopt rsi-reversal-1m", root);
    input.end("/strategy\n1\n/strategy\n\n1");
    await console.done;
    expect(written()).toContain("Which strategy?\nWrite one of these");
    expect(written()).toContain("  1      #1 RSI reversal 1m (BTCUSDT 1m)\n#1 RSI reversal 1m\n");
    expect(written()).toContain('Nothing was done.\nThere is no command "1"');
  });
});

describe("a long command on a terminal", () => {
  it("says how far it is in front of the prompt, lets others through and ends with /cancel", async () => {
    const { bot, input, shows, written } = open({ interactive: true });
    await shows("stops the service.");
    bot.exchange.gate = new Promise(() => undefined);
    input.write("/backtest adx-trend-1d\r");
    await shows("[Fetching candles, 0 %] vigie>");
    input.write("/version\r");
    await shows("\nVigie 1.2.3\n");
    input.write("/cancel\r");
    await shows("Stopped: /backtest.");
    while (screenOf(written()).at(-1) !== "vigie> ") await turn();
    bot.exchange.gate = Promise.resolve();
    input.write("/backtest adx-trend-1d\r");
    await shows("Backtest: BTCUSDT 1d");
  });
});
