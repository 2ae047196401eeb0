import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { ExclusionAnswer, RuleLine } from "../../catalog/queries/answers.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import type { Piece } from "../../vocabulary/exclusion.ts";
import { addresses } from "../addresses.ts";
import { cut, operatorWords } from "../wording.ts";
import { FieldName } from "./field-name.tsx";

/** Groups shown at once; the rest unfolds. */
const openGroups = 20;

const longestPart = 400;

export interface ExclusionListProps {
  readonly exclusions: readonly (Omit<ExclusionAnswer, "examples"> & { readonly examples?: readonly RuleLine[] })[];
}

/** Exclusions as groups: the parts of one group must hold together for it to apply. */
export function ExclusionList({ exclusions }: ExclusionListProps): Child {
  return (
    <>
      <ul class="exclusions">{exclusions.slice(0, openGroups).map(group)}</ul>
      {exclusions.length > openGroups && (
        <details class="more">
          <summary>{formatNumber(exclusions.length - openGroups)} more exclusions</summary>
          <ul class="exclusions">{exclusions.slice(openGroups).map(group)}</ul>
        </details>
      )}
    </>
  );
}

function group({ pieces, rules, examples = [] }: ExclusionListProps["exclusions"][number]): Child {
  const parts = pieces.map((line) => html`<li>${line.map(piece)}</li>`);
  const links = examples.map(
    (rule, index) => html`${index === 0 ? ": " : ", "}<a href="${addresses.rule(rule)}">${rule.title}</a>`,
  );
  const more = examples.length > 0 && rules > examples.length ? " …" : "";
  return html`<li><div class="parts"><span class="not-word">not</span><ul>${parts}</ul></div><p class="facts">${counted(rules, "rule")}${links}${more}</p></li>`;
}

function piece(one: Piece): Child {
  if (typeof one === "string") return one.trim() === "" ? one : html`<code>${cut(one, longestPart)}</code>`;
  return "field" in one
    ? FieldName({ field: one.field })
    : html`<span class="verb">${operatorWords[one.operator]}</span>`;
}
