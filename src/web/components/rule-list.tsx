import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { RuleLine } from "../../catalog/queries/answers.ts";
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

export function RuleList({ rules }: { readonly rules: readonly RuleLine[] }): Child {
  return (
    <ul class="rules">
      {rules.map(
        (rule) =>
          html`<li><a href="${addresses.rule(rule)}">${rule.title}</a><span class="facts">${ruleFacts(rule)}</span>${SeverityBadge(rule)}</li>`,
      )}
    </ul>
  );
}
