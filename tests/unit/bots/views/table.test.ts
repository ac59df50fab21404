/** Tables fit the width they are given, lose no row, and clip numbers last of all. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column, Table } from "../../../../bots/views/reply.ts";
import { layoutTable, PHONE_WIDTH } from "../../../../bots/views/table.ts";

const POSITIONS: Table = {
  columns: [
    { title: "#", align: "right", priority: 1 },
    { title: "Symbol", align: "left", priority: 1 },
    { title: "PnL %", align: "right", priority: 1 },
    { title: "PnL", align: "right", priority: 2 },
    { title: "Strategy", align: "left", priority: 3 },
  ],
  rows: [
    ["1", "BTCUSDT", "+2.41 %", "+6.03", "swing one"],
    ["12", "ETHUSDT", "-1.98 %", "-1,234.90", "scalp"],
  ],
};

/** Columns of a terminal that a text takes: East Asian wide characters take two. */
const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + (/[\u3040-\u9FFF]/u.test(char) ? 2 : 1), 0);

describe("a table", () => {
  it("shows all columns where there is room, numbers under one another", () => {
    expect(layoutTable(POSITIONS, 80)).toEqual([
      " #  Symbol     PnL %        PnL  Strategy",
      " 1  BTCUSDT  +2.41 %      +6.03  swing one",
      "12  ETHUSDT  -1.98 %  -1,234.90  scalp",
    ]);
  });

  it("leaves out the least important columns on a phone", () => {
    expect(layoutTable(POSITIONS, PHONE_WIDTH)).toEqual([
      " # Symbol    PnL %       PnL",
      " 1 BTCUSDT +2.41 %     +6.03",
      "12 ETHUSDT -1.98 % -1,234.90",
    ]);
    expect(layoutTable(POSITIONS, 20)[2]).toBe("12 ETHUSDT -1.98 %");
  });

  it("clips texts before numbers", () => {
    expect(layoutTable(POSITIONS, 16)).toEqual([
      " # Symb…   PnL %",
      " 1 BTCU… +2.41 %",
      "12 ETHU… -1.98 %",
    ]);
  });

  it("counts wide characters as two", () => {
    const table = { ...POSITIONS, rows: [["1", "日本語日本語", "+1 %", "", ""]] };
    for (const line of layoutTable(table, 14)) expect(widthOf(line)).toBeLessThanOrEqual(14);
  });

  it("keeps a row of nothing, and one whose cells hold line breaks", () => {
    const table = {
      ...POSITIONS,
      rows: [
        ["", "", "", "", ""],
        ["1", "two\nlines\r\nthree", "", "", ""],
      ],
    };
    expect(layoutTable(table, 60)).toHaveLength(3);
    expect(layoutTable(table, 60)[2]).toContain("two lines three");
  });

  it("lets no cell steer the terminal", () => {
    const table = { ...POSITIONS, rows: [["1", "\u001B[31mred\u001B[0m", "\u202E12", "", ""]] };
    expect(layoutTable(table, 80).join("")).not.toMatch(/\p{Cc}|\u202E/u);
  });

  const text = fc.string({
    unit: fc.constantFrom(..."abcXYZ 0123456789.,+-%…日本語é\n\t".split("")),
    maxLength: 30,
  });
  const column = fc.record<Column>({
    title: text,
    align: fc.constantFrom("left", "right"),
    priority: fc.integer({ min: 1, max: 5 }),
  });
  const tables = fc.array(column, { minLength: 1, maxLength: 8 }).chain((columns) =>
    fc.record<Table>({
      columns: fc.constant(columns),
      rows: fc.array(fc.array(text, { minLength: columns.length, maxLength: columns.length }), {
        maxLength: 12,
      }),
    }),
  );

  it("is never wider than its width and never loses a row", () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 2, max: 120 }), (table, width) => {
        const lines = layoutTable(table, width);
        expect(lines).toHaveLength(table.rows.length + 1);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it("never drops a column of first importance while each has room for a character", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 12, max: 40 }),
        (count, width) => {
          const columns = Array.from({ length: count }, (_, n): Column => ({
            title: `c${n}`,
            align: "left",
            priority: 1,
          }));
          const rows = [columns.map((_, n) => `${n}${"x".repeat(50)}`)];
          const [, line = ""] = layoutTable({ columns, rows }, width);
          expect(line.split(" ").filter((cell) => cell !== "")).toHaveLength(count);
        },
      ),
    );
  });
});
