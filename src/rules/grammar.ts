/**
 * The grammar of the rule language, from words to a syntax tree: clauses and conditions here, numbers
 * (`sum`) in series-grammar.ts. Two words of look-ahead and no backtracking, so reading takes time
 * proportional to the text. It stops at the first word that fits nowhere; what the words mean is the
 * checker's business.
 *
 *   clauses     = { clause }
 *   clause      = ("enter" | "exit") ("long" | "short") "when" disjunction
 *               | ("stop" | "take") percent | "trail" percent ["after" percent]
 *               | ("max" | "cooldown") duration | "size" (percent | number asset)
 *   disjunction = conjunction { "or" conjunction }
 *   conjunction = negation { "and" negation }
 *   negation    = { "not" } comparison
 *   comparison  = sum [ { ("<" | "<=" | ">" | ">=") sum } | ("crosses" | "cross") ("above" | "below") sum
 *                     | ["is"] ("rising" | "falling") [number] ]
 */
import type { IToken, ParserMethod } from "chevrotain";
import { SeriesGrammar } from "./series-grammar.ts";
import type { Production } from "./series-grammar.ts";
import * as make from "./syntax-nodes.ts";
import type { Amount, Clause, Comparison, Expression, Word } from "./syntax.ts";
import * as t from "./tokens.ts";

const COMPARISONS = [
  ["<=", t.AtMost],
  [">=", t.AtLeast],
  ["<", t.Less],
  [">", t.Greater],
] as const;

/** What a text may go on with where no clause begins and it has not ended. */
export type Continuation = "clause" | "trail" | "operator" | "connective";

export class RuleGrammar extends SeriesGrammar {
  #continuation: Continuation = "clause";

  constructor() {
    super();
    this.performSelfAnalysis();
  }

  /** Where the text stopped making sense, if it was between complete parts. */
  get continuation(): Continuation {
    return this.#continuation;
  }

  readonly clauses: Production<Clause[]> = this.RULE("clauses", () => {
    const clauses: Clause[] = [];
    this.#continuation = "clause";
    this.MANY(() => {
      clauses.push(this.SUBRULE(this.clause));
    });
    return clauses;
  });

  readonly clause: Production<Clause> = this.RULE("clause", () =>
    this.OR<{ ALT: () => Clause }[]>([
      { ALT: () => this.SUBRULE(this.conditionClause) },
      { ALT: () => this.SUBRULE(this.stopOrTake) },
      { ALT: () => this.SUBRULE(this.trail) },
      { ALT: () => this.SUBRULE(this.size) },
      { ALT: () => this.SUBRULE(this.durationClause) },
    ]),
  );

  readonly conditionClause: Production<Clause> = this.RULE("conditionClause", () => {
    const action = this.oneOf(0, [
      ["enter", t.Enter],
      ["exit", t.Exit],
    ]);
    const side = this.oneOf(1, [
      ["long", t.Long],
      ["short", t.Short],
    ]);
    this.CONSUME(t.When);
    const condition = this.SUBRULE(this.disjunction);
    return this.ACTION(() => make.conditionClause(action, side, condition));
  });

  readonly stopOrTake: Production<Clause> = this.RULE("stopOrTake", () => {
    const keyword = this.oneOf(0, [
      ["stop", t.Stop],
      ["take", t.Take],
    ]);
    const amount = this.SUBRULE(this.percent);
    this.#continuation = "clause";
    return this.ACTION(() => make.percentClause(keyword, amount));
  });

  readonly trail: Production<Clause> = this.RULE("trail", () => {
    const keyword = this.CONSUME(t.Trail);
    const amount = this.SUBRULE(this.percent);
    const after = this.OPTION(() => {
      this.CONSUME(t.After);
      return this.SUBRULE1(this.percent);
    });
    this.#continuation = after === undefined ? "trail" : "clause";
    return this.ACTION(() => make.trailClause(keyword, amount, after ?? null));
  });

  readonly size: Production<Clause> = this.RULE("size", () => {
    const keyword = this.CONSUME(t.Size);
    const number = this.CONSUME(t.NumberLiteral);
    const unit = this.OR([
      { ALT: () => this.CONSUME(t.Percent) },
      { ALT: () => this.CONSUME(t.Identifier) },
    ]);
    this.#continuation = "clause";
    return this.ACTION(() => make.sizeClause(keyword, make.amount(number, unit)));
  });

  readonly percent: Production<Amount> = this.RULE("percent", () => {
    const number = this.CONSUME(t.NumberLiteral);
    const unit = this.CONSUME(t.Percent);
    return this.ACTION(() => make.amount(number, unit));
  });

  readonly durationClause: Production<Clause> = this.RULE("durationClause", () => {
    const keyword = this.oneOf(0, [
      ["max", t.Max],
      ["cooldown", t.Cooldown],
    ]);
    const duration = this.CONSUME(t.Duration);
    this.#continuation = "clause";
    return this.ACTION(() => make.durationClause(keyword, make.durationLiteral(duration)));
  });

  readonly disjunction: Production<Expression> = this.RULE("disjunction", () => {
    const operands = [this.SUBRULE(this.conjunction)];
    this.MANY(() => {
      this.CONSUME(t.Or);
      operands.push(this.SUBRULE1(this.conjunction));
    });
    return this.ACTION(() => make.junction("or", operands));
  });

  readonly conjunction: Production<Expression> = this.RULE("conjunction", () => {
    const operands = [this.SUBRULE(this.negation)];
    this.MANY(() => {
      this.CONSUME(t.And);
      operands.push(this.SUBRULE1(this.negation));
    });
    return this.ACTION(() => make.junction("and", operands));
  });

  readonly negation: Production<Expression> = this.RULE("negation", () => {
    const nots: IToken[] = [];
    this.MANY(() => {
      nots.push(this.CONSUME(t.Not));
    });
    const operand = this.SUBRULE(this.comparison);
    return this.ACTION(() => make.prefixed("not", nots, operand));
  });

  readonly comparison: Production<Expression> = this.RULE("comparison", () => {
    const left = this.SUBRULE(this.sum);
    this.ACTION(() => {
      this.#continuation = isTruth(left) ? "connective" : "operator";
    });
    const whole = this.OPTION(() => {
      const condition = this.OR<{ ALT: () => Expression }[]>([
        { ALT: () => this.SUBRULE(this.chain, { ARGS: [left] }) },
        { ALT: () => this.SUBRULE(this.cross, { ARGS: [left] }) },
        { ALT: () => this.SUBRULE(this.trend, { ARGS: [left] }) },
      ]);
      this.#continuation = "connective";
      return condition;
    });
    return whole ?? left;
  });

  readonly chain: ParserMethod<[Expression], Expression> = this.RULE(
    "chain",
    (first: Expression) => {
      const operators: Word<Comparison>[] = [];
      const operands = [first];
      this.AT_LEAST_ONE(() => {
        operators.push(this.oneOf(0, COMPARISONS));
        operands.push(this.SUBRULE(this.sum));
      });
      return this.ACTION(() => make.comparison(operators, operands));
    },
  );

  readonly cross: ParserMethod<[Expression], Expression> = this.RULE(
    "cross",
    (left: Expression) => {
      this.CONSUME(t.Crosses);
      const direction = this.oneOf(0, [
        ["above", t.Above],
        ["below", t.Below],
      ]);
      const right = this.SUBRULE(this.sum);
      return this.ACTION(() => make.cross(direction, left, right));
    },
  );

  readonly trend: ParserMethod<[Expression], Expression> = this.RULE(
    "trend",
    (operand: Expression) => {
      this.OPTION(() => this.CONSUME(t.Is));
      const direction = this.oneOf(0, [
        ["rising", t.Rising],
        ["falling", t.Falling],
      ]);
      const candles = this.OPTION1(() => this.CONSUME(t.NumberLiteral));
      return this.ACTION(() => make.trend(direction, operand, candles ?? null));
    },
  );
}

/** True for an expression that is true or false rather than a number. */
function isTruth(expression: Expression): boolean {
  return ["compare", "cross", "trend", "and", "or", "not"].includes(expression.kind);
}
