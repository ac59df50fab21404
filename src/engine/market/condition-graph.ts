/**
 * The shared condition graph of one symbol and timeframe. Equal indicators and conditions have equal
 * keys and are one node, whoever's strategy they come from (hash-consing); so the cost of a candle
 * grows with the number of distinct nodes. Nodes are counted and dropped with their last user.
 */
import type { Condition, Series } from "../../domain/rule.ts";
import { timeframeMs, type Timeframe } from "../../domain/timeframe.ts";
import { emptyBar, type CandleSeries } from "./candle-series.ts";
import { CompareNode, CrossNode, JunctionNode, NotNode, TrendNode } from "./condition-node.ts";
import { INDICATORS } from "../../domain/indicator.ts";
import { createKernel } from "./indicators/create-kernel.ts";
import type { Bar } from "./kernel.ts";
import {
  ArithmeticNode,
  ForeignNode,
  KernelNode,
  type Node,
  NumberNode,
  OffsetNode,
  OutputNode,
  PriceNode,
} from "./node.ts";
import { ValueHistory } from "./value-history.ts";

export class ConditionGraph {
  readonly timeframe: Timeframe;
  readonly #sibling: (timeframe: Timeframe) => ConditionGraph;
  readonly #nodes = new Map<string, Node>();
  #order: Node[] = [];
  #kernels: KernelNode[] = [];
  readonly #histories = new Map<Node, ValueHistory>();
  readonly #foreign = new Map<Node, { graph: ConditionGraph; node: Node }>();
  #foreignTimeframes: ReadonlySet<Timeframe> = new Set();
  #stale = false;

  /** `sibling` gives the graph of another timeframe of the same symbol. */
  constructor(timeframe: Timeframe, sibling: (timeframe: Timeframe) => ConditionGraph) {
    this.timeframe = timeframe;
    this.#sibling = sibling;
  }

  /** Distinct nodes. */
  get size(): number {
    return this.#order.length;
  }

  /** Nodes were added or changed since the last replay: their memory is not complete. */
  get stale(): boolean {
    return this.#stale;
  }

  /** Other timeframes whose closes this graph reads. */
  get foreignTimeframes(): ReadonlySet<Timeframe> {
    return this.#foreignTimeframes;
  }

  /** The node of a series, not yet counted as used: `retain` it. */
  series(series: Series): Node {
    switch (series.kind) {
      case "number":
        return this.#intern(`${series.value}`, (key) => new NumberNode(key, series.value));
      case "price":
        return this.#intern(series.field, (key) => new PriceNode(key, series.field));
      case "indicator":
        return this.#indicator(series);
      case "offset": {
        const operand = this.series(series.operand);
        return this.#intern(
          `${operand.key}[${series.candles}]`,
          (key) => new OffsetNode(key, operand, series.candles),
        );
      }
      case "at":
        return this.#at(series.operand, series.timeframe);
      case "negate":
        return this.#arithmetic("-", { kind: "number", value: 0 }, series.operand);
      case "arithmetic":
        return this.#arithmetic(series.operator, series.left, series.right);
      case "profit":
      case "held":
        throw new TypeError(`${series.kind} belongs to a position, not to the market`);
    }
  }

  /** The node of a condition, not yet counted as used: `retain` it. */
  condition(condition: Condition): Node {
    switch (condition.kind) {
      case "compare": {
        const pair = [this.series(condition.left), this.series(condition.right)] as const;
        const name = `(${pair[0].key}${condition.operator}${pair[1].key})`;
        return this.#intern(name, (key) => new CompareNode(key, condition.operator, pair));
      }
      case "cross": {
        const pair = [this.series(condition.left), this.series(condition.right)] as const;
        const name = `(${pair[0].key} crosses ${condition.direction} ${pair[1].key})`;
        return this.#intern(name, (key) => new CrossNode(key, condition.direction, pair));
      }
      case "trend": {
        const operand = this.series(condition.operand);
        const name = `(${operand.key} ${condition.direction} ${condition.candles})`;
        return this.#intern(name, (key) => new TrendNode(key, operand, condition));
      }
      case "and":
      case "or": {
        const operands = condition.operands.map((operand) => this.condition(operand));
        const name = `(${operands.map((operand) => operand.key).join(` ${condition.kind} `)})`;
        return this.#intern(name, (key) => new JunctionNode(key, condition.kind, operands));
      }
      case "not": {
        const operand = this.condition(condition.operand);
        return this.#intern(`not ${operand.key}`, (key) => new NotNode(key, operand));
      }
    }
  }

  retain(node: Node): Node {
    node.references++;
    return node;
  }

  /** Gives a use back; the last one drops the node and what only it used. */
  release(node: Node): void {
    node.references--;
    if (node.references > 0) return;
    this.#nodes.delete(node.key);
    this.#order = this.#order.filter((other) => other !== node);
    this.#kernels = this.#kernels.filter((other) => other !== node);
    this.#histories.delete(node);
    for (const operand of node.operands) this.release(operand);
    const foreign = this.#foreign.get(node);
    if (foreign !== undefined) {
      this.#foreign.delete(node);
      this.#noteForeign();
      foreign.graph.release(foreign.node);
    }
  }

  /** Takes a closed candle: every distinct node once, operands first. */
  advance(bar: Bar): void {
    for (const node of this.#order) node.advance(bar);
    if (this.#histories.size === 0) return;
    const knownFrom = bar.openTime + timeframeMs(this.timeframe);
    for (const [node, history] of this.#histories) history.push(knownFrom, node.value);
  }

  /** Tries a forming candle, lets `read` look at the nodes, and takes it back. */
  preview(bar: Bar, read: () => void): void {
    for (const kernel of this.#kernels) kernel.save();
    for (const node of this.#order) node.advance(bar);
    read();
    for (const node of this.#order) node.retreat();
  }

  /** Forgets everything and lives through the series again; `onCandle` sees every candle's truths. */
  replay(series: CandleSeries, onCandle: () => void): void {
    for (const node of this.#order) node.reset();
    for (const history of this.#histories.values()) history.clear();
    const bar = emptyBar();
    for (let i = 0; i < series.length; i++) {
      this.advance(series.read(i, bar));
      onCandle();
    }
    this.#stale = false;
  }

  #intern(key: string, make: (key: string) => Node): Node {
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const node = make(key);
    for (const operand of node.operands) this.retain(operand);
    this.#nodes.set(key, node);
    this.#order.push(node);
    if (node instanceof KernelNode) this.#kernels.push(node);
    this.#stale = true;
    return node;
  }

  #arithmetic(operator: "+" | "-" | "*" | "/", left: Series, right: Series): Node {
    const pair = [this.series(left), this.series(right)] as const;
    const name = `(${pair[0].key}${operator}${pair[1].key})`;
    return this.#intern(name, (key) => new ArithmeticNode(key, operator, pair));
  }

  #indicator(series: Extract<Series, { kind: "indicator" }>): Node {
    const spec = INDICATORS.get(series.name);
    if (spec === undefined) throw new TypeError(`no indicator ${series.name}`);
    const source = series.source === null ? null : this.series(series.source);
    const call = `${series.name}(${[...(source === null ? [] : [source.key]), ...series.params].join(",")})`;
    const make = () => createKernel(series.name, series.params);
    const kernel = this.#intern(call, (key) => new KernelNode(key, source, make));
    if (!(kernel instanceof KernelNode)) throw new TypeError(`${call} is not an indicator`);
    const output = spec.outputs.indexOf(series.output);
    return this.#intern(`${call}.${series.output}`, (key) => new OutputNode(key, kernel, output));
  }

  #at(operand: Series, timeframe: Timeframe): Node {
    if (timeframe === this.timeframe) return this.series(operand);
    const graph = this.#sibling(timeframe);
    const node = graph.series(operand);
    const name = `${node.key}@${timeframe}`;
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    const history = graph.#historyOf(graph.retain(node));
    const own = this.#intern(
      name,
      (key) => new ForeignNode(key, timeframeMs(this.timeframe), (time) => history.at(time)),
    );
    this.#foreign.set(own, { graph, node });
    this.#noteForeign();
    return own;
  }

  #noteForeign(): void {
    const graphs = [...this.#foreign.values()].map((foreign) => foreign.graph);
    this.#foreignTimeframes = new Set(graphs.map((graph) => graph.timeframe));
  }

  #historyOf(node: Node): ValueHistory {
    const known = this.#histories.get(node);
    if (known !== undefined) return known;
    const history = new ValueHistory();
    this.#histories.set(node, history);
    this.#stale = true;
    return history;
  }
}
