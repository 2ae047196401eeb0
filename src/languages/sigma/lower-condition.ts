import { cover, type Span } from "../../kit/span.ts";
import { conjoin, disjoin, opaque } from "../../rule/build.ts";
import { atLeast } from "../../rule/choice.ts";
import type { Expression } from "../../rule/expression.ts";
import type { ConditionExpression, ConditionQuantified, SigmaIdentifier, SigmaSearch, SigmaValue } from "./ast.ts";
import { lowerItem, lowerKeywords, negation } from "./lower-item.ts";
import { matchingNames } from "./reference.ts";

/** What a name in a condition stands for; null where nothing bears it. */
export type Resolve = (name: string, at: Span) => Expression | null;

/**
 * The expression of a condition. What joins the parts of different search identifiers covers all of them in the text;
 * predicates keep the place of their own item.
 */
export function lowerCondition(condition: ConditionExpression, names: readonly string[], resolve: Resolve): Expression {
  switch (condition.type) {
    case "and":
    case "or": {
      const operands = condition.operands.map((one) => lowerCondition(one, names, resolve));
      return condition.type === "and" ? conjoin(operands, coverAll(operands)) : disjoin(operands, coverAll(operands));
    }
    case "not": {
      const operand = lowerCondition(condition.operand, names, resolve);
      return negation(operand, operand.span);
    }
    case "reference":
      return (
        resolve(condition.name, condition.span) ??
        opaque(condition.name, "an undefined search identifier", condition.span)
      );
    case "of":
      return lowerQuantified(condition, names, resolve);
    case "fault":
      return opaque(condition.content, "a condition that is not Sigma", condition.span);
    default:
      return condition satisfies never;
  }
}

function lowerQuantified(condition: ConditionQuantified, names: readonly string[], resolve: Resolve): Expression {
  const hole = (reason: string): Expression =>
    opaque(`${condition.quantity} of ${condition.target}`, reason, condition.span);
  const parts = [...new Set(matchingNames(condition.target, names))].flatMap(
    (name) => resolve(name, condition.span) ?? [],
  );
  if (parts.length === 0) return hole("an undefined search identifier");
  const at = coverAll(parts);
  const needed = condition.quantity === "all" ? parts.length : condition.quantity === "any" ? 1 : condition.quantity;
  if (needed > parts.length) return hole("more search identifiers asked for than there are");
  return atLeast(needed, parts, at) ?? hole("a choice of too many search identifiers");
}

/** Looks names up among the search identifiers of one detection. Where a name stands twice, the last one counts. */
export function resolveIdentifiers(identifiers: readonly SigmaIdentifier[]): Resolve {
  const byName = new Map(identifiers.map((one) => [one.name, one]));
  return (name) => {
    const identifier = byName.get(name);
    return identifier === undefined ? null : lowerSearch(identifier.search);
  };
}

function lowerSearch(search: SigmaSearch): Expression {
  switch (search.type) {
    case "map":
      return conjoin(search.items.map(lowerItem), search.span);
    case "list":
      return disjoin(lowerEntries(search.entries, search.span), search.span);
    case "fault":
      return opaque(JSON.stringify(search.content), "a search identifier without a meaning", search.span);
    default:
      return lowerKeywords([search], search.span);
  }
}

/** Neighbouring keywords of a list are one predicate with many values. */
function lowerEntries(entries: readonly SigmaSearch[], at: Span): readonly Expression[] {
  const keywords = entries.filter(isKeyword);
  if (keywords.length === entries.length) return [lowerKeywords(keywords, at)];
  return entries.map(lowerSearch);
}

function isKeyword(search: SigmaSearch): search is Exclude<SigmaValue, { type: "fault" }> {
  return search.type !== "map" && search.type !== "list" && search.type !== "fault";
}

function coverAll(parts: readonly { readonly span: Span }[]): Span {
  return parts.map((one) => one.span).reduce(cover);
}
