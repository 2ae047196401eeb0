import type { Expression, Operator, Predicate, Value } from "../rule/expression.ts";

/** A text in which fields and operators stand apart, so that each reader sees them by the names of their choice. */
export type Piece = string | { readonly field: string } | { readonly operator: Operator };

/** One part of an exclusion. */
export interface ExclusionLine {
  readonly pieces: readonly Piece[];
  /** The same for every rule that says the same, however it spells it. */
  readonly meaning: string;
}

/** A value of a predicate as the vocabulary has it. */
export interface ValueMeaning {
  /** null for what the vocabulary has no field for. */
  readonly field: string | null;
  readonly operator: Operator;
  /** Normal form. */
  readonly value: string;
  /** As people read it. */
  readonly spelling: string;
}

export type MeaningOf = (predicate: Predicate, value: Value) => ValueMeaning;

/** Shown for a keyword, which names no field. */
const anyField = "(any field)";

/** The parts that must hold together for an exclusion to apply, sorted by their meaning. */
export function exclusionLines(expression: Expression, meaningOf: MeaningOf): readonly ExclusionLine[] {
  const parts = expression.type === "and" ? expression.operands : [expression];
  return parts
    .map((part) => {
      const described = describe(part, meaningOf);
      return part.type === "or" ? inParentheses(described) : described;
    })
    .sort((a, b) => (a.meaning < b.meaning ? -1 : 1));
}

/** The text of pieces, with ids of fields and names of operators. */
export function plainText(pieces: readonly Piece[]): string {
  return pieces.map((one) => (typeof one === "string" ? one : "field" in one ? one.field : one.operator)).join("");
}

function describe(expression: Expression, meaningOf: MeaningOf): ExclusionLine {
  switch (expression.type) {
    case "predicate":
      return describePredicate(expression, meaningOf);
    case "not": {
      const { pieces, meaning } = inner(expression.operand, meaningOf);
      return { pieces: ["not ", ...pieces], meaning: `not ${meaning}` };
    }
    case "and":
    case "or":
      return joined(
        expression.operands.map((one) => inner(one, meaningOf)),
        expression.type,
      );
    case "opaque": {
      const text = expression.text.replace(/\s+/g, " ").trim();
      return { pieces: [text], meaning: text };
    }
    default:
      return expression satisfies never;
  }
}

function inner(expression: Expression, meaningOf: MeaningOf): ExclusionLine {
  const described = describe(expression, meaningOf);
  return expression.type === "and" || expression.type === "or" ? inParentheses(described) : described;
}

function inParentheses({ pieces, meaning }: ExclusionLine): ExclusionLine {
  return { pieces: ["(", ...pieces, ")"], meaning: `(${meaning})` };
}

/** Parts are shown in the order of the rule, and compared in any. */
function joined(parts: readonly ExclusionLine[], word: "and" | "or"): ExclusionLine {
  return {
    pieces: parts.flatMap((one, index) => (index === 0 ? one.pieces : [` ${word} `, ...one.pieces])),
    meaning: parts
      .map((one) => one.meaning)
      .sort()
      .join(` ${word} `),
  };
}

/** Values that mean different fields or operators (a path and a base name) are told apart. */
function describePredicate(predicate: Predicate, meaningOf: MeaningOf): ExclusionLine {
  const { field, operator, values, quantifier, encoding } = predicate;
  const raw = field?.raw ?? anyField;
  if (values.length === 0) {
    const known = field?.canonical ?? null;
    return { pieces: [fieldPiece(known, raw), " ", { operator }], meaning: `${known ?? raw} ${operator}` };
  }
  const meanings = values.map((value) => meaningOf(predicate, value));
  const groups = [...Map.groupBy(meanings, (one) => `${one.field ?? ""}\u0000${one.operator}`).values()];
  const all = quantifier === "all" && values.length > 1;
  const how = encoding === undefined ? "" : ` ${encoding.join(" ")}`;
  const parts = groups.map((group): ExclusionLine => {
    const [first] = group;
    const own = { field: first?.field ?? null, operator: first?.operator ?? operator };
    const many = all && group.length > 1 ? " all of" : "";
    const shown = [...new Set(group.map((one) => one.spelling || '""'))].join(", ");
    const normal = [...new Set(group.map((one) => one.value))].sort().join(", ");
    return {
      pieces: [fieldPiece(own.field, raw), " ", { operator: own.operator }, `${how}${many} ${shown}`],
      meaning: `${own.field ?? raw} ${own.operator}${how}${many} ${normal}`,
    };
  });
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  return inParentheses(joined(parts, all ? "and" : "or"));
}

/** Only a field of the vocabulary is one for readers; a name without one, what a rule computes and a keyword are text. */
function fieldPiece(field: string | null, raw: string): Piece {
  return field === null ? raw : { field };
}
