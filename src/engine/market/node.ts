/**
 * Nodes of the shared condition graph. A node is one distinct number or truth per candle, computed
 * once whoever uses it; nodes are kept in an order in which operands come first. Everything a node
 * remembers is its own past values and, for an indicator, its kernel's state, so that a forming
 * candle can be tried (`advance`) and taken back (`retreat`) by two small methods.
 *
 * Truth is a number too: 1 true, 0 false, NaN unknown (an operand is still warming up).
 */
import type { PriceField } from "../../domain/rule.ts";
import type { Bar, Kernel } from "./kernel.ts";

export const TRUE = 1;
export const FALSE = 0;
export const UNKNOWN = NaN;

export abstract class Node {
  value = NaN;
  /** Parents and plans that use it; at 0 the graph drops it. */
  references = 0;
  readonly key: string;
  readonly operands: readonly Node[];
  #past: Float64Array = new Float64Array(0);
  #head = 0;
  #overwritten = NaN;
  #before = NaN;

  constructor(key: string, operands: readonly Node[]) {
    this.key = key;
    this.operands = operands;
  }

  protected abstract compute(bar: Bar): number;

  /** Asks for the values of the last `candles` candles to be kept; forgets what it held. */
  remember(candles: number): void {
    if (candles > this.#past.length) this.#past = new Float64Array(candles).fill(NaN);
  }

  /** The value `candles` candles ago; 0 is the present one. */
  ago(candles: number): number {
    if (candles === 0) return this.value;
    const size = this.#past.length;
    return this.#past[(this.#head - candles + 2 * size) % size] ?? NaN;
  }

  advance(bar: Bar): void {
    this.#before = this.value;
    if (this.#past.length > 0) {
      this.#overwritten = this.#past[this.#head] ?? NaN;
      this.#past[this.#head] = this.value;
      this.#head = (this.#head + 1) % this.#past.length;
    }
    this.value = this.compute(bar);
  }

  /** Undoes the last `advance`, once. */
  retreat(): void {
    this.value = this.#before;
    if (this.#past.length > 0) {
      this.#head = (this.#head + this.#past.length - 1) % this.#past.length;
      this.#past[this.#head] = this.#overwritten;
    }
  }

  reset(): void {
    this.value = NaN;
    this.#past.fill(NaN);
    this.#head = 0;
  }
}

export class NumberNode extends Node {
  readonly #number: number;
  constructor(key: string, number: number) {
    super(key, []);
    this.#number = number;
  }
  protected override compute(): number {
    return this.#number;
  }
}

export class PriceNode extends Node {
  readonly #field: PriceField;
  constructor(key: string, field: PriceField) {
    super(key, []);
    this.#field = field;
  }
  protected override compute(bar: Bar): number {
    switch (this.#field) {
      case "hl2":
        return (bar.high + bar.low) / 2;
      case "hlc3":
        return (bar.high + bar.low + bar.close) / 3;
      case "ohlc4":
        return (bar.open + bar.high + bar.low + bar.close) / 4;
      default:
        return bar[this.#field];
    }
  }
}

/** One kernel; its outputs are read by OutputNodes. */
export class KernelNode extends Node {
  readonly kernel: Kernel;
  readonly #make: () => Kernel;
  readonly #saved: Float64Array;
  constructor(key: string, source: Node | null, make: () => Kernel) {
    super(key, source === null ? [] : [source]);
    this.#make = make;
    this.kernel = make();
    this.#saved = this.kernel.state.slice();
  }
  protected override compute(bar: Bar): number {
    this.kernel.next(this.operands[0]?.value ?? NaN, bar);
    return 0;
  }
  /** Called before a forming candle is tried; `retreat` then brings the kernel back. */
  save(): void {
    this.#saved.set(this.kernel.state);
  }
  override retreat(): void {
    super.retreat();
    this.kernel.state.set(this.#saved);
  }
  override reset(): void {
    super.reset();
    this.kernel.state.set(this.#make().state);
  }
}

export class OutputNode extends Node {
  readonly #kernel: Kernel;
  readonly #output: number;
  constructor(key: string, source: KernelNode, output: number) {
    super(key, [source]);
    this.#kernel = source.kernel;
    this.#output = output;
  }
  protected override compute(): number {
    return this.#kernel.outputs[this.#output] ?? NaN;
  }
}

export class OffsetNode extends Node {
  readonly #candles: number;
  constructor(key: string, operand: Node, candles: number) {
    super(key, [operand]);
    this.#candles = candles;
    operand.remember(candles);
  }
  protected override compute(): number {
    return this.operands[0]?.ago(this.#candles) ?? NaN;
  }
}

/** Value on the last closed candle of another timeframe, as of this candle's close. */
export class ForeignNode extends Node {
  readonly #valueAt: (time: number) => number;
  readonly #lengthMs: number;
  constructor(key: string, lengthMs: number, valueAt: (time: number) => number) {
    super(key, []);
    this.#valueAt = valueAt;
    this.#lengthMs = lengthMs;
  }
  protected override compute(bar: Bar): number {
    return this.#valueAt(bar.openTime + this.#lengthMs);
  }
}

export type ArithmeticOperator = "+" | "-" | "*" | "/";

/** What has no finite value (division by zero, overflow) has no value at all. */
export function calculate(operator: ArithmeticOperator, left: number, right: number): number {
  const result = raw(operator, left, right);
  return Number.isFinite(result) ? result : NaN;
}

function raw(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
  }
}

export class ArithmeticNode extends Node {
  readonly #operator: ArithmeticOperator;
  readonly #left: Node;
  readonly #right: Node;
  constructor(key: string, operator: ArithmeticOperator, operands: readonly [Node, Node]) {
    super(key, operands);
    this.#operator = operator;
    [this.#left, this.#right] = operands;
  }
  protected override compute(): number {
    return calculate(this.#operator, this.#left.value, this.#right.value);
  }
}
