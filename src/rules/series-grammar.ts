/**
 * The lower half of the grammar: numbers that follow the candles (grammar.ts holds the upper half and
 * describes both). Two words of look-ahead and no backtracking.
 *
 *   sum         = product { ("+" | "-") product }
 *   product     = unary { ("*" | "/") unary }
 *   unary       = { "-" } postfix
 *   postfix     = primary { "[" number "]" | "@" timeframe }
 *   primary     = number ["%"] | duration | call | "(" disjunction ")"
 *   call        = name [ "(" [ argument { "," argument } ] ")" ] [ "." name ]
 *   argument    = [ name "=" ] sum
 */
import { EmbeddedActionsParser } from "chevrotain";
import type { IParserErrorMessageProvider, IToken, ParserMethod, TokenType } from "chevrotain";
import * as make from "./syntax-nodes.ts";
import { spanOf } from "./syntax-nodes.ts";
import type { Argument, Expression, Word } from "./syntax.ts";
import * as t from "./tokens.ts";

export type Production<T> = ParserMethod<[], T>;

/** Lists the words that would have fitted, by label, instead of making a sentence. */
const FITTING_WORDS: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName }) => {
    if (ruleName === "call" && expected === t.RightParenthesis) return ", )";
    if (ruleName === "postfix" && expected === t.Duration) return "timeframe";
    return labels([expected]);
  },
  buildNotAllInputParsedMessage: () => "",
  buildNoViableAltMessage: ({ expectedPathsPerAlt, ruleName }) =>
    ruleName === "size"
      ? "% asset"
      : labels(expectedPathsPerAlt.flat().flatMap((path) => path.slice(0, 1))),
  buildEarlyExitMessage: ({ expectedIterationPaths }) =>
    labels(expectedIterationPaths.flatMap((path) => path.slice(0, 1))),
};

function labels(types: readonly TokenType[]): string {
  return [...new Set(types.map((type) => type.LABEL ?? type.name))].join(" ");
}

type Choices<Text extends string> = readonly (readonly [Text, TokenType])[];

export abstract class SeriesGrammar extends EmbeddedActionsParser {
  abstract readonly disjunction: Production<Expression>;

  constructor() {
    super(t.TOKENS, { maxLookahead: 2, errorMessageProvider: FITTING_WORDS });
  }

  /** One word of several; `index` tells it from others in the same production. */
  protected oneOf<Text extends string>(index: number, choices: Choices<Text>): Word<Text> {
    return this.or(
      index,
      choices.map(([text, type]) => ({
        ALT: (): Word<Text> => {
          const token = this.consume(index, type);
          return this.ACTION(() => ({ text, at: spanOf(token) }));
        },
      })),
    );
  }

  readonly sum: Production<Expression> = this.RULE("sum", () => {
    let left = this.SUBRULE(this.product);
    this.MANY(() => {
      const operator = this.oneOf(0, [
        ["+", t.Plus],
        ["-", t.Minus],
      ]);
      const right = this.SUBRULE1(this.product);
      left = this.ACTION(() => make.arithmetic(operator, left, right));
    });
    return left;
  });

  readonly product: Production<Expression> = this.RULE("product", () => {
    let left = this.SUBRULE(this.unary);
    this.MANY(() => {
      const operator = this.oneOf(0, [
        ["*", t.Times],
        ["/", t.Over],
      ]);
      const right = this.SUBRULE1(this.unary);
      left = this.ACTION(() => make.arithmetic(operator, left, right));
    });
    return left;
  });

  readonly unary: Production<Expression> = this.RULE("unary", () => {
    const minuses: IToken[] = [];
    this.MANY(() => {
      minuses.push(this.CONSUME(t.Minus));
    });
    const operand = this.SUBRULE(this.postfix);
    return this.ACTION(() => make.prefixed("negate", minuses, operand));
  });

  readonly postfix: Production<Expression> = this.RULE("postfix", () => {
    let operand = this.SUBRULE(this.primary);
    this.MANY(() => {
      operand = this.OR<{ ALT: () => Expression }[]>([
        {
          ALT: () => {
            this.CONSUME(t.LeftBracket);
            const candles = this.CONSUME(t.NumberLiteral);
            const end = this.CONSUME(t.RightBracket);
            return this.ACTION(() => make.offsetOf(operand, candles, end));
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.At);
            const timeframe = this.CONSUME(t.Duration);
            return this.ACTION(() => make.readAt(operand, timeframe));
          },
        },
      ]);
    });
    return operand;
  });

  readonly primary: Production<Expression> = this.RULE("primary", () =>
    this.OR<{ ALT: () => Expression }[]>([
      {
        ALT: () => {
          const number = this.CONSUME(t.NumberLiteral);
          const percent = this.OPTION(() => this.CONSUME(t.Percent));
          return this.ACTION(() => make.numberLiteral(number, percent ?? null));
        },
      },
      {
        ALT: () => {
          const duration = this.CONSUME(t.Duration);
          return this.ACTION(() => make.durationLiteral(duration));
        },
      },
      { ALT: () => this.SUBRULE(this.call) },
      {
        ALT: () => {
          const start = this.CONSUME(t.LeftParenthesis);
          const inner = this.SUBRULE(this.disjunction);
          const end = this.CONSUME(t.RightParenthesis);
          return this.ACTION(() => make.parenthesised(start, inner, end));
        },
      },
    ]),
  );

  readonly call: Production<Expression> = this.RULE("call", () => {
    const name = this.CONSUME(t.Identifier);
    let end: IToken | undefined;
    const args: Argument[] = [];
    this.OPTION(() => {
      this.CONSUME(t.LeftParenthesis);
      this.MANY_SEP({ SEP: t.Comma, DEF: () => args.push(this.SUBRULE(this.argument)) });
      end = this.CONSUME(t.RightParenthesis);
    });
    const output = this.OPTION1(() => {
      this.CONSUME(t.Dot);
      return this.CONSUME1(t.Identifier);
    });
    return this.ACTION(() =>
      make.named(name, end === undefined ? null : { args, end }, output ?? null),
    );
  });

  /** `max` is a clause's keyword and a parameter's name. */
  readonly argument: Production<Argument> = this.RULE("argument", () => {
    const name = this.OPTION((): Word => {
      const token = this.or(0, [
        { ALT: () => this.CONSUME(t.Identifier) },
        { ALT: () => this.CONSUME(t.Max) },
      ]);
      this.CONSUME(t.Equals);
      return this.ACTION(() => make.word(token));
    });
    const value = this.SUBRULE(this.sum);
    return this.ACTION(() => ({ name: name ?? null, value }));
  });
}
