/** The file holds every trade of one person, exactly, and nothing in it acts as a formula. */
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { MAX_EXPORTED, tradesCsv } from "../../../src/app/trade-export.ts";
import { NOON, person, testApp } from "../../support/test-app.ts";
import { closedTrade } from "../../support/test-trades.ts";

const rows = (csv: string): Record<string, string>[] => parse(csv, { columns: true });

describe("a person's trades", () => {
  it("come newest first, with exact figures and times", async () => {
    const { app, readModels } = testApp();
    readModels.addTrade(closedTrade("ada", 1));
    readModels.addTrade(closedTrade("bob", 9));
    readModels.addTrade(closedTrade("ada", 2, { pnl: "-0.000000000000000001" }));
    const file = await app.tradeExport.file(person("ada"));
    expect(file).toMatchObject({ name: "vigie-trades-2026-11-22.csv", trades: 2, total: 2 });
    const [newest, oldest] = rows(file.content);
    expect([newest?.["trade"], newest?.["pnl"]]).toEqual(["2", "-0.000000000000000001"]);
    expect(oldest).toMatchObject({
      trade: "1",
      strategy_name: "Swing",
      entry_at: "2026-11-22T12:03:22.000Z",
      exit_price: "110",
      exit_reason: "rule",
      during_outage: "false",
    });
  });

  it("are read page by page up to the limit, without one that closes meanwhile", async () => {
    const { app, readModels, clock } = testApp();
    for (let number = 1; number <= 2_500; number++) readModels.addTrade(closedTrade("ada", number));
    readModels.addTrade(closedTrade("ada", 9_999, { exitAt: clock.now() + 1 }));
    const file = await app.tradeExport.file(person("ada"));
    const numbers = rows(file.content).map((row) => Number(row["trade"]));
    expect(numbers).toEqual(Array.from({ length: 2_500 }, (_, index) => 2_500 - index));
    expect(MAX_EXPORTED).toBeGreaterThan(2_500);
  });

  it("of nobody are none", async () => {
    const { app } = testApp();
    expect(await app.tradeExport.file(person("eve"))).toMatchObject({ trades: 0, total: 0 });
  });
});

describe("a name in the file", () => {
  it.each(['=cmd|"/c calc"!A1', "+1", "-1", "@sum(a1)"])("%j cannot act as a formula", (name) => {
    const [row] = rows(tradesCsv([closedTrade("ada", 1, { strategyName: name })]));
    expect(row?.["strategy_name"]).toBe(`'${name}`);
  });

  it("may hold commas, quotes and line breaks", () => {
    const name = 'a,"b"\r\nc';
    const [row] = rows(tradesCsv([closedTrade("ada", 1, { strategyName: name, exitAt: NOON })]));
    expect(row?.["strategy_name"]).toBe(name);
  });
});
