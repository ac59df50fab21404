/**
 * Reading the parameters of a REST request as the exchange does: what is missing, empty, illegal or
 * unknown is refused with its code and wording (binance-spot-api-docs, errors.md).
 */
import { z } from "zod";
import { isTimeframe, type Timeframe } from "../../domain/timeframe.ts";

/** A refusal with HTTP status and the body {"code","msg"}. */
export class RestRefusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(code: number, msg: string, status = 400) {
    super(msg);
    this.code = code;
    this.status = status;
  }
}

const SYMBOL = "^[A-Z0-9-_.]{1,20}$";
const SYMBOL_LIST = '^\\["[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}"){0,}\\]$';
const nameList = z.array(z.string());
const INTEGER = "^[0-9]{1,20}$";

export class RestQuery {
  private readonly values: URLSearchParams;

  /** Refuses parameters that the endpoint does not know. */
  constructor(values: URLSearchParams, known: readonly string[]) {
    this.values = values;
    const sent = [...new Set(values.keys())];
    const read = sent.filter((name) => known.includes(name));
    if (read.length === sent.length) return;
    if (known.length === 0) {
      throw new RestRefusal(
        -1101,
        `Too many parameters; expected '0' and received '${sent.length}'.`,
      );
    }
    throw new RestRefusal(
      -1104,
      `Not all sent parameters were read; read '${read.length}' parameter(s) ` +
        `but was sent '${sent.length}'.`,
    );
  }

  /** A symbol name; it need not be listed. */
  symbol(): string {
    return this.optionalSymbol() ?? missing("symbol");
  }

  optionalSymbol(): string | null {
    return this.text("symbol", SYMBOL);
  }

  /** The names of a list such as ["BTCUSDT","ETHUSDT"], or null when it was not sent. */
  optionalSymbols(): readonly string[] | null {
    const list = this.text("symbols", SYMBOL_LIST);
    return list === null ? null : nameList.parse(JSON.parse(list));
  }

  /** One of the six timeframes; the exchange's other intervals are refused like unknown ones. */
  interval(): Timeframe {
    const interval = this.text("interval", "^.{1,}$") ?? missing("interval");
    if (isTimeframe(interval)) return interval;
    throw new RestRefusal(-1120, "Invalid interval.");
  }

  /** A whole number, or null when it was not sent. */
  optionalInteger(name: string): number | null {
    const text = this.text(name, INTEGER);
    return text === null ? null : Number(text);
  }

  optionalFlag(name: string): boolean | null {
    const text = this.text(name, "^(true|false)$");
    return text === null ? null : text === "true";
  }

  private text(name: string, legal: string): string | null {
    const value = this.values.get(name);
    if (value === null) return null;
    if (value === "") throw new RestRefusal(-1105, `Parameter '${name}' was empty.`);
    if (new RegExp(legal).test(value)) return value;
    throw new RestRefusal(
      -1100,
      `Illegal characters found in parameter '${name}'; legal range is '${legal}'.`,
    );
  }
}

function missing(name: string): never {
  throw new RestRefusal(
    -1102,
    `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`,
  );
}
