import type {
  ConditionExpression,
  SigmaDetection,
  SigmaIdentifier,
  SigmaItem,
  SigmaMap,
  SigmaSearch,
} from "../../languages/sigma/ast.ts";
import type { Condition } from "../platform.ts";
import type { SigmaTest } from "./dialect.ts";
import { keyOf, nowhere } from "./item.ts";

/** The search identifiers of a detection as they are found, and what they are called. */
interface Sheet {
  readonly identifiers: SigmaIdentifier[];
  readonly names: Set<string>;
}

/**
 * A condition as a detection: maps for what must hold together, lists of maps for alternatives, `selection…` for what is
 * looked for and `filter…` for what is taken out, and a condition that joins them as rule writers do.
 */
export function detectionOf(condition: Condition): SigmaDetection {
  const sheet: Sheet = { identifiers: [], names: new Set() };
  const operands = condition.type === "and" ? condition.operands : [condition];
  const wanted = operands.filter((one) => one.type !== "not");
  const excluded = operands.filter((one) => one.type === "not");
  const parts = [...selections(sheet, wanted), ...filters(sheet, excluded)];
  const expression = shortened(sheet, joined("and", parts));
  return {
    type: "detection",
    identifiers: sheet.identifiers,
    conditions: [{ type: "condition", expression, aggregation: null, span: nowhere }],
    timeframe: null,
    span: nowhere,
  };
}

/** Tests that must hold together go into as few maps as their keys allow; alternatives stand apart. */
function selections(sheet: Sheet, wanted: readonly Condition[]): readonly ConditionExpression[] {
  const items = wanted.flatMap((one) => itemOf(one) ?? []);
  const rest = wanted.filter((one) => itemOf(one) === null);
  const alone = rest.length === 0;
  return [
    ...mapsOf(items).map((one) => defined(sheet, alone ? "selection" : suffixed("selection", one), one)),
    ...rest.map((one) => expressionOf(sheet, one, "selection")),
  ];
}

function filters(sheet: Sheet, excluded: readonly Condition[]): readonly ConditionExpression[] {
  return excluded.flatMap((one) => {
    if (one.type !== "not") return [];
    const { operand } = one;
    // Each alternative of an exclusion is an exclusion of its own.
    const each = operand.type === "or" ? operand.operands : [operand];
    return each.map(
      (part): ConditionExpression => ({
        type: "not",
        operand: expressionOf(sheet, part, "filter_main"),
        span: nowhere,
      }),
    );
  });
}

/** A condition under a name where a search can say it, else the names of its parts, joined. */
function expressionOf(sheet: Sheet, condition: Condition, prefix: string): ConditionExpression {
  const search = searchOf(condition);
  if (search !== null) return defined(sheet, suffixed(prefix, search), search);
  switch (condition.type) {
    case "written":
      throw new Error(`A test was written without an item: ${condition.written.text}`);
    case "not":
      return { type: "not", operand: expressionOf(sheet, condition.operand, prefix), span: nowhere };
    case "and": {
      const items = condition.operands.flatMap((one) => itemOf(one) ?? []);
      const rest = condition.operands.filter((one) => itemOf(one) === null);
      return joined("and", [
        ...mapsOf(items).map((one) => defined(sheet, suffixed(prefix, one), one)),
        ...rest.map((one) => expressionOf(sheet, one, prefix)),
      ]);
    }
    case "or": {
      const kept = condition.operands.map((one) => ({ one, search: searchOf(one) }));
      const simple = kept.flatMap(({ search: own }) => (own === null ? [] : entriesOf(own)));
      const complex = kept.filter(({ search: own }) => own === null);
      const list = simple.length === 0 ? null : listOf(simple);
      return joined("or", [
        ...(list === null ? [] : [defined(sheet, suffixed(prefix, list), list)]),
        ...complex.map(({ one }) => expressionOf(sheet, one, prefix)),
      ]);
    }
    default:
      return condition satisfies never;
  }
}

function joined(type: "and" | "or", operands: readonly ConditionExpression[]): ConditionExpression {
  const [only] = operands;
  return only !== undefined && operands.length === 1 ? only : { type, operands, span: nowhere };
}

function itemOf(condition: Condition): SigmaItem | null {
  return condition.type === "written" ? ((condition.written as Partial<SigmaTest>).item ?? null) : null;
}

/** null for what needs more than one search. */
function searchOf(condition: Condition): SigmaSearch | null {
  switch (condition.type) {
    case "written": {
      const own = itemOf(condition);
      return own === null ? null : searchOfItem(own);
    }
    case "and": {
      const items = condition.operands.map(itemOf);
      const known = items.filter((one) => one !== null);
      if (known.length < items.length) return null;
      const [map, ...others] = mapsOf(known);
      return map !== undefined && others.length === 0 ? map : null;
    }
    case "or": {
      const parts = condition.operands.map(searchOf);
      const known = parts.filter((one) => one !== null);
      return known.length < parts.length ? null : listOf(known.flatMap(entriesOf));
    }
    case "not":
      return null;
    default:
      return condition satisfies never;
  }
}

function mapOf(items: readonly SigmaItem[]): SigmaMap {
  return { type: "map", items, span: nowhere };
}

/** Plain keywords are a list of their own; all else is a map of one item. */
function searchOfItem(own: SigmaItem): SigmaSearch {
  if (own.field !== null || own.modifiers.length > 0) return mapOf([own]);
  return { type: "list", entries: own.values, span: nowhere };
}

/** No key twice in one map, and no keywords beside fields. */
function mapsOf(items: readonly SigmaItem[]): readonly SigmaSearch[] {
  const maps: SigmaItem[][] = [];
  const keywords: SigmaSearch[] = [];
  for (const one of items) {
    if (one.field === null) {
      keywords.push(searchOfItem(one));
      continue;
    }
    const free = maps.find((all) => all.every((other) => keyOf(other) !== keyOf(one)));
    if (free === undefined) maps.push([one]);
    else free.push(one);
  }
  return [...maps.map(mapOf), ...keywords];
}

function entriesOf(search: SigmaSearch): readonly SigmaSearch[] {
  return search.type === "list" ? search.entries : [search];
}

function listOf(entries: readonly SigmaSearch[]): SigmaSearch {
  const [only] = entries;
  return only !== undefined && entries.length === 1 && only.type === "map"
    ? only
    : { type: "list", entries, span: nowhere };
}

function defined({ identifiers, names }: Sheet, wish: string, search: SigmaSearch): ConditionExpression {
  let name = wish;
  for (let at = 2; names.has(name); at++) name = `${wish}_${at}`;
  names.add(name);
  identifiers.push({ type: "identifier", name, search, span: nowhere });
  return { type: "reference", name, span: nowhere };
}

/** `selection_image`: after the field, where a search has one. */
function suffixed(prefix: string, search: SigmaSearch): string {
  const fields = new Set(fieldsOf(search));
  const [only] = fields;
  const suffix =
    fields.size !== 1 ? "fields" : only === null ? "keywords" : (only ?? "").toLowerCase().replace(/[^a-z0-9]+/gu, "_");
  return `${prefix}_${suffix.replace(/^_+|_+$/gu, "").slice(0, 40) || "field"}`;
}

function fieldsOf(search: SigmaSearch): readonly (string | null)[] {
  switch (search.type) {
    case "map":
      return search.items.map((one) => one.field);
    case "list":
      return search.entries.flatMap(fieldsOf);
    default:
      return [null];
  }
}

/** `all of selection_* and not 1 of filter_main_*`, where the names say the same. */
function shortened({ identifiers }: Sheet, whole: ConditionExpression): ConditionExpression {
  if (whole.type !== "and") return whole;
  const names = identifiers.map((one) => one.name);
  const wanted = whole.operands.flatMap((one) => (one.type === "reference" ? [one.name] : []));
  const excluded = whole.operands.flatMap((one) =>
    one.type === "not" && one.operand.type === "reference" ? [one.operand.name] : [],
  );
  const rest = whole.operands.filter(
    (one) => one.type !== "reference" && !(one.type === "not" && one.operand.type === "reference"),
  );
  const short: ConditionExpression[] = [
    ...grouped(wanted, names, "selection_", "all", false),
    ...rest,
    ...grouped(excluded, names, "filter_main_", 1, true),
  ];
  return joined("and", short);
}

function grouped(
  own: readonly string[],
  names: readonly string[],
  prefix: string,
  quantity: "all" | 1,
  negated: boolean,
): readonly ConditionExpression[] {
  const wrap = (one: ConditionExpression): ConditionExpression =>
    negated ? { type: "not", operand: one, span: nowhere } : one;
  const same = names.filter((one) => one.startsWith(prefix));
  const fits = own.length > 1 && own.length === same.length && own.every((one) => one.startsWith(prefix));
  if (fits) return [wrap({ type: "of", quantity, target: `${prefix}*`, span: nowhere })];
  return own.map((name) => wrap({ type: "reference", name, span: nowhere }));
}
