import { serverDatabases, silentLogger } from "../../support/database.ts";
import { EffectWriter } from "../../../src/storage/effect-batch.ts";
import * as s from "./samples.ts";
const N = 5000;
for (const kind of serverDatabases()) {
  await using h = await kind.create();
  const { database } = h;
  const owners = Array.from({ length: 500 }, (_, i) => `u${i}`);
  await s.addUsers(database, ...owners);
  const strategies = Array.from({ length: N }, (_, i) =>
    s.strategy(owners[i % 500]!, 1 + Math.floor(i / 500)),
  );
  const runs = strategies.map((x) => s.run(x));
  const w = new EffectWriter(database.orm);
  const pool = await database.pool();
  if (process.argv[2]?.includes("f"))
    for (const t of ["orders", "positions", "trades"])
      await pool.query(`alter table ${t} drop constraint ${t}_run_id_foreign`);
  if (process.argv[2]?.includes("t"))
    await pool.query("alter table ledger_entries disable trigger all");
  if (process.argv[2]?.includes("j")) await pool.query("set jit=off");
  const c = await pool.connect();
  const exec = async (name: string, effects: any) => {
    const t0 = performance.now();
    const st = w.statements(effects);
    const enc = performance.now() - t0;
    const T0 = performance.now();
    console.log(name, "encode", Math.round(enc));
    await c.query("begin");
    for (const x of st) {
      const t = performance.now();
      const cpu = process.cpuUsage();
      await c.query(x.sql, [...x.params]);
      const d = process.cpuUsage(cpu);
      console.log(
        "  ",
        x.sql.slice(12, 30),
        Math.round(performance.now() - t),
        "ms; node cpu",
        Math.round((d.user + d.system) / 1000),
        "bytes",
        x.params.reduce((a, b) => a + b.length, 0),
      );
    }
    const t = performance.now();
    await c.query("commit");
    console.log(
      "   commit",
      Math.round(performance.now() - t),
      "SUM",
      Math.round(performance.now() - T0),
    );
  };
  await exec(
    "setup",
    s.saves({ strategies, runs, ledger: runs.flatMap((r) => s.deposit(r, "10000")) }),
  );
  for (let round = 1; round < 3; round++)
    for (const purpose of ["entry", "exit"] as const) {
      const effects = runs.flatMap((r, i) => {
        const d = s.decision(r, { id: `${r.id}:BTCUSDT:${round}:${purpose}` });
        const o = s.order(r, { id: d.id + ":x", decisionId: d.id, purpose, state: "submitted" });
        const f = s.fill(o);
        const line = { transactionId: f.id, runId: r.id, ownerId: r.ownerId, at: s.NOON };
        const lines = [
          ["wallet", "USDT", "-1000.5"],
          ["exchange", "USDT", "999.5"],
          ["fees", "USDT", "1"],
          ["wallet", "BTC", "0.015"],
          ["exchange", "BTC", "-0.015"],
        ].map(([account, asset, amount], k) => ({
          ...line,
          id: `${f.id}.${k}`,
          account: account as any,
          asset: asset!,
          amount: amount!,
        }));
        const p = s.position(
          r,
          round * 1000 + Math.floor(i / 500) + 1,
          purpose === "exit" ? { closedAt: s.NOON + 4 } : {},
        );
        return [
          { kind: "record-decision", decision: d },
          { kind: "save-order", order: o },
          { kind: "save-run", run: r },
          ...s.saves({
            orders: [{ ...o, state: "filled", amount: "1" }],
            fills: [f],
            ledger: lines,
            runs: [r],
            positions: [p],
            trades: purpose === "exit" ? [s.trade(p)] : [],
          }),
          {
            kind: "notify",
            notice: s.notice(`${d.id}`, r.ownerId, {
              body:
                purpose === "exit"
                  ? { kind: "exit", trade: s.trade(p), strategyName: "x" }
                  : { kind: "entry", position: p, strategyName: "x" },
            }),
          },
        ] as any[];
      });
      await exec(purpose, effects);
    }
  c.release();
}
