import { takeOperator, takeWord } from "../../../kit/tokens.ts";
import type { Expression, NamePattern, ProjectCommand, SortKey } from "../ast.ts";
import { expression } from "../expressions.ts";
import { gluedName, nameStops } from "../names.ts";
import { power } from "../power.ts";
import { type Reader, spanFrom, unexpected } from "../reader.ts";
import { fieldOr } from "./compute.ts";
import type { ReadCommand } from "./table.ts";

export function readProject(command: ProjectCommand["command"]): ReadCommand {
  return (reader, start): ProjectCommand => {
    const names: NamePattern[] = [];
    do names.push(...namePattern(reader));
    while (takeOperator(reader, ","));
    return { type: "project", command, names, span: spanFrom(reader, start) };
  };
}

function namePattern(reader: Reader): readonly NamePattern[] {
  const { start } = reader.cursor.peek().span;
  const text = gluedName(reader, nameStops);
  if (text !== "") return [{ type: "name", text, span: spanFrom(reader, start) }];
  unexpected(reader, reader.cursor.peek(), "The name of a field");
  return [];
}

export const readRename: ReadCommand = (reader, start) => {
  const pairs: { from: string; to: string }[] = [];
  do {
    const first = fieldOr(reader, "The name of a field");
    if (takeOperator(reader, "=")) pairs.push({ from: fieldOr(reader, "The old name"), to: first });
    else {
      if (!takeWord(reader, "as")) unexpected(reader, reader.cursor.peek(), "`as` and the new name");
      pairs.push({ from: first, to: fieldOr(reader, "The new name") });
    }
  } while (takeOperator(reader, ","));
  return { type: "rename", pairs, span: spanFrom(reader, start) };
};

export const readSort: ReadCommand = (reader, start) => {
  const keys: SortKey[] = [];
  do keys.push(sortKey(reader));
  while (takeOperator(reader, ","));
  return { type: "sort", keys, span: spanFrom(reader, start) };
};

function sortKey(reader: Reader): SortKey {
  const { start } = reader.cursor.peek().span;
  const value = expression(reader);
  const order = takeWord(reader, "asc") ? "asc" : takeWord(reader, "desc") ? "desc" : null;
  let nulls: SortKey["nulls"] = null;
  if (takeWord(reader, "nulls")) {
    nulls = takeWord(reader, "first") ? "first" : takeWord(reader, "last") ? "last" : null;
    if (nulls === null) unexpected(reader, reader.cursor.peek(), "`first` or `last`");
  }
  return { type: "key", value, order, nulls, span: spanFrom(reader, start) };
}

export const readLimit: ReadCommand = (reader, start) => {
  const count = expression(reader, power.sum);
  const by = takeWord(reader, "by") ? expressions(reader) : [];
  return { type: "limit", count, by, span: spanFrom(reader, start) };
};

/** Values with commas between. */
export function expressions(reader: Reader): readonly Expression[] {
  const found: Expression[] = [];
  do found.push(expression(reader));
  while (takeOperator(reader, ","));
  return found;
}

/** The options behind `with`, where there are any. */
export function options(reader: Reader): Expression | null {
  return takeWord(reader, "with") ? expression(reader, power.sum) : null;
}
