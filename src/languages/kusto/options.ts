import type { Expression, Name, Option } from "./ast.ts";
import type { KustoToken } from "./lexer.ts";
import { readLiteral } from "./literals.ts";
import { nameLength, needName, readAnyWord } from "./names.ts";
import { isSymbol, missing, needSymbol, type Reader, readClosedList, since } from "./reader.ts";

/** Names that are options before the arguments of any operator, after Microsoft's parser. */
const optionNames: ReadonlySet<string> = new Set(
  (
    "__crossCluster __crossDB __id __isFuzzy __noWithSource __packedColumn __sourceColumnIndex bagexpansion best_effort " +
    "bin_legacy cycles decodeblocks expandoutput flags force_remote hint.concurrency hint.distribution " +
    "hint.materialized hint.num_partitions hint.pass_filters hint.pass_filters_column hint.progressive_top hint.remote " +
    "hint.shufflekey hint.spread hint.strategy isfuzzy kind with_itemindex with_match_id with_source with_step_name " +
    "withsource"
  ).split(" "),
);

/** `name = value name = value …` as far as the names are those of options. */
export function readOptions(reader: Reader): readonly Option[] {
  const options: Option[] = [];
  for (let length = optionLength(reader); length > 0; length = optionLength(reader))
    options.push(readOption(reader, length));
  return options;
}

/** Tokens of the option's name at the cursor; 0 where there is none. */
function optionLength(reader: Reader): number {
  const first = reader.peek();
  if (first.type !== "word") return 0;
  if (isSymbol(reader.peek(1), "=")) return optionNames.has(first.text) ? 1 : 0;
  if (first.text !== "hint" || !isSymbol(reader.peek(1), ".") || !isSymbol(reader.peek(3), "=")) return 0;
  return optionNames.has(`hint.${reader.peek(2).text}`) ? 3 : 0;
}

function readOption(reader: Reader, length: number): Option {
  const { start } = reader.peek().span;
  let name = "";
  for (let taken = 0; taken < length; taken++) name += reader.next().text;
  needSymbol(reader, "=");
  return { type: "option", name, value: readOptionValue(reader), more: [], span: since(reader, start) };
}

function readOptionValue(reader: Reader): Expression {
  const value = readLiteral(reader) ?? readSignedNumber(reader) ?? readAnyWord(reader);
  if (value !== null) return value;
  reader.fail("A value");
  return missing(reader);
}

function readSignedNumber(reader: Reader): Expression | null {
  const sign = reader.peek();
  const operator = isSymbol(sign, "-") ? "-" : isSymbol(sign, "+") ? "+" : null;
  if (operator === null) return null;
  reader.next();
  const operand = readLiteral(reader);
  if (operand !== null) return { type: "sign", operator, operand, span: since(reader, sign.span.start) };
  reader.fail("A number");
  return missing(reader);
}

/** `with (name = value, …)`, its first word taken already: any names. */
export function readProperties(reader: Reader, property = readProperty): readonly Option[] {
  needSymbol(reader, "(");
  return readClosedList(reader, ")", () => property(reader));
}

/** `name = value`. */
export function readProperty(reader: Reader): Option {
  const { start } = reader.peek().span;
  const name = reader.peek();
  if (name.type !== "word") reader.fail("A property's name");
  reader.next();
  needSymbol(reader, "=");
  return { type: "option", name: name.text, value: readPropertyValue(reader), more: [], span: since(reader, start) };
}

/** `name = value`, or `name = column, column`. */
export function readListProperty(reader: Reader): Option {
  const option = readProperty(reader);
  if (option.value.type !== "name") return option;
  return { ...option, more: readFurtherNames(reader), span: since(reader, option.span.start) };
}

function readPropertyValue(reader: Reader): Expression {
  const value = readOptionValue(reader);
  if (!endsValue(reader.peek()) && !reader.failed()) reader.fail("A comma or the end of the properties");
  return value;
}

/** Names behind commas that are no properties of their own. */
function readFurtherNames(reader: Reader): readonly Name[] {
  const names: Name[] = [];
  while (isSymbol(reader.peek(), ",")) {
    const length = nameLength(reader, "declared", 1);
    if (length === 0 || isSymbol(reader.peek(1 + length), "=")) break;
    reader.next();
    names.push(needName(reader, "declared"));
  }
  return names;
}

function endsValue(token: KustoToken): boolean {
  return (
    token.type !== "symbol" || token.text === "," || token.text === ")" || token.text === "|" || token.text === ";"
  );
}
