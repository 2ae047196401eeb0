import type { RuleDocument } from "../rule/document.ts";
import { isPattern, type Predicate } from "../rule/expression.ts";
import { innerLogic } from "../rule/inner-logic.ts";
import type { Logic } from "../rule/logic.ts";
import { predicatesOf } from "../rule/predicates.ts";
import { contextOf, enterSource } from "./context.ts";
import { like } from "./fields/names.ts";
import type { PlatformSigns } from "./values/tables.ts";
import type { Values } from "./values/values.ts";

/** The system on which the events of a rule are written, as far as it matters for values; null: several, or unknown. */
export type Platform = "windows" | "unix" | null;

/** Where the events of a rule come from: what its metadata, its log sources and its own filters say together. */
export function platformOf({ platforms }: Pick<Values, "platforms">, document: RuleDocument, logic: Logic): Platform {
  const { uses } = predicatesOf(logic);
  const asked = uses.filter((one) => !one.negated).map((one) => one.predicate);
  const from = sourcesOf(document, logic);
  const found = platforms.filter((one) => speaksFor(one, document, from, asked));
  return found.length === 1 ? (found[0]?.platform ?? null) : null;
}

function speaksFor(
  signs: PlatformSigns,
  { tags, facts }: RuleDocument,
  from: readonly (readonly [kind: string, name: string])[],
  asked: readonly Predicate[],
): boolean {
  return (
    tags.some((tag) => signs.tags.includes(tag)) ||
    Object.entries(facts).some(([label, fact]) => fits(signs.facts, label, fact)) ||
    from.some(([kind, name]) => fits(signs.from, kind, name)) ||
    asked.some(({ field, operator, values }) => {
      const raw = field?.raw;
      if (raw === undefined || !Object.hasOwn(signs.values, raw) || (operator !== "eq" && operator !== "match"))
        return false;
      return values.some((value) => !isPattern(value) && fits(signs.values, raw, String(value)));
    })
  );
}

function fits(patterns: Readonly<Record<string, readonly string[]>>, key: string, name: string): boolean {
  return Object.hasOwn(patterns, key) && (patterns[key]?.some((pattern) => like(pattern, name)) ?? false);
}

/** Every source that the metadata or a stage of the query names, with its kind. */
function sourcesOf(document: RuleDocument, logic: Logic): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = pairs(contextOf(document));
  const walk = ({ stages }: Logic): void => {
    for (const stage of stages) {
      if (stage.type === "source") found.push(...pairs(enterSource({}, stage)));
      for (const inner of innerLogic(stage)) walk(inner.logic);
    }
  };
  walk(logic);
  return found;
}

function pairs(context: Readonly<Record<string, readonly string[]>>): (readonly [string, string])[] {
  return Object.entries(context).flatMap(([kind, names]) => names.map((name) => [kind, name] as const));
}
