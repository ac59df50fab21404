/** Pings, limits and lifetimes of connections to the simulated exchange. */
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { START, startExchange } from "./exchange-fixture.ts";

const HOUR_MS = 3_600_000;

describe("pings", () => {
  it("come with a payload, and answering it keeps the connection", async () => {
    const timings = { pingEveryMs: 10, pongTimeoutMs: 400 };
    const limits = { messagesPerSecond: 1000 };
    const { connect, exchange } = await startExchange({ timings, limits });
    const client = await connect("/ws/btcusdt@kline_1m");
    for (let count = 0; count < 50; count += 1) await once(client.socket, "ping");
    expect(client.pings[0]).toBe(String(exchange.now()));
    expect(exchange.stats.connections).toBe(1);
  });

  it("unanswered end the connection with 1008", async () => {
    const timings = { pingEveryMs: 5, pongTimeoutMs: 20 };
    const { connect } = await startExchange({ timings });
    const client = await connect("/ws/btcusdt@kline_1m", { autoPong: false });
    expect(await client.closed).toEqual({ code: 1008, reason: "Pong timeout" });
  });

  it("answered with another payload count as unanswered", async () => {
    const timings = { pingEveryMs: 5, pongTimeoutMs: 30 };
    const limits = { messagesPerSecond: 1000 };
    const { connect } = await startExchange({ timings, limits });
    const client = await connect("/ws/btcusdt@kline_1m", { autoPong: false });
    client.socket.on("ping", () => client.socket.pong("something else"));
    expect(await client.closed).toEqual({ code: 1008, reason: "Pong timeout" });
  });
});

describe("the limit of five incoming messages a second", () => {
  const ask = '{"method":"LIST_SUBSCRIPTIONS","id":1}';

  it("lets five through and ends the connection at the sixth", async () => {
    const { connect } = await startExchange({ realNow: () => 1000 });
    const client = await connect("/ws");
    for (let count = 0; count < 6; count += 1) client.socket.send(ask);
    expect(await client.closed).toEqual({ code: 1008, reason: "Too many requests" });
    expect(client.texts).toHaveLength(5);
  });

  it("counts pings and pongs too", async () => {
    const { connect } = await startExchange({ realNow: () => 1000 });
    const client = await connect("/ws");
    for (let count = 0; count < 2; count += 1) client.socket.send(ask);
    for (let count = 0; count < 2; count += 1) client.socket.ping("x");
    for (let count = 0; count < 2; count += 1) client.socket.pong("");
    expect(await client.closed).toEqual({ code: 1008, reason: "Too many requests" });
  });

  it("is a rolling second", async () => {
    let real = 0;
    const { connect } = await startExchange({ realNow: () => real });
    const client = await connect("/ws");
    const sendAt = async (time: number) => {
      real = time;
      await client.exchange(ask);
    };
    for (const time of [0, 100, 200, 300, 400, 1000, 1100, 1200, 1300, 1400]) await sendAt(time);
    real = 1999;
    client.socket.send(ask);
    expect(await client.closed).toEqual({ code: 1008, reason: "Too many requests" });
    expect(client.texts).toHaveLength(10);
  });
});

describe("other limits", () => {
  it("a connection holds 1,024 streams and not one more", async () => {
    const { connect, exchange } = await startExchange();
    const names = Array.from({ length: 1024 }, (_, index) => `s${index}usdt@kline_1m`);
    const client = await connect("/ws");
    const answer = await client.ask({ method: "SUBSCRIBE", params: names, id: 1 });
    expect(answer).toEqual({ result: null, id: 1 });
    await client.ask({ method: "SUBSCRIBE", params: ["s7usdt@kline_1m"], id: 2 });
    expect(exchange.stats.connections).toBe(1);
    client.socket.send('{"method":"SUBSCRIBE","params":["onemore@kline_1m"],"id":3}');
    expect(await client.closed).toEqual({ code: 1008, reason: "Too many streams" });
  });

  it("300 connections in five minutes, then HTTP 429 until the oldest is five minutes old", async () => {
    let real = 0;
    const { connect } = await startExchange({ realNow: () => real });
    for (let count = 0; count < 300; count += 1) await (await connect("/ws")).close();
    await expect(connect("/ws")).rejects.toThrow("HTTP 429");
    real = 5 * 60_000 - 1;
    await expect(connect("/ws")).rejects.toThrow("HTTP 429");
    real = 5 * 60_000;
    await (await connect("/ws")).close();
  });

  it("a client that does not read is cut off rather than buffered for ever", async () => {
    const { connect, exchange } = await startExchange({ limits: { bufferedBytes: 1000 } });
    const client = await connect("/ws/btcusdt@kline_1m");
    client.socket.pause();
    const large = `"${"x".repeat(4_000_000)}"`;
    for (let count = 0; count < 20; count += 1) exchange.faults.sendRaw("all", large);
    await exchange.advanceTo(START + 2000);
    client.socket.resume();
    expect((await client.closed).code).toBe(1006);
  });
});

describe("the end of a connection", () => {
  it("comes after 24 hours of the exchange's time", async () => {
    const { connect, exchange, settle } = await startExchange();
    const client = await connect("/ws");
    const end = exchange.now() + 24 * HOUR_MS;
    await exchange.advanceTo(end - 1);
    await settle(client);
    expect(exchange.stats.connections).toBe(1);
    await exchange.advanceTo(end);
    expect((await client.closed).code).toBe(1001);
  });

  it("leaves its streams behind without a listener", async () => {
    const { connect, exchange } = await startExchange();
    const client = await connect("/stream?streams=btcusdt@kline_1m/btcusdt@kline_5m");
    expect(exchange.stats).toMatchObject({ connections: 1, streams: 2 });
    client.socket.close();
    await client.closed;
    // The server's side of the close is complete before it answers a later connection.
    await connect("/ws");
    expect(exchange.stats).toMatchObject({ connections: 1, streams: 0 });
  });
});
