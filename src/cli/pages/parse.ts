import type { PlacedDiagnostic } from "../../catalog/queries/answers.ts";
import { anyField } from "../../catalog/queries/field-table.ts";
import type { Logic } from "../../rule/logic.ts";
import type { ParsedPredicate } from "../commands/parse.ts";
import { outline } from "../outline.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { diagnosticLine } from "./diagnostics.ts";
import { logicTree } from "./logic.ts";
import { section } from "./parts.ts";

export interface ParseAnswer {
  readonly language: string;
  readonly ast: unknown;
  readonly logic: Logic;
  readonly predicates: readonly ParsedPredicate[];
  readonly diagnostics: readonly PlacedDiagnostic[];
}

export function parsePage(answer: ParseAnswer, { style, width }: Terminal): string {
  const columns = [
    { title: "field" },
    { title: "operator" },
    { title: "values", flexible: true },
    { title: "remarks" },
  ];
  const cells = answer.predicates.map((one) => [
    one.field ?? anyField,
    one.operator,
    one.normal.join(one.quantifier === "all" ? " and " : ", "),
    predicateRemarks(one),
  ]);
  return [
    section("Ast", outline(answer.ast, style), style).trimStart(),
    section("Logic", logicTree(answer.logic, style), style),
    section("Predicates", cells.length === 0 ? "" : table(columns, cells, width, style), style),
    section("Diagnostics", answer.diagnostics.map((one) => diagnosticLine(one, style)).join(""), style),
  ].join("");
}

function predicateRemarks(one: ParsedPredicate): string {
  return [
    one.negated ? "negated" : "",
    one.exclusionGroup === null ? "" : `exclusion ${one.exclusionGroup + 1}`,
    one.caseSensitive ? "case-sensitive" : "",
    one.derived ? "derived" : "",
    one.origin === null ? "" : `from ${one.origin}`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}
