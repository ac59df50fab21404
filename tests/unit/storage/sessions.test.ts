/** Many connections on one session: order, ownership, and what becomes of those who leave or stall. */
import { beforeEach, describe, expect, test } from "vitest";
import { Sessions, type Session } from "../../../src/storage/embedded/sessions.ts";

/** A database that only knows whether a transaction is open, by the words begin, commit, rollback. */
class OneSession {
  readonly ran: string[] = [];
  #status = "I";

  run = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
    const text = Buffer.from(bytes).toString("latin1");
    const sql = text.startsWith("Q") ? text.slice(5, -1) : text.charAt(0);
    this.ran.push(sql);
    if (sql === "begin") this.#status = "T";
    if (sql === "commit" || sql === "rollback") this.#status = "I";
    const status = this.#status.charCodeAt(0);
    return text.startsWith("H") ? new Uint8Array() : Uint8Array.of(0x5a, 0, 0, 0, 5, status);
  };
}

const startup = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]);

function query(sql: string): Buffer {
  const header = Buffer.from("Q\0\0\0\0");
  header.writeInt32BE(sql.length + 5, 1);
  return Buffer.concat([header, Buffer.from(`${sql}\0`)]);
}

describe("sessions", () => {
  let engine: OneSession;
  let sessions: Sessions;
  let closed: string[];
  let replies: Map<string, string[]>;
  beforeEach(() => {
    engine = new OneSession();
    sessions = new Sessions(engine.run);
    closed = [];
    replies = new Map();
  });

  function connect(name: string): Session {
    const session = sessions.connect({
      send: (reply) => {
        const known = replies.get(name) ?? [];
        replies.set(name, [...known, Buffer.from(reply).toString("latin1")]);
      },
      close: () => closed.push(name),
    });
    sessions.receive(session, startup, 0);
    engine.ran.length = 0;
    return session;
  }

  test("a transaction is not mixed with what others send", () => {
    const [a, b] = [connect("a"), connect("b")];
    sessions.receive(a, query("begin"), 0);
    sessions.receive(b, query("of b"), 0);
    sessions.receive(a, query("of a"), 0);
    expect(engine.ran).toEqual(["begin", "of a"]);
    expect(sessions.idle).toBe(false);
    sessions.receive(a, query("commit"), 0);
    expect(engine.ran).toEqual(["begin", "of a", "commit", "of b"]);
    expect(sessions.idle).toBe(true);
  });

  test("those who wait are served in the order they came, one group each", () => {
    const [a, b, c] = [connect("a"), connect("b"), connect("c")];
    sessions.receive(a, query("begin"), 0);
    sessions.receive(b, Buffer.concat([query("b1"), query("b2")]), 0);
    sessions.receive(c, query("c1"), 0);
    sessions.receive(a, query("commit"), 0);
    expect(engine.ran).toEqual(["begin", "commit", "b1", "c1", "b2"]);
  });

  test("a flush keeps the session: its group goes on", () => {
    const [a, b] = [connect("a"), connect("b")];
    sessions.receive(a, Buffer.from("H\0\0\0\x04"), 0);
    sessions.receive(b, query("of b"), 0);
    expect(engine.ran).toEqual(["H"]);
    sessions.receive(a, Buffer.from("S\0\0\0\x04"), 0);
    expect(engine.ran).toEqual(["H", "S", "of b"]);
  });

  test("whoever leaves inside a transaction has it rolled back, and the others go on", () => {
    const [a, b] = [connect("a"), connect("b")];
    sessions.receive(a, query("begin"), 0);
    sessions.receive(b, query("of b"), 0);
    sessions.disconnect(a, 0);
    expect(engine.ran).toEqual(["begin", "S", "rollback", "of b"]);
    expect(closed).toEqual(["a"]);
  });

  test("a goodbye closes, and nothing is heard from it afterwards", () => {
    const a = connect("a");
    sessions.receive(a, Buffer.from("X\0\0\0\x04"), 0);
    sessions.receive(a, query("late"), 0);
    expect(closed).toEqual(["a"]);
    expect(engine.ran).toEqual([]);
  });

  test("a transaction that idles is ended only when others wait, and is told why", () => {
    const [a, b] = [connect("a"), connect("b")];
    sessions.receive(a, query("begin"), 1000);
    sessions.expireIdleOwner(99_000, 500);
    expect(closed).toEqual([]);
    sessions.receive(b, query("of b"), 99_000);
    sessions.expireIdleOwner(1499, 500);
    expect(closed).toEqual([]);
    sessions.expireIdleOwner(1500, 500);
    expect(closed).toEqual(["a"]);
    expect(replies.get("a")?.at(-1)).toContain("25P03");
    expect(engine.ran).toEqual(["begin", "S", "rollback", "of b"]);
  });

  test("closing drops everybody without serving who waits", () => {
    const [a, b] = [connect("a"), connect("b")];
    sessions.receive(a, query("begin"), 0);
    sessions.receive(b, query("of b"), 0);
    sessions.closeAll(0);
    expect(closed).toEqual(["a", "b"]);
    expect(engine.ran).toEqual(["begin", "S", "rollback"]);
  });
});
