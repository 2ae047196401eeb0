import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { RuleLine, TaggedRule } from "../../catalog/queries/answers.ts";
import { addresses } from "../addresses.ts";
import { kindWord, languageName } from "../wording.ts";
import { SeverityBadge } from "./badges.tsx";

/** What else a list says about a rule, besides its title and severity. */
export function ruleFacts(rule: RuleLine): string {
  const facts = [languageName(rule.language), rule.status];
  if (rule.kind !== "rule") facts.push(kindWord(rule.kind));
  if (rule.lifecycle !== "active" && rule.lifecycle !== rule.status) facts.push(rule.lifecycle);
  return facts.filter((fact) => fact !== "").join(" · ");
}

/** With a tag of another version of ATT&CK, where that put the rule into the list. */
function factsInList(rule: RuleLine & Partial<Pick<TaggedRule, "foldedFrom">>): string {
  const tags = rule.foldedFrom ?? [];
  return tags.length === 0 ? ruleFacts(rule) : `${ruleFacts(rule)} · tagged ${tags.join(", ")}`;
}

export function RuleList({ rules }: { readonly rules: readonly (RuleLine | TaggedRule)[] }): Child {
  return (
    <ul class="rules">
      {rules.map(
        (rule) =>
          html`<li><a href="${addresses.rule(rule)}">${rule.title}</a><span class="facts">${factsInList(rule)}</span>${SeverityBadge(rule)}</li>`,
      )}
    </ul>
  );
}
