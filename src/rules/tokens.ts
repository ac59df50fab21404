/**
 * The words of the rule language. Keywords and names are case-insensitive; line breaks and `#`
 * comments count as spaces. No pattern can backtrack over more than the number it is reading.
 */
import { createToken, Lexer } from "chevrotain";
import type { TokenType } from "chevrotain";

export const Identifier = createToken({ name: "Identifier", label: "name", pattern: /[a-z_]\w*/i });

const keyword = (word: string, pattern = new RegExp(word, "i")): TokenType =>
  createToken({ name: `Keyword_${word}`, label: word, pattern, longer_alt: Identifier });
const sign = (name: string, label: string): TokenType =>
  createToken({ name, label, pattern: label });

export const Enter = keyword("enter");
export const Exit = keyword("exit");
export const Long = keyword("long");
export const Short = keyword("short");
export const When = keyword("when");
export const And = keyword("and");
export const Or = keyword("or");
export const Not = keyword("not");
export const Crosses = keyword("crosses", /cross(?:es)?/i);
export const Above = keyword("above");
export const Below = keyword("below");
export const Is = keyword("is");
export const Rising = keyword("rising");
export const Falling = keyword("falling");
export const Stop = keyword("stop");
export const Take = keyword("take");
export const Trail = keyword("trail");
export const After = keyword("after");
export const Max = keyword("max");
export const Cooldown = keyword("cooldown");
export const Size = keyword("size");

/** `12h`; also the timeframe in `@4h`. */
export const Duration = createToken({
  name: "Duration",
  label: "duration",
  pattern: /\d+(?:\.\d+)?[smhd](?!\w)/i,
});
export const NumberLiteral = createToken({
  name: "NumberLiteral",
  label: "number",
  pattern: /\d+(?:\.\d+)?/,
});

export const AtMost = sign("AtMost", "<=");
export const AtLeast = sign("AtLeast", ">=");
export const Less = sign("Less", "<");
export const Greater = sign("Greater", ">");
export const Equals = sign("Equals", "=");
export const Plus = sign("Plus", "+");
export const Minus = sign("Minus", "-");
export const Times = sign("Times", "*");
export const Over = sign("Over", "/");
export const Percent = sign("Percent", "%");
export const At = sign("At", "@");
export const Dot = sign("Dot", ".");
export const Comma = sign("Comma", ",");
export const LeftParenthesis = sign("LeftParenthesis", "(");
export const RightParenthesis = sign("RightParenthesis", ")");
export const LeftBracket = sign("LeftBracket", "[");
export const RightBracket = sign("RightBracket", "]");

const Space = createToken({
  name: "Space",
  pattern: /[ \t\r\n\u00a0]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
const Comment = createToken({ name: "Comment", pattern: /#[^\r\n]*/, group: Lexer.SKIPPED });

export const CLAUSE_KEYWORDS = [Enter, Exit, Stop, Take, Trail, Max, Cooldown, Size];
const OTHER_KEYWORDS = [Long, Short, When, And, Or, Not, Crosses, Above, Below];
const TREND_KEYWORDS = [Is, Rising, Falling, After];
const BRACKETS = [LeftParenthesis, RightParenthesis, LeftBracket, RightBracket];
const COMPARISONS = [AtMost, AtLeast, Less, Greater];
const SIGNS = [Equals, Plus, Minus, Times, Over, Percent, At, Dot, Comma];

/** Earlier ones win, so longer signs come before their beginnings and keywords before names. */
export const TOKENS: TokenType[] = [
  Space,
  Comment,
  ...CLAUSE_KEYWORDS,
  ...OTHER_KEYWORDS,
  ...TREND_KEYWORDS,
  Identifier,
  Duration,
  NumberLiteral,
  ...COMPARISONS,
  ...SIGNS,
  ...BRACKETS,
];

export const RULE_LEXER = new Lexer(TOKENS, { ensureOptimizations: true });
