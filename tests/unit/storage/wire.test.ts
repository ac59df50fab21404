/** Cutting wire bytes into groups, and reading replies, whatever way the bytes arrive. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  endsIdle,
  fatalMessage,
  firstValue,
  GroupReader,
  queryMessage,
  syncMessage,
} from "../../../src/storage/embedded/wire.ts";

const startup = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]);

function message(type: string, body: Uint8Array | string = ""): Buffer {
  const bytes = Buffer.from(body);
  const header = Buffer.alloc(5);
  header.write(type);
  header.writeInt32BE(bytes.length + 4, 1);
  return Buffer.concat([header, bytes]);
}

const readyForQuery = (status: string) => message("Z", status);

describe("groups", () => {
  test("end at a query, a sync, a flush or a goodbye, and the startup is one of its own", () => {
    const extended = Buffer.concat([
      message("P", "a"),
      message("B", "b"),
      message("E"),
      message("S"),
    ]);
    const query = message("Q", "select 1\0");
    const flushed = Buffer.concat([message("P", "c"), message("H")]);
    const groups = new GroupReader().push(
      Buffer.concat([startup, extended, query, flushed, message("X")]),
    );
    expect(groups.map(({ bytes }) => Buffer.from(bytes))).toEqual([
      startup,
      extended,
      query,
      flushed,
      message("X"),
    ]);
    expect(groups.map(({ terminate }) => terminate)).toEqual([false, false, false, false, true]);
  });

  test("are the same however the bytes are cut on the way", () => {
    const part = fc.constantFrom("P", "B", "D", "E", "S", "H", "Q");
    const body = fc.uint8Array({ maxLength: 40 });
    const messages = fc.array(fc.tuple(part, body), { maxLength: 12 });
    fc.assert(
      fc.property(messages, fc.array(fc.nat(200), { maxLength: 10 }), (parts, cuts) => {
        const bytes = Buffer.concat([startup, ...parts.map(([type, text]) => message(type, text))]);
        const whole = new GroupReader().push(bytes);
        const reader = new GroupReader();
        const places = [...cuts.filter((cut) => cut < bytes.length), 0, bytes.length];
        const sorted = places.toSorted((a, b) => a - b);
        const pieces = sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
        const groups = pieces.flatMap((piece) => reader.push(piece));
        expect(groups.map(({ bytes: group }) => Buffer.from(group))).toEqual(
          whole.map(({ bytes: group }) => Buffer.from(group)),
        );
      }),
    );
  });
});

describe("replies", () => {
  test("end idle when the last ready-for-query says so", () => {
    expect(endsIdle(Buffer.concat([message("C", "x"), readyForQuery("I")]))).toBe(true);
    expect(endsIdle(readyForQuery("T"))).toBe(false);
    expect(endsIdle(readyForQuery("E"))).toBe(false);
    expect(endsIdle(Buffer.concat([readyForQuery("I"), readyForQuery("T")]))).toBe(false);
    expect(endsIdle(message("1"))).toBe(false);
  });

  test("give their first value, null for NULL or no row, and throw for an error", () => {
    const row = (value: string) =>
      message("D", Buffer.concat([Buffer.from([0, 1, 0, 0, 0, value.length]), Buffer.from(value)]));
    expect(firstValue(Buffer.concat([message("T"), row("42"), row("43")]))).toBe("42");
    expect(firstValue(message("D", Buffer.from([0, 1, 255, 255, 255, 255])))).toBeNull();
    expect(firstValue(message("C", "SELECT 0\0"))).toBeNull();
    expect(() => firstValue(fatalMessage("57P01", "going down"))).toThrow(/57P01.*going down/s);
  });
});

test("messages have the protocol's form and own their memory", () => {
  expect(Buffer.from(queryMessage("é"))).toEqual(message("Q", "é\0"));
  expect(Buffer.from(syncMessage())).toEqual(message("S"));
  expect(queryMessage("x").buffer.byteLength).toBe(queryMessage("x").byteLength);
});
