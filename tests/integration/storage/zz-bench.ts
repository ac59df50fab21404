import { testDatabases, silentLogger } from "../../support/database.ts";
import { openEngineStore } from "../../../src/storage/engine-store.ts";
import { acquireLease } from "../../../src/storage/lease.ts";
import { EffectWriter } from "../../../src/storage/effect-batch.ts";
import * as s from "./samples.ts";
const N = Number(process.argv[2] ?? 5000);
for (const kind of testDatabases()) {
  await using h = await kind.create();
  const { database } = h;
  const owners = Array.from({ length: 500 }, (_, i) => `u${i}`);
  await s.addUsers(database, ...owners);
  const lease = await acquireLease({ database, logger: silentLogger });
  const store = await openEngineStore({ database, lease, logger: silentLogger });
  const strategies = Array.from({ length: N }, (_, i) =>
    s.strategy(owners[i % 500]!, 1 + Math.floor(i / 500)),
  );
  const runs = strategies.map((x) => s.run(x));
  let t = performance.now();
  await store.commit(
    s.saves({ strategies, runs, ledger: runs.flatMap((r) => s.deposit(r, "10000")) }),
    1,
  );
  console.log(kind.name, "setup", Math.round(performance.now() - t));
  const leg = (purpose: "entry" | "exit", round: number) =>
    runs.flatMap((r, i) => {
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
  const w = new EffectWriter(database.orm);
  for (let round = 1; round < 4; round++)
    for (const purpose of ["entry", "exit"] as const) {
      const effects = leg(purpose, round);
      t = performance.now();
      const st = w.statements(effects);
      const enc = performance.now() - t;
      t = performance.now();
      await store.commit(effects, 1);
      console.log(
        kind.name,
        purpose,
        effects.length,
        "commit",
        Math.round(performance.now() - t),
        "encode",
        Math.round(enc),
        st.map((x) => x.params.length).length,
      );
    }
  const both = [...leg("entry", 9), ...leg("exit", 9)];
  t = performance.now();
  await store.commit(both, 1);
  console.log(kind.name, "both", both.length, Math.round(performance.now() - t));
  t = performance.now();
  const l = await store.load();
  console.log("load", Math.round(performance.now() - t), l.damaged.length, l.strategies.length);
  store.close();
  await lease.release();
}
