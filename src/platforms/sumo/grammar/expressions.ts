import { functions } from "./functions.ts";
import {
  expect,
  nested,
  peek,
  refuse,
  type Scanner,
  skipBlank,
  take,
  takeField,
  takeMark,
  takeRegex,
  takeString,
  takeWord,
} from "./scanner.ts";

/** What an expression gives: a field may hold either. */
export type Kind = "boolean" | "value" | "field";

/**
 * An expression: `c ? a : b` binds loosest, then `or`, `and`, comparison, `+ -`, `* / %`, and `!` or `-` before one operand.
 * https://www.sumologic.com/help/docs/search/search-query-language/field-expressions/
 * https://www.sumologic.com/help/docs/search/search-query-language/search-operators/if/
 */
export function readExpression(scanner: Scanner): Kind {
  const from = scanner.at;
  const condition = readAny(scanner);
  if (!takeMark(scanner, "?")) return condition;
  needBoolean(scanner, condition, from);
  const yes = readAny(scanner);
  expect(scanner, ":", "A : with the other value is expected.");
  const no = readAny(scanner);
  return yes === no ? yes : "field";
}

/** The condition of `where` or `if`. */
export function readCondition(scanner: Scanner): void {
  const from = skipBlank(scanner);
  needBoolean(scanner, readExpression(scanner), from);
}

function needBoolean(scanner: Scanner, kind: Kind, at: number): void {
  if (kind === "value") refuse(scanner, "A condition is expected.", at);
}

function readAny(scanner: Scanner): Kind {
  return readJoined(scanner, "or", () => readJoined(scanner, "and", () => readComparison(scanner)));
}

function readJoined(scanner: Scanner, word: string, operand: () => Kind): Kind {
  const from = skipBlank(scanner);
  let kind = operand();
  while (takeWord(scanner, word)) {
    needBoolean(scanner, kind, from);
    const next = skipBlank(scanner);
    needBoolean(scanner, operand(), next);
    kind = "boolean";
  }
  return kind;
}

/**
 * `=` and `==`, `!=` and `<>`, order, `matches`, `contains` and `in`. All compare with regard to case, and none holds
 * where the field is null. `matches` takes a pattern, in which only `*` is special, or a regular expression.
 * https://www.sumologic.com/help/docs/search/search-query-language/search-operators/where/
 * https://www.sumologic.com/help/docs/search/search-query-language/search-operators/in/
 */
function readComparison(scanner: Scanner): Kind {
  const from = skipBlank(scanner);
  const negated = peek(scanner, /!(?!=)/y) !== null;
  const kind = readSum(scanner);
  const operator = take(scanner, /==|=|!=|<>|<=|>=|<|>/y);
  if (operator !== null) {
    if (negated) refuse(scanner, "! needs parentheses around a comparison.", from);
    readSum(scanner);
    if (take(scanner, /==|=|!=|<>|<=|>=|<|>/y) !== null) refuse(scanner, "A comparison has two sides.");
    return "boolean";
  }
  if (takeWord(scanner, "matches")) {
    if (negated) refuse(scanner, "! needs parentheses around a comparison.", from);
    if (!takeRegex(scanner)) readSum(scanner);
    return "boolean";
  }
  if (takeWord(scanner, "contains")) {
    if (negated) refuse(scanner, "! needs parentheses around a comparison.", from);
    readSum(scanner);
    return "boolean";
  }
  const not = takeWord(scanner, "not");
  if (takeWord(scanner, "in")) {
    if (negated) refuse(scanner, "! needs parentheses around a comparison.", from);
    expect(scanner, "(", "A list in parentheses is expected after in.");
    readArguments(scanner);
    return "boolean";
  }
  if (not) refuse(scanner, "not stands only before in; elsewhere it is !.");
  return kind;
}

function readSum(scanner: Scanner): Kind {
  return readChain(scanner, /[+-]/y, () => readChain(scanner, /[*%]|\/(?![/*])/y, () => readUnary(scanner)));
}

function readChain(scanner: Scanner, operator: RegExp, operand: () => Kind): Kind {
  let kind = operand();
  while (take(scanner, operator) !== null) {
    if (kind === "boolean") refuse(scanner, "A condition can't be calculated with.");
    if (operand() === "boolean") refuse(scanner, "A condition can't be calculated with.");
    kind = "value";
  }
  return kind;
}

function readUnary(scanner: Scanner): Kind {
  let kind: Kind | null = null;
  nested(scanner, () => {
    kind = readPrefixed(scanner);
  });
  return kind ?? "value";
}

function readPrefixed(scanner: Scanner): Kind {
  const from = skipBlank(scanner);
  if (takeMark(scanner, "!")) {
    needBoolean(scanner, readUnary(scanner), from);
    return "boolean";
  }
  if (takeMark(scanner, "-")) {
    if (readUnary(scanner) === "boolean") refuse(scanner, "A condition can't be calculated with.", from);
    return "value";
  }
  if (takeMark(scanner, "(")) {
    const kind = readExpression(scanner);
    expect(scanner, ")", "A closing ) is expected.");
    return kind;
  }
  return readPrimary(scanner);
}

// Digits with a factor of size or of time.
const number = /\d+(?:\.\d+)?(?:e[+-]\d+)?(?:[KMGTP]i|ns|us|ms|[kKMGBTPsmhdw])?(?![A-Za-z0-9_.])/y;

function readPrimary(scanner: Scanner): Kind {
  const from = skipBlank(scanner);
  if (takeString(scanner) !== null) return "value";
  const digits = take(scanner, number);
  if (digits !== null) {
    scanner.literals.push({ kind: "number", value: digits, at: from });
    return "value";
  }
  if (takeWord(scanner, "true") || takeWord(scanner, "false")) return "boolean";
  if (takeWord(scanner, "null")) return "field";
  const name = peek(scanner, /[A-Za-z_][A-Za-z0-9_]*(?=\s*\()/y);
  if (name !== null) return readCall(scanner, name);
  return takeField(scanner) === null ? refuse(scanner, "A value is expected.") : "field";
}

function readCall(scanner: Scanner, name: string): Kind {
  const from = scanner.at;
  scanner.at += name.length;
  expect(scanner, "(", "A ( is expected.");
  if (name.toLowerCase() === "if") {
    readCondition(scanner);
    expect(scanner, ",", "if has a condition and two values.");
    const yes = readExpression(scanner);
    expect(scanner, ",", "if has a condition and two values.");
    const no = readExpression(scanner);
    expect(scanner, ")", "A closing ) is expected.");
    return yes === no ? yes : "field";
  }
  const form = functions.get(name.toLowerCase());
  if (form === undefined) refuse(scanner, `The reference has no function ${name}.`, from);
  const count = takeMark(scanner, ")") ? 0 : readArguments(scanner);
  if (count < form.least || count > form.most) refuse(scanner, `${name} takes another number of arguments.`, from);
  return form.gives;
}

function readArguments(scanner: Scanner): number {
  let count = 0;
  do {
    readExpression(scanner);
    count++;
  } while (takeMark(scanner, ","));
  expect(scanner, ")", "A closing ) is expected.");
  return count;
}
