import type { Condition, Dialect, Written } from "../platform.ts";

/** Characters up to which a condition stays on its line. */
const width = 100;

/**
 * A condition over several lines where it is long: operands below each other, the joining word before each but the first.
 * `indent` is what stands before every line but the first.
 */
export function layOut(dialect: Dialect, condition: Condition, indent: string): string {
  return place(dialect, condition, indent, "or").text;
}

/** The same on one line. */
export function onOneLine(dialect: Dialect, condition: Condition): string {
  return flat(dialect, condition).text;
}

function flat(dialect: Dialect, condition: Condition): Written {
  switch (condition.type) {
    case "written":
      return condition.written;
    case "not":
      return { text: dialect.not(bracketed(flat(dialect, condition.operand))), binds: "not" };
    case "and":
    case "or": {
      const word = condition.type === "and" ? dialect.and : dialect.or;
      const parts = condition.operands.map((one) => within(flat(dialect, one), condition.type));
      return { text: parts.join(` ${word} `), binds: condition.type };
    }
    default:
      return condition satisfies never;
  }
}

function place(dialect: Dialect, condition: Condition, indent: string, around: "and" | "or"): Written {
  const line = flat(dialect, condition);
  if (indent.length + line.text.length <= width) return line;
  if (condition.type === "written") return wrapped(condition.written, indent);
  if (condition.type === "not") {
    const { operand } = condition;
    const inner = flat(dialect, operand);
    if (operand.type === "written" && inner.binds === "atom")
      return { text: dialect.not(wrapped(operand.written, indent).text), binds: "not" };
    return { text: dialect.not(block(dialect, operand, indent)), binds: "not" };
  }
  const word = condition.type === "and" ? dialect.and : dialect.or;
  const parts = condition.operands.map((one) => {
    const own = place(dialect, one, indent, condition.type);
    const loose = one.type !== condition.type && (own.binds === "or" || own.binds === "and");
    return loose ? block(dialect, one, indent) : own.text;
  });
  return { text: parts.join(`\n${indent}${word} `), binds: around === condition.type ? around : condition.type };
}

/** A list that is too long for a line, as many values a line as it holds. */
function wrapped(written: Written, indent: string): Written {
  const { list } = written;
  if (list === undefined || list.items.length < 2) return written;
  const deeper = `${indent}  `;
  const lines: string[] = [];
  let line = "";
  for (const [index, item] of list.items.entries()) {
    const piece = index === list.items.length - 1 ? item : `${item},`;
    if (line !== "" && deeper.length + line.length + piece.length + 1 > width) {
      lines.push(line);
      line = piece;
    } else line = line === "" ? piece : `${line} ${piece}`;
  }
  lines.push(line);
  return { ...written, text: `${list.open.trimEnd()}\n${deeper}${lines.join(`\n${deeper}`)}\n${indent}${list.close}` };
}

/** In parentheses that stand on lines of their own where what they hold is long. */
function block(dialect: Dialect, condition: Condition, indent: string): string {
  const line = flat(dialect, condition).text;
  if (indent.length + line.length <= width) return `(${line})`;
  const deeper = `${indent}  `;
  return `(\n${deeper}${place(dialect, condition, deeper, "or").text}\n${indent})`;
}

/** Mixed operators are always bracketed, whatever the precedence: readers and dialects disagree on it. */
function within({ text, binds }: Written, around: "and" | "or"): string {
  return binds === "atom" || binds === "not" || binds === around ? text : `(${text})`;
}

function bracketed({ text, binds }: Written): string {
  return binds === "atom" ? text : `(${text})`;
}
