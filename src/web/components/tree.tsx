import { html } from "hono/html";
import type { Child } from "hono/jsx";
import { formatNumber } from "../../kit/numbers.ts";
import type { Expression, Operator, Predicate } from "../../rule/expression.ts";
import { showValue } from "../../rule/pattern.ts";
import { cut, operatorWords } from "../wording.ts";
import { FieldName } from "./field-name.tsx";

/** Values of one predicate shown at once; more of them unfold. */
const openValues = 12;

/** Values that unfold; a few rules list thousands of hashes, which the JSON and the text below hold. */
const mostValues = 300;

/** Nodes of one tree at most: the rest is in the JSON, and a page stays a page. */
const mostNodes = 700;

const longestValue = 400;

export interface TreeProps {
  readonly expression: Expression;
  readonly reading: Reading;
}

/** What the page knows of the rule around a tree. */
export interface Reading {
  /** Line of the raw text where a predicate stands, if it stands there. */
  readonly lineOf: (predicate: Predicate) => number | null;
  /** Say at each predicate whether case matters: needed only where a rule has both kinds. */
  readonly sayCase: boolean;
}

/** A boolean tree as nested lists. What is left out is said in words and marked. */
export function Tree({ expression, reading }: TreeProps): Child {
  const budget = { left: mostNodes };
  const tree = <ul class="tree">{node(expression, false, { reading, budget })}</ul>;
  return (
    <>
      {tree}
      {expressionSize(expression) > mostNodes && (
        <p class="note">
          This tree has {formatNumber(expressionSize(expression))} parts; the first {mostNodes} are shown.
        </p>
      )}
    </>
  );
}

interface Drawing {
  readonly reading: Reading;
  readonly budget: { left: number };
}

function node(expression: Expression, negated: boolean, drawing: Drawing): Child {
  if (drawing.budget.left-- <= 0) return null;
  switch (expression.type) {
    case "and":
    case "or":
      return (
        <li class={expression.type}>
          <span class="joint">{expression.type === "and" ? "all of" : "any of"}</span>
          <ul>{expression.operands.map((operand) => node(operand, negated, drawing))}</ul>
        </li>
      );
    case "not":
      return (
        <li class={negated ? "not back" : "not"}>
          <span class="joint">{negated ? "unless" : "not"}</span>{" "}
          {expression.operand.type === "predicate" ? (
            predicateLine(expression.operand, drawing.reading)
          ) : (
            <ul>{node(expression.operand, !negated, drawing)}</ul>
          )}
        </li>
      );
    case "predicate":
      return <li class="predicate">{predicateLine(expression, drawing.reading)}</li>;
    case "opaque":
      return (
        <li class="opaque">
          <span class="joint">kept as text</span> <code>{cut(expression.text, longestValue)}</code>{" "}
          <span class="why">{expression.reason}</span>
        </li>
      );
    default:
      return expression satisfies never;
  }
}

function predicateLine(predicate: Predicate, { lineOf, sayCase }: Reading): Child {
  const line = lineOf(predicate);
  const { field, operator, values, quantifier, caseSensitive, encoding, origin } = predicate;
  const shown = values.map((value) => cut(showValue(value), longestValue));
  const computed = field?.derivedFrom?.kind === "computed";
  const notes = [
    ...(values.length > 1 && quantifier === "all" ? ["all of these"] : []),
    ...(sayCase && caseSensitive && hasCase(predicate) ? ["case matters"] : []),
    ...(encoding ?? []),
    ...(computed ? [`computed: ${cut(field?.derivedFrom?.text ?? "", 120)}`] : []),
    ...(origin === undefined ? [] : [`from ${origin}`]),
  ];
  return (
    <>
      {FieldName({ field: field?.canonical ?? null, own: field?.raw })}{" "}
      <span class="verb">{operatorWords[operator]}</span> {valueList(shown)}
      {notes.map((note) => (
        <span class="remark">{note}</span>
      ))}
      {line !== null && (
        <a class="place" href={`#L${line}`}>
          L{line}
          <span class="hidden"> of the text</span>
        </a>
      )}
    </>
  );
}

const withoutCase: ReadonlySet<Operator> = new Set([
  ...(["lt", "le", "gt", "ge", "lt_field", "le_field", "gt_field", "ge_field"] as const),
  ...(["exists", "is_null", "cidr_match"] as const),
]);

/** Does a predicate look at letters at all? What compares sizes, times and numbers has no case to mind. */
export function hasCase({ operator, values }: Predicate): boolean {
  if (withoutCase.has(operator)) return false;
  return values.length === 0 || values.some((value) => typeof value !== "number" && typeof value !== "boolean");
}

function valueList(values: readonly string[]): Child {
  const code = (value: string): Child => html`<code class="value">${value === "" ? '""' : value}</code>`;
  if (values.length <= openValues + 2) return html`<span class="values">${values.map(code)}</span>`;
  const folded = values.slice(openValues, mostValues);
  return (
    <>
      <span class="values">{values.slice(0, openValues).map(code)}</span>
      <details class="more">
        <summary>{formatNumber(values.length - openValues)} more values</summary>
        <span class="values">{folded.map(code)}</span>
        {values.length > mostValues && (
          <p class="note">… and {formatNumber(values.length - mostValues)} more in the text.</p>
        )}
      </details>
    </>
  );
}

function expressionSize(expression: Expression): number {
  switch (expression.type) {
    case "and":
    case "or":
      return 1 + expression.operands.reduce((sum, operand) => sum + expressionSize(operand), 0);
    case "not":
      return 1 + expressionSize(expression.operand);
    case "predicate":
    case "opaque":
      return 1;
    default:
      return expression satisfies never;
  }
}
