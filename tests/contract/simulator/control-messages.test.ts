/** SUBSCRIBE and its sisters on the simulated exchange, answers and errors as documented. */
import { describe, expect, it } from "vitest";
import { START, startExchange } from "./exchange-fixture.ts";

/** Room for many questions in a test; the limit itself is tested elsewhere. */
const PATIENT = { limits: { messagesPerSecond: 1000 } };

const isFrame = (text: string) => text.includes("kline_1m");

describe("control messages", () => {
  it("subscribe and unsubscribe while connected", async () => {
    const { connect, advance } = await startExchange(PATIENT);
    const client = await connect("/ws");
    const params = ["btcusdt@kline_1m", "ethusdt@kline_1m"];
    expect(await client.ask({ method: "SUBSCRIBE", params, id: 1 })).toEqual({
      result: null,
      id: 1,
    });
    await advance(START + 2000, client);
    expect(client.klines().map(({ s }) => s)).toEqual(["BTCUSDT", "ETHUSDT"]);
    await client.ask({ method: "UNSUBSCRIBE", params: ["btcusdt@kline_1m"], id: "a-2" });
    await advance(START + 4000, client);
    expect(client.klines().map(({ s }) => s)).toEqual(["BTCUSDT", "ETHUSDT", "ETHUSDT"]);
    expect(await client.ask({ method: "LIST_SUBSCRIPTIONS", id: null })).toEqual({
      result: ["ethusdt@kline_1m"],
      id: null,
    });
  });

  it("switch wrapping on and off; it starts off on /ws and on on /stream", async () => {
    const { connect, advance } = await startExchange(PATIENT);
    const raw = await connect("/ws/btcusdt@kline_1m");
    const wrapped = await connect("/stream?streams=btcusdt@kline_1m");
    const question = { method: "GET_PROPERTY", params: ["combined"], id: 9 };
    expect(await raw.ask(question)).toEqual({ result: false, id: 9 });
    expect(await wrapped.ask(question)).toEqual({ result: true, id: 9 });
    const order = { method: "SET_PROPERTY", params: ["combined", true], id: 10 };
    expect(await raw.ask(order)).toEqual({ result: null, id: 10 });
    await advance(START + 2000, raw, wrapped);
    expect(raw.texts.find(isFrame)).toBe(wrapped.texts.find(isFrame));
  });

  const refusals: readonly (readonly [string, string, object])[] = [
    [
      "an unknown property",
      '{"method":"SET_PROPERTY","params":["colour",true],"id":4}',
      { code: 0, msg: "Unknown property", id: 4 },
    ],
    [
      "a value that is not a Boolean",
      '{"method":"SET_PROPERTY","params":["combined","yes"],"id":4}',
      { code: 1, msg: "Invalid value type: expected Boolean" },
    ],
    [
      "a property name that is not a string",
      '{"method":"GET_PROPERTY","params":[5],"id":4}',
      { code: 2, msg: "Invalid request: property name must be a string" },
    ],
    [
      "a property name that is missing",
      '{"method":"GET_PROPERTY","id":4}',
      { code: 2, msg: "Invalid request: property name must be a string" },
    ],
    [
      "a missing id",
      '{"method":"LIST_SUBSCRIPTIONS"}',
      { code: 2, msg: "Invalid request: request ID must be an unsigned integer" },
    ],
    [
      "an id that is too long",
      `{"method":"LIST_SUBSCRIPTIONS","id":"${"x".repeat(37)}"}`,
      { code: 2, msg: "Invalid request: request ID must be an unsigned integer" },
    ],
    [
      "too many parameters",
      '{"method":"LIST_SUBSCRIPTIONS","params":["x"],"id":4}',
      { code: 2, msg: "Invalid request: too many parameters" },
    ],
    [
      "an unknown method",
      '{"method":"SUBSCRIB","id":4}',
      {
        code: 2,
        msg:
          "Invalid request: unknown variant `SUBSCRIB`, expected one of `SUBSCRIBE`, " +
          "`UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY` at line 1 column 20",
      },
    ],
    [
      "a missing method",
      '{"params":["btcusdt@kline_1m"],"id":4}',
      { code: 2, msg: "Invalid request: missing field `method` at line 1 column 38" },
    ],
    ["text that is not JSON", "hello", { code: 3, msg: expect.stringMatching(/^Invalid JSON: /) }],
  ];
  it.each(refusals)("refuse %s", async (_name, message, answer) => {
    const { connect } = await startExchange(PATIENT);
    const client = await connect("/ws/btcusdt@kline_1m");
    expect(JSON.parse(await client.exchange(message))).toEqual(answer);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });
});
