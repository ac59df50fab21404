/**
 * The five control messages of a stream connection and their answers. Pure: text in, text out, the
 * effect through the session. Error texts are those of web-socket-streams.md; only "Unknown property"
 * carries the id, as documented. A list that is not one of names is undocumented and answered in
 * the same style.
 */

/** What control messages can do to their connection. */
export interface ControlSession {
  combined: boolean;
  subscriptions(): readonly string[];
  subscribe(names: readonly string[]): void;
  unsubscribe(names: readonly string[]): void;
}

type RequestId = number | string | null;

interface ControlRequest {
  readonly method: Method;
  readonly params: readonly unknown[];
  readonly id: RequestId;
}

const METHODS = [
  "SUBSCRIBE",
  "UNSUBSCRIBE",
  "LIST_SUBSCRIPTIONS",
  "SET_PROPERTY",
  "GET_PROPERTY",
] as const;
type Method = (typeof METHODS)[number];

const MAX_PARAMS: Readonly<Record<Method, number>> = {
  SUBSCRIBE: Number.POSITIVE_INFINITY,
  UNSUBSCRIBE: Number.POSITIVE_INFINITY,
  LIST_SUBSCRIPTIONS: 0,
  SET_PROPERTY: 2,
  GET_PROPERTY: 1,
};

const TEXT_ID = /^[\w-]{1,36}$/;

/** Carries an error answer out of the checks. */
class Refused extends Error {
  readonly answer: object;

  constructor(code: number, msg: string, extra: object = {}) {
    super(msg);
    this.answer = { code, msg, ...extra };
  }
}

/** Does what the message asks and returns the answer to send. */
export function answerControl(text: string, session: ControlSession): string {
  try {
    const request = parseRequest(text);
    return JSON.stringify({ result: perform(request, session), id: request.id });
  } catch (error) {
    if (error instanceof Refused) return JSON.stringify(error.answer);
    throw error;
  }
}

function perform({ method, params, id }: ControlRequest, session: ControlSession): unknown {
  switch (method) {
    case "SUBSCRIBE":
      session.subscribe(streamNames(params));
      return null;
    case "UNSUBSCRIBE":
      session.unsubscribe(streamNames(params));
      return null;
    case "LIST_SUBSCRIPTIONS":
      return session.subscriptions();
    case "SET_PROPERTY": {
      checkProperty(params[0], id);
      const value = params[1];
      if (typeof value !== "boolean") throw new Refused(1, "Invalid value type: expected Boolean");
      session.combined = value;
      return null;
    }
    case "GET_PROPERTY":
      checkProperty(params[0], id);
      return session.combined;
  }
}

function parseRequest(text: string): ControlRequest {
  const message = parseJson(text);
  const fields = typeof message === "object" && message !== null ? message : {};
  if (!("method" in fields)) {
    throw invalidRequest(`missing field \`method\` at line 1 column ${text.length}`);
  }
  const method = METHODS.find((known) => known === fields.method);
  if (method === undefined) {
    const name = typeof fields.method === "string" ? fields.method : JSON.stringify(fields.method);
    const column = text.indexOf(name) + name.length + 1;
    const list = METHODS.map((known) => `\`${known}\``).join(", ");
    throw invalidRequest(
      `unknown variant \`${name}\`, expected one of ${list} at line 1 column ${column}`,
    );
  }
  const id = "id" in fields ? fields.id : undefined;
  if (!isRequestId(id)) throw invalidRequest("request ID must be an unsigned integer");
  const params = "params" in fields ? fields.params : [];
  if (!Array.isArray(params)) throw invalidRequest("params must be a sequence");
  if (params.length > MAX_PARAMS[method]) throw invalidRequest("too many parameters");
  return { method, params, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, line = "1", column = "1"] = /line (\d+) column (\d+)/.exec(String(error)) ?? [];
    throw new Refused(3, `Invalid JSON: expected value at line ${line} column ${column}`);
  }
}

function isRequestId(id: unknown): id is RequestId {
  if (typeof id === "string") return TEXT_ID.test(id);
  return id === null || Number.isInteger(id);
}

function checkProperty(name: unknown, id: RequestId): void {
  if (typeof name !== "string") throw invalidRequest("property name must be a string");
  if (name !== "combined") throw new Refused(0, "Unknown property", { id });
}

function streamNames(params: readonly unknown[]): readonly string[] {
  if (params.length === 0) throw invalidRequest("params must name a stream");
  return params.map((name) => {
    if (typeof name !== "string") throw invalidRequest("stream name must be a string");
    return name;
  });
}

function invalidRequest(detail: string): Refused {
  return new Refused(2, `Invalid request: ${detail}`);
}
