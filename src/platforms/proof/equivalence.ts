import ipaddr from "ipaddr.js";
import { selects } from "../../languages/reference-evaluator.ts";
import type { Expression } from "../../rule/expression.ts";
import type { Logic } from "../../rule/logic.ts";
import type { FieldType } from "../../vocabulary/fields/tables.ts";
import { isLike, openLike } from "../../vocabulary/like.ts";
import type { LogPlace } from "../log-sources/tables.ts";
import type { Platform, TargetBranch } from "../platform.ts";
import { systemOf } from "../target-query.ts";
import type { PlannedRule, TranslationKnowledge } from "../translate.ts";
import { bothForms, type TwoForms } from "./project.ts";
import { type Assignment, assignmentsFor, predicatesIn } from "./satisfy.ts";

/** One event as the rule's own log has it, and as the platform has it. */
export interface EventPair {
  readonly source: Readonly<Record<string, string>>;
  readonly target: Readonly<Record<string, string>>;
  /** Does the rule select it? */
  readonly expected: boolean;
}

/** Where whole events are searched, this field holds the text. */
const textField = "message";

/** For tests: events that exercise every predicate of the branches both ways. */
export function eventPairs(
  knowledge: TranslationKnowledge,
  planned: PlannedRule,
  platform: Platform,
  branches: readonly TargetBranch[],
  { most = 60, letterCase = true }: { readonly most?: number; readonly letterCase?: boolean } = {},
): readonly EventPair[] {
  return branches.flatMap((branch) => {
    const assignments =
      branch.expression === null
        ? [new Map()]
        : assignmentsFor(branch.expression, { regex: planned.regex, letterCase }, most);
    return assignments.flatMap((one) => pairOf(knowledge, planned, platform, branches, branch, one) ?? []);
  });
}

function chosenBy(platform: Platform, place: LogPlace): LogPlace["where"] {
  return platform.chosenBy?.(place) ?? place.where;
}

function pairOf(
  { vocabulary, values }: TranslationKnowledge,
  planned: PlannedRule,
  platform: Platform,
  branches: readonly TargetBranch[],
  branch: TargetBranch,
  assignment: Assignment,
): EventPair | null {
  const source: Record<string, string> = {};
  const target: Record<string, string> = {};
  for (const [name, [first = ""]] of Object.entries(chosenBy(platform, branch.place)))
    target[name] = first.replaceAll("*", "xy");
  for (const [raw, value] of assignment) {
    if (value === null) continue;
    if (raw === "") {
      source[textField] = value;
      target[textField] = value;
      for (const naming of branch.fields.filter((one) => one.raw === "")) target[naming.name] = value;
      continue;
    }
    source[concrete(raw)] = value;
    for (const naming of branch.fields.filter((one) => one.raw === raw)) {
      const from = fieldOf(planned, branch, raw);
      const fields =
        from === null || naming.canonical === null
          ? null
          : [vocabulary.field(from), vocabulary.field(naming.canonical)];
      const system = planned.system ?? systemOf(branch.logSource);
      const [own, other] = fields ?? [];
      const forms: TwoForms | null =
        own === undefined || own === null || other === undefined || other === null || own.id === other.id
          ? { source: value, target: value }
          : bothForms(value, own, other, system, values);
      if (forms === null) return null;
      if (source[concrete(raw)] !== value && source[concrete(raw)] !== forms.source) return null;
      const before = target[naming.name];
      // Two names of the rule that are one here must agree, or no event is like that.
      const spelled = platform.spelling === undefined ? forms.target : platform.spelling(naming.name, forms.target);
      if (spelled === null) return null;
      // What the product spells in its own way stands in the log in one letter case.
      const small = forms.target.toLowerCase();
      if (forms.target !== small && small !== spelled && platform.spelling?.(naming.name, small) === spelled)
        return null;
      if (before !== undefined && before !== spelled) return null;
      source[concrete(raw)] = forms.source;
      target[naming.name] = spelled;
    }
  }
  if (!tellSaid(planned, branch, assignment, target)) return null;
  const chosen = chosenBy(platform, branch.place);
  for (const { raw, canonical, name } of branch.fields) {
    const value = target[name];
    if (value === undefined) continue;
    if (!canHold(vocabulary.field(canonical ?? "")?.type, value)) return null;
    if (concrete(raw) in source) continue;
    // What chooses the events stands in all of them.
    if (!(name in chosen)) return null;
    source[concrete(raw)] = value;
  }
  const found = (event: EventPair["source"]): boolean =>
    branches.some(
      (one) => isChosen(chosenBy(platform, one.place), target) && isSpelledFor(one, event, target) && holds(one, event),
    );
  // What a branch takes for granted, another may ask for.
  for (const { raw, name } of branches.flatMap((one) => one.fields)) {
    const value = target[name];
    if (value !== undefined && name in chosen && !(concrete(raw) in source)) source[concrete(raw)] = value;
  }
  const expected = found(source);
  if (platform.dialect.emptyIsMissing !== true) return { source, target, expected };
  const names = [...assignment.keys(), ...branch.fields.map((one) => one.raw)];
  if (emptied(source, names).some((one) => found(one) !== expected)) return null;
  return { source, target: withoutEmpty(target), expected };
}

/** Values that the place's events tell by other fields; false where no event is like that. */
function tellSaid(
  planned: PlannedRule,
  branch: TargetBranch,
  assignment: Assignment,
  target: Record<string, string>,
): boolean {
  const { says } = branch.place;
  for (const predicate of branch.expression === null ? [] : predicatesIn(branch.expression)) {
    const raw = predicate.field?.raw ?? "";
    const table = says[predicate.field?.canonical ?? fieldOf(planned, branch, raw) ?? ""];
    if (table === undefined || branch.fields.some((one) => one.raw === raw)) continue;
    const value = assignment.get(raw) ?? "";
    const said = table[value.toLowerCase()];
    // What the product says by itself has one spelling.
    if (said === undefined || !predicate.values.some((one) => String(one) === value)) return false;
    for (const [name, native] of Object.entries(said)) {
      const [first] = native;
      const before = target[name];
      if (first !== undefined && before !== undefined) {
        if (!native.some((one) => isLike(openLike(one), before))) return false;
      } else if (first !== undefined) target[name] = first.replaceAll("*", "xy");
      else if (name in target) return false;
    }
  }
  return true;
}

/** One of the names that a pattern of names stands for. */
function concrete(raw: string): string {
  return raw.replaceAll("*", "any");
}

/** No event has a truth value or a number that is spelled otherwise. */
function canHold(type: FieldType | undefined, value: string): boolean {
  if (type === "boolean") return value === "true" || value === "false";
  if (type === "ip") return ipaddr.isValid(value);
  return type !== "number" || (value !== "" && String(Number(value)) === value);
}

/** Has the event the names that the place of this branch has for its fields? Places of one rule may call them differently. */
function isSpelledFor({ fields }: TargetBranch, source: EventPair["source"], target: EventPair["target"]): boolean {
  return fields.every(({ raw, name }) => !(raw in source) || source[raw] === "" || name in target);
}

/** The event without its empty texts, and with one for every field that is missing: both are one event to some platforms. */
function emptied(source: EventPair["source"], names: readonly string[]): readonly EventPair["source"][] {
  const full = withoutEmpty(source);
  const empty = Object.fromEntries(names.filter((raw) => raw !== "").map((raw) => [raw, ""]));
  return [full, { ...empty, ...full }];
}

function withoutEmpty(event: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== ""));
}

/** The id of a raw name of the rule, as its predicates have it. */
function fieldOf({ schema }: PlannedRule, { context }: TargetBranch, raw: string): string | null {
  return schema?.read(raw, context)?.field ?? null;
}

function isChosen(where: LogPlace["where"], event: EventPair["target"]): boolean {
  return Object.entries(where).every(([name, values]) => {
    const own = event[name];
    return own !== undefined && values.some((one) => isLike(openLike(one), own));
  });
}

function holds({ expression, fields }: TargetBranch, event: EventPair["source"]): boolean {
  if (expression === null) return true;
  // Where only the text of an event is searched, and the report says so, the rule is held to the same.
  const asked = fields.some((one) => one.raw === "") ? askedOfText(expression) : expression;
  return selects({ stages: [{ type: "filter", expression: asked, span: asked.span }] }, event);
}

/** The same, with what is asked of whole events asked of their text. */
function askedOfText(expression: Expression): Expression {
  switch (expression.type) {
    case "and":
    case "or":
      return { ...expression, operands: expression.operands.map(askedOfText) };
    case "not":
      return { ...expression, operand: askedOfText(expression.operand) };
    case "predicate":
      return expression.field === null ? { ...expression, field: { raw: textField, canonical: null } } : expression;
    case "opaque":
      return expression;
    default:
      return expression satisfies never;
  }
}

/** For tests: where a query, read back, selects other events than the rule. */
export function differences(pairs: readonly EventPair[], readBack: Logic): readonly string[] {
  const faults: string[] = [];
  for (const { source, target, expected } of pairs) {
    const found = selects(readBack, target);
    if (found !== expected)
      faults.push(`${found ? "finds" : "misses"} ${JSON.stringify(target)} of ${JSON.stringify(source)}`);
  }
  return faults;
}
