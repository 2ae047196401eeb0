import type { Span } from "../../../kit/span.ts";
import { openTokens } from "../../../kit/tokens.ts";
import { conjoin, disjoin, negate, opaque } from "../../../rule/build.ts";
import type { Expression } from "../../../rule/expression.ts";
import type { JoinStage, ProjectStage } from "../../../rule/logic.ts";
import { isOrder, orders } from "../../../rule/order.ts";
import type { Command, Comparison, Membership, Pipeline, SearchAtom, SearchExpression, Term } from "../ast.ts";
import { type BooleanItem, buildBoolean } from "../boolean.ts";
import { lex } from "../lexer.ts";
import { readConditionText } from "../pipeline.ts";
import { printArgument, printSearch } from "../print.ts";
import { newScope, resolve, type Scope } from "../scope.ts";
import { scanStructure } from "../structure.ts";
import { numberOrText, unquoteSearch } from "../text.ts";
import { type Lowering, openMacro, place } from "./context.ts";
import { difference, settle } from "./difference.ts";
import { lowerPipeline } from "./pipeline.ts";
import { plainPredicate, searchExpression } from "./predicate.ts";

/** "true": holds for every event. "absent": says nothing about events, as a time range does. */
type Condition = Expression | "true" | "absent";

interface LoweredAtom {
  readonly atom: SearchAtom;
  readonly lowering: Lowering;
}

export interface LoweredSearch {
  /** null where every event passes. */
  readonly expression: Expression | null;
  /** Macros that name where the events come from. */
  readonly sources: readonly string[];
  /** `earliest` and `latest`, which are no conditions on events. */
  readonly times: Readonly<Record<string, string>>;
  /** Sub-searches among the conditions that all must hold. */
  readonly joins: readonly JoinStage[];
  /** Commands that a macro brought in behind its conditions. */
  readonly following: readonly { readonly commands: readonly Command[]; readonly lowering: Lowering }[];
}

/** Fields that say where an event was read; a macro about nothing else is a source. */
const sourceFieldNames: ReadonlySet<string> = new Set([
  "index",
  "source",
  "sourcetype",
  "eventtype",
  "host",
  "channel",
  "splunk_server",
]);

const timeModifiers: ReadonlySet<string> = new Set([
  "earliest",
  "latest",
  "_index_earliest",
  "_index_latest",
  "starttime",
  "endtime",
  "timeformat",
]);

export function lowerSearch(expression: SearchExpression, lowering: Lowering, scope: Scope): LoweredSearch {
  const sources: string[] = [];
  const times: Record<string, string> = {};
  const following: { commands: readonly Command[]; lowering: Lowering }[] = [];
  const items: BooleanItem<LoweredAtom>[] = [];

  const addItems = (list: readonly BooleanItem<SearchAtom>[], from: Lowering): void => {
    for (const item of list) {
      if (item.type === "atom") addAtom(item.atom, from);
      else addSign({ type: item.type, span: place(from.home, item.span) });
    }
  };
  /** Where a macro's text begins or ends with an operator, no AND is meant beside it. */
  const addSign = (sign: Exclude<BooleanItem<LoweredAtom>, { type: "atom" }>): void => {
    const before = items[items.length - 1]?.type;
    if (sign.type === "and" && (before === "and" || before === "or" || before === "not")) return;
    if (sign.type === "or" && before === "and") items.pop();
    items.push(sign);
  };
  const addAtom = (atom: SearchAtom, from: Lowering): void => {
    const opened = atom.type === "macro" ? openMacro(from, atom) : null;
    if (atom.type !== "macro" || opened?.type !== "text") {
      items.push({ type: "atom", atom: { atom, lowering: from }, span: place(from.home, atom.span) });
      return;
    }
    const { items: inner, commands } = readConditionText(opened.text, 0);
    if (from.home.path.length === 0 && isSource(inner)) sources.push(atom.name);
    addItems(inner, opened.lowering);
    if (commands.length > 0) following.push({ commands, lowering: opened.lowering });
  };
  const { conditions, joins } = takeSubsearches(expression, lowering, scope);
  if (conditions !== null) addItems(flatten(conditions), lowering);

  const built = buildBoolean<LoweredAtom, Condition>(
    items,
    {
      atom: ({ atom, lowering: from }) => lowerAtom(atom, from, scope, times),
      join: (type, operands, span) => joinConditions(type, operands, place(lowering.home, span)),
      not: (operand, span) => {
        const at = place(lowering.home, span);
        if (operand === "absent") return operand;
        return operand === "true" ? opaque("NOT *", "a condition that never holds", at) : negate(operand, at);
      },
      fault: () => undefined,
      wrong: (_first, _last, span) => opaque("", "unreadable condition", span),
    },
    0,
  );
  const found = built === null || built === "true" || built === "absent" ? null : built;
  return { expression: found === null ? null : settle(found, false), sources, times, joins, following };
}

/**
 * A sub-search stands for a disjunction of its results, so that at the outermost level it keeps (or, under NOT, takes
 * out) the events that one of its results matches: a join on the fields that it returns. So does `a=[search …]`, which
 * takes its values from one.
 */
function takeSubsearches(
  expression: SearchExpression,
  lowering: Lowering,
  scope: Scope,
): { readonly conditions: SearchExpression | null; readonly joins: readonly JoinStage[] } {
  const joins: JoinStage[] = [];
  const rest = (expression.type === "and" ? expression.operands : [expression]).filter((one) => {
    const inner = one.type === "not" ? one.operand : one;
    const asked = subsearchOf(inner);
    if (asked === null) return true;
    const on = asked.field === null ? null : [resolve(scope, unquoteSearch(asked.field)).raw];
    const kind = (one.type === "not") === asked.negated ? "semi" : "anti";
    joins.push(subsearchJoin(asked.pipeline, kind, on, lowering, place(lowering.home, one.span)));
    return false;
  });
  const [only] = rest;
  if (only === undefined) return { conditions: null, joins };
  return { conditions: rest.length === 1 ? only : { type: "and", operands: rest, span: expression.span }, joins };
}

function subsearchOf(
  one: SearchExpression,
): { readonly pipeline: Pipeline; readonly field: string | null; readonly negated: boolean } | null {
  if (one.type === "subsearch") return { pipeline: one.pipeline, field: null, negated: false };
  if (one.type !== "comparison" || one.value.type !== "subsearch") return null;
  if (one.operator !== "=" && one.operator !== "!=") return null;
  return { pipeline: one.value.pipeline, field: one.field, negated: one.operator === "!=" };
}

/** `on`: the fields that are compared; null for those that the sub-search returns. */
export function subsearchJoin(
  pipeline: Pipeline,
  kind: "semi" | "anti",
  on: readonly string[] | null,
  lowering: Lowering,
  span: Span,
): JoinStage {
  const stages = lowerPipeline(pipeline, lowering, newScope());
  const projection = stages.findLast(
    (stage): stage is ProjectStage => stage.type === "project" && stage.mode === "keep",
  );
  return { type: "join", kind, on: on ?? projection?.fields ?? [], logic: { stages }, span };
}

function isSource(items: readonly BooleanItem<SearchAtom>[]): boolean {
  const atoms = items.flatMap((one) => (one.type === "atom" ? [one.atom] : []));
  return (
    atoms.length > 0 &&
    atoms.every(
      (one) =>
        (one.type === "comparison" || one.type === "in") &&
        sourceFieldNames.has(unquoteSearch(one.field).toLowerCase()),
    )
  );
}

/** The tree as a flat list again, with the parentheses that it needs; see `BooleanItem` for why. */
function flatten(expression: SearchExpression): readonly BooleanItem<SearchAtom>[] {
  const out: BooleanItem<SearchAtom>[] = [];
  const add = (one: SearchExpression, within: "and" | "or" | "not"): void => {
    const bracket = (one.type === "and" && within !== "and") || (one.type === "or" && within === "not");
    if (bracket) out.push({ type: "(", span: one.span });
    switch (one.type) {
      case "and":
      case "or":
        one.operands.forEach((operand, index) => {
          if (index > 0) out.push({ type: one.type, span: operand.span });
          add(operand, one.type);
        });
        break;
      case "not":
        out.push({ type: "not", span: one.span });
        add(one.operand, "not");
        break;
      default:
        out.push({ type: "atom", atom: one, span: one.span });
    }
    if (bracket) out.push({ type: ")", span: one.span });
  };
  add(expression, "and");
  return out;
}

function joinConditions(type: "and" | "or", operands: readonly Condition[], span: Expression["span"]): Condition {
  if (type === "or" && operands.includes("true")) return "true";
  const parts = operands.filter((one): one is Expression => one !== "true" && one !== "absent");
  if (parts.length === 0) return operands.includes("true") ? "true" : "absent";
  return type === "and" ? conjoin(parts, span) : disjoin(parts, span);
}

function lowerAtom(atom: SearchAtom, lowering: Lowering, scope: Scope, times: Record<string, string>): Condition {
  const { home } = lowering;
  switch (atom.type) {
    case "comparison":
      if (timeModifiers.has(atom.field.toLowerCase()) && atom.operator === "=") {
        times[atom.field.toLowerCase()] = printArgument(atom.value);
        return "absent";
      }
      return lowerComparison(atom, lowering, scope);
    case "in":
      return lowerMembership(atom, lowering, scope);
    case "term":
      if (unquoteSearch(atom.text) === "*") return "true";
      // The words that a field of the outer search holds, anywhere in the event.
      if (home.mapped && outerField(atom.text) !== null)
        return plainPredicate(
          null,
          "contains_field",
          [outerField(atom.text) ?? ""],
          [atom.text],
          false,
          atom.span,
          home,
        );
      return searchExpression({ field: null, raws: [atom.text], span: atom.span, home });
    case "directive": {
      const field = atom.field === null ? null : resolve(scope, unquoteSearch(atom.field));
      return searchExpression({ field, raws: [atom.text], span: atom.span, home, caseSensitive: atom.name === "CASE" });
    }
    case "macro": {
      const opened = openMacro(lowering, atom);
      return opened.type === "neutral"
        ? "absent"
        : opaqueAtom(atom, lowering, opened.type === "closed" ? opened.reason : "unresolved macro");
    }
    case "subsearch":
      return opaqueAtom(atom, lowering, "sub-search in a condition");
    case "error":
      return opaqueAtom(atom, lowering, "unreadable condition");
    default:
      return atom satisfies never;
  }
}

function opaqueAtom(atom: SearchAtom, { home }: Lowering, reason: string): Expression {
  return opaque(printSearch(atom), reason, place(home, atom.span));
}

function lowerComparison(atom: Comparison, lowering: Lowering, scope: Scope): Expression {
  const { value } = atom;
  const written =
    value.type === "term" ? { raw: value.text, lowering } : value.type === "macro" ? macroValue(value, lowering) : null;
  if (written === null) {
    const reason = value.type === "subsearch" ? "sub-search as a value" : "unresolved macro";
    return opaque(printSearch(atom), reason, place(lowering.home, atom.span));
  }
  const { home } = written.lowering;
  const field = resolve(scope, unquoteSearch(atom.field));
  const outer = home.mapped ? outerField(written.raw) : null;
  const ordering = isOrder(atom.operator) ? orders[atom.operator] : undefined;
  if (ordering !== undefined) {
    return plainPredicate(
      field,
      ordering,
      [numberOrText(unquoteSearch(written.raw))],
      [written.raw],
      false,
      atom.span,
      home,
    );
  }
  const equal =
    outer === null
      ? searchExpression({ field, raws: [written.raw], span: atom.span, home })
      : plainPredicate(field, "eq_field", [outer], [written.raw], false, atom.span, home);
  if (atom.operator !== "!=") return equal;
  return difference(equal, place(home, atom.span));
}

function macroValue(
  call: Parameters<typeof openMacro>[1],
  lowering: Lowering,
): { readonly raw: string; readonly lowering: Lowering } | null {
  const opened = openMacro(lowering, call);
  return opened.type === "text" ? { raw: opened.text.trim(), lowering: opened.lowering } : null;
}

/** The name in `$name$`. */
function outerField(raw: string): string | null {
  const text = unquoteSearch(raw);
  return text.length > 2 && text.startsWith("$") && text.indexOf("$", 1) === text.length - 1 ? text.slice(1, -1) : null;
}

/** Values of the rule and values that a macro brings in are predicates of their own: they have different origins. */
function lowerMembership(atom: Membership, lowering: Lowering, scope: Scope): Expression {
  const field = resolve(scope, unquoteSearch(atom.field));
  const at = place(lowering.home, atom.span);
  const parts: Expression[] = [];
  const own = atom.values.filter((one): one is Term => one.type === "term").map((one) => one.text);
  if (own.length > 0) parts.push(searchExpression({ field, raws: own, span: atom.span, home: lowering.home }));
  for (const value of atom.values) {
    if (value.type === "error")
      parts.push(opaque(value.text, "unreadable condition", place(lowering.home, value.span)));
    if (value.type !== "macro") continue;
    const opened = openMacro(lowering, value);
    const raws = opened.type === "text" ? listValues(opened.text) : [];
    if (opened.type === "text" && raws.length > 0) {
      parts.push(searchExpression({ field, raws, span: value.span, home: opened.lowering.home }));
    } else
      parts.push(
        opaque(
          printArgument(value),
          opened.type === "closed" ? opened.reason : "empty list",
          place(lowering.home, value.span),
        ),
      );
  }
  return parts.length === 0 ? opaque(printSearch(atom), "empty list", at) : disjoin(parts, at);
}

function listValues(text: string): readonly string[] {
  const cursor = openTokens(lex({ text, structure: scanStructure(text) }, 0, text.length, "search"));
  const values: string[] = [];
  while (cursor.peek().type !== "end") {
    const token = cursor.next();
    if (token.type === "word" || token.type === "string") values.push(token.text);
  }
  return values;
}
