import type { RuleDocument } from "../rule/document.ts";
import { isPattern, type Predicate } from "../rule/expression.ts";
import { innerLogic } from "../rule/inner-logic.ts";
import type { Logic } from "../rule/logic.ts";
import { predicatesOf } from "../rule/predicates.ts";
import { contextOf, enterSource, type SourceContext } from "./context.ts";
import type { OpenSigns } from "./values/signs.ts";
import type { Values } from "./values/values.ts";

/** The system on which the events of a rule are written, as far as it matters for values; null: several, or unknown. */
export type Platform = "windows" | "unix" | null;

/** Where the events of a rule come from: what its metadata, its log sources and its own filters say together. */
export function platformOf({ platforms }: Pick<Values, "platforms">, document: RuleDocument, logic: Logic): Platform {
  const { uses } = predicatesOf(logic);
  const asked = uses.filter((one) => !one.negated).map((one) => one.predicate);
  const from = [contextOf(document), ...sourcesOf(logic)];
  const found = platforms.filter((signs) => speaksFor(signs, document, from, asked));
  return found.length === 1 ? (found[0]?.platform ?? null) : null;
}

function speaksFor(
  signs: OpenSigns,
  { tags, facts }: RuleDocument,
  from: readonly SourceContext[],
  asked: readonly Predicate[],
): boolean {
  return (
    tags.some(signs.tag) ||
    Object.entries(facts).some(([label, fact]) => signs.fact(label, fact)) ||
    from.some((one) => Object.entries(one).some(([kind, names]) => names.some((name) => signs.from(kind, name)))) ||
    asked.some(({ field, operator, values }) => {
      if (field === null || (operator !== "eq" && operator !== "match")) return false;
      return values.some((value) => !isPattern(value) && signs.value(field.raw, String(value)));
    })
  );
}

/** Every source that a stage of the query names. */
function sourcesOf({ stages }: Logic): readonly SourceContext[] {
  return stages.flatMap((stage) => [
    ...(stage.type === "source" ? [enterSource({}, stage)] : []),
    ...innerLogic(stage).flatMap((inner) => sourcesOf(inner.logic)),
  ]);
}
