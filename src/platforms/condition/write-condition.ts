import { conjoin, disjoin } from "../../rule/build.ts";
import { describePredicate } from "../../rule/describe.ts";
import { type Expression, type FieldRef, isPattern, type Predicate, type Value } from "../../rule/expression.ts";
import type { SourceContext } from "../../vocabulary/context.ts";
import type { Schema } from "../../vocabulary/fields/names.ts";
import type { Platform as OperatingSystem } from "../../vocabulary/platform.ts";
import type { Values } from "../../vocabulary/values/values.ts";
import { toOtherForm } from "../fields/other-form.ts";
import type { FieldNames } from "../fields/target-field.ts";
import type { LogPlace } from "../log-sources/tables.ts";
import {
  type Condition,
  type Dialect,
  isRefused,
  type RegexDialect,
  type TargetField,
  type Test,
} from "../platform.ts";
import type { FieldNaming, Remark, ReportPart } from "../translation.ts";
import { dashes, encodedValues } from "./encoded.ts";

/** What a condition is written with. */
export interface Writing {
  readonly dialect: Dialect;
  readonly names: FieldNames;
  readonly values: Values;
  /** The schema of the rule's own language, for names that stand in values. */
  readonly schema: Schema | null;
  readonly context: SourceContext;
  readonly place: LogPlace;
  readonly system: OperatingSystem;
  readonly regex: RegexDialect;
}

export interface WrittenCondition {
  /** null where a part was lost that nothing can stand for. */
  readonly condition: Condition | null;
  /** The condition without the parts that were lost, so that it finds no less; null where nothing is left. */
  readonly broader: Condition | null;
  readonly report: readonly ReportPart[];
  readonly fields: readonly FieldNaming[];
}

/** Writes a condition that is never unknown (`twoValued`) for one place. */
export function writeCondition(writing: Writing, expression: Expression): WrittenCondition {
  const sheet: Sheet = { writing, report: [], fields: new Map() };
  const { exact, broader } = write(sheet, expression, false);
  return { condition: exact, broader, report: sheet.report, fields: [...sheet.fields.values()] };
}

interface Sheet {
  readonly writing: Writing;
  readonly report: ReportPart[];
  readonly fields: Map<string, FieldNaming>;
}

/** `broader`: what remains where lost parts are left out; null: everything is let through. */
interface Both {
  readonly exact: Condition | null;
  readonly broader: Condition | null;
}

function write(sheet: Sheet, expression: Expression, negated: boolean): Both {
  switch (expression.type) {
    case "and":
    case "or": {
      const all = expression.operands.map((one) => write(sheet, one, negated));
      const exact = joined(
        expression.type,
        all.map((one) => one.exact),
      );
      // A part left out of an `and` makes it broader; out of an `or`, nothing of it can be kept. Under `not` it is the other way.
      const keeps = (expression.type === "and") !== negated;
      if (exact !== null) return { exact, broader: exact };
      const kept = all.map((one) => one.broader).filter((one) => one !== null);
      return { exact, broader: keeps || kept.length === all.length ? joined(expression.type, kept) : null };
    }
    case "not": {
      const { exact, broader } = write(sheet, expression.operand, !negated);
      return {
        exact: exact === null ? null : { type: "not", operand: exact },
        broader: broader === null ? null : { type: "not", operand: broader },
      };
    }
    case "predicate": {
      const condition = writePredicate(sheet, expression, negated);
      return { exact: condition, broader: condition };
    }
    case "opaque":
      lose(sheet, expression.text.replace(/\s+/gu, " ").trim().slice(0, 120), {
        code: "not-understood",
        why: `This part was not understood: ${expression.reason}.`,
      });
      return { exact: null, broader: null };
    default:
      return expression satisfies never;
  }
}

function joined(type: "and" | "or", parts: readonly (Condition | null)[]): Condition | null {
  const operands: Condition[] = [];
  for (const part of parts) {
    if (part === null) return null;
    if (part.type === type) operands.push(...part.operands);
    else operands.push(part);
  }
  const [only] = operands;
  return operands.length > 1 ? { type, operands } : (only ?? null);
}

function lose({ report }: Sheet, part: string, { code, why }: Remark): null {
  report.push({ part, verdict: "lost", code, why });
  return null;
}

function writePredicate(sheet: Sheet, predicate: Predicate, negated: boolean): Condition | null {
  const part = partOf(predicate);
  const trouble = troubleOf(predicate);
  if (trouble !== null) return lose(sheet, part, trouble);
  const plain = predicate.encoding === undefined ? predicate : null;
  if (plain === null) return writeEncoded(sheet, predicate, negated, part);
  const said = writeSaid(sheet, predicate, negated, part);
  if (said !== undefined) return said;
  const asked = fieldOf(sheet, predicate, negated) ?? supplied(sheet, predicate);
  if (asked === null) return lose(sheet, part, noField(predicate.field));
  const remarks: Remark[] = [...asked.remarks];
  const condition = writeTests(sheet, asked.predicate, asked.field, asked.others, negated, remarks);
  if (condition === null || "code" in condition) return lose(sheet, part, condition ?? noField(predicate.field));
  tell(sheet, part, remarks);
  return condition;
}

function partOf(predicate: Predicate): string {
  const text = describePredicate(predicate).replace(/\s+/gu, " ");
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

/** Exact where all remarks only explain. */
function tell({ report }: Sheet, part: string, remarks: readonly Remark[]): void {
  const unique = [...new Map(remarks.map((one) => [one.why, one])).values()];
  const [first] = unique;
  const explains = unique.every((one) => one.code === "other-form");
  report.push({
    part,
    verdict: explains ? "exact" : "approximated",
    code: first?.code ?? null,
    why: unique.map((one) => one.why).join(" "),
  });
}

/** Why no platform can be asked this. */
function troubleOf(predicate: Predicate): Remark | null {
  const { field, evaluated, values } = predicate;
  if (field?.derivedFrom?.kind === "computed") {
    return { code: "computed-value", why: `The rule works ${field.raw} out itself: ${field.derivedFrom.text}.` };
  }
  if (field !== null && /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(field.canonical ?? field.raw)) {
    return { code: "no-field", why: "The name of the field holds control characters." };
  }
  if (evaluated === true) return { code: "computed-value", why: "The value is worked out when the rule runs." };
  for (const value of values) {
    if (!isPattern(value)) continue;
    const placeholder = value.tokens.find((one) => one.type === "placeholder");
    if (placeholder?.type === "placeholder") {
      return { code: "placeholder", why: `%${placeholder.name}% stands for a list of the user's own environment.` };
    }
  }
  return null;
}

function noField(field: FieldRef | null): Remark {
  if (field === null) return { code: "keyword", why: "The platform cannot look through whole events." };
  const meaning = field.canonical === null || field.canonical === field.raw ? "" : ` (${field.canonical})`;
  return { code: "no-field", why: `There is no name for ${field.raw}${meaning} here.` };
}

interface Asked {
  /** The predicate, perhaps asked of another form. */
  readonly predicate: Predicate;
  readonly field: TargetField | null;
  readonly others: readonly TargetField[];
  readonly remarks: readonly Remark[];
}

function fieldOf(sheet: Sheet, predicate: Predicate, negated: boolean): Asked | null {
  const { field } = predicate;
  if (field === null)
    return (negated ? null : inText(sheet, predicate)) ?? { predicate, field, others: [], remarks: [] };
  const { names, place } = sheet.writing;
  const canonical = canonicalOf(sheet, field);
  if (canonical === null) return null;
  const direct = names.find(canonical, place);
  if (direct !== null) {
    const others = predicate.operator.endsWith("_field") ? otherFields(sheet, predicate.values) : [];
    if (others === null) return null;
    note(sheet, field, direct);
    return { predicate, field: direct, others, remarks: [direct, ...others].flatMap(unlistedRemark) };
  }
  return inOtherForm(sheet, predicate, field, canonical);
}

/** A search through whole events, in the one field that holds their text: it finds no more than that search. */
function inText(sheet: Sheet, predicate: Predicate): Asked | null {
  const { dialect, names, place } = sheet.writing;
  const found = dialect.textField === undefined ? null : names.find(dialect.textField, place);
  if (found === null) return null;
  note(sheet, { raw: "", canonical: found.canonical }, found);
  const why = `Only ${found.name} is searched, which holds the text of the event.`;
  return { predicate, field: found, others: [], remarks: [{ code: "keyword", why }, ...unlistedRemark(found)] };
}

function canonicalOf({ writing: { schema, context } }: Sheet, { raw, canonical }: FieldRef): string | null {
  return canonical ?? schema?.read(raw, context)?.field ?? null;
}

function otherFields(sheet: Sheet, values: readonly Value[]): readonly TargetField[] | null {
  const { names, place } = sheet.writing;
  const found: TargetField[] = [];
  for (const value of values) {
    const raw = String(value);
    const canonical = canonicalOf(sheet, { raw, canonical: null });
    const field = canonical === null ? null : names.find(canonical, place);
    if (field === null) return null;
    note(sheet, { raw, canonical }, field);
    found.push(field);
  }
  return found;
}

function inOtherForm(sheet: Sheet, predicate: Predicate, field: FieldRef, canonical: string): Asked | null {
  const { names, place, values, system } = sheet.writing;
  const { vocabulary } = names;
  const from = vocabulary.field(canonical);
  if (from === null) return null;
  for (const to of vocabulary.formsOf(from.facet)) {
    if (to.id === canonical) continue;
    const name = names.find(to.id, place);
    if (name === null) continue;
    const moved = toOtherForm({ vocabulary, values }, system, predicate, from, to);
    if (moved === null) continue;
    const remark: Remark = {
      code: "other-form",
      why: `Asked of ${name.name}, which holds the ${to.form ?? to.title}.`,
    };
    note(sheet, field, name);
    return {
      predicate: { ...predicate, operator: moved.operator, values: moved.values },
      field: name,
      others: [],
      remarks: [...(moved.remarks ?? [remark]), ...unlistedRemark(name)],
    };
  }
  return null;
}

/** The name under which a user may supply a field that the platform does not have. */
function supplied(sheet: Sheet, predicate: Predicate): Asked | null {
  const { names, place } = sheet.writing;
  const ids = predicate.operator.endsWith("_field")
    ? [predicate.field, ...predicate.values.map((one) => ({ raw: String(one), canonical: null }))]
    : [predicate.field];
  const found: TargetField[] = [];
  const remarks: Remark[] = [];
  for (const one of ids) {
    const canonical = one === null ? null : canonicalOf(sheet, one);
    const listed = canonical === null ? null : names.find(canonical, place);
    const field = listed ?? (canonical === null ? null : names.supply(canonical, place));
    if (one === null || field === null) return null;
    note(sheet, one, field);
    found.push(field);
    if (listed === null) remarks.push(suppliedRemark(canonical ?? one.raw, field.name));
  }
  const [field, ...others] = found;
  return field === undefined ? null : { predicate, field, others, remarks };
}

export function suppliedRemark(canonical: string, name: string): Remark {
  const why = `The platform has no field of its own for ${canonical}: the query asks for ${name}, which has to be supplied.`;
  return { code: "supplied-field", why };
}

/**
 * A value that the events of the place tell by other fields (an outcome, by whether there is an error). undefined where
 * the place says nothing of the field; null where not of all values, so that the part is lost.
 */
function writeSaid(sheet: Sheet, predicate: Predicate, negated: boolean, part: string): Condition | null | undefined {
  const { field, operator, values, quantifier } = predicate;
  const { place } = sheet.writing;
  const canonical = field === null ? null : canonicalOf(sheet, field);
  const table = canonical === null ? undefined : place.says[canonical];
  if (table === undefined || field === null || operator !== "eq" || (quantifier === "all" && values.length > 1))
    return undefined;
  const remarks: Remark[] = [];
  const options: Condition[] = [];
  for (const value of values) {
    const said = isPattern(value) ? undefined : table[String(value).toLowerCase()];
    if (said === undefined) return undefined;
    const tests: Condition[] = [];
    for (const [name, native] of Object.entries(said)) {
      const target: TargetField = { name, canonical: null, type: "keyword", listed: true, types: place.types };
      const test: Predicate =
        native.length === 0
          ? { ...predicate, operator: "is_null", values: [] }
          : native.every((one) => one === "*")
            ? { ...predicate, operator: "exists", values: [] }
            : { ...predicate, values: native, quantifier: "any", caseSensitive: false };
      const written = writeTests(sheet, test, target, [], negated, remarks);
      if (written === null || "code" in written) return undefined;
      tests.push(written);
    }
    const all = joined("and", tests);
    if (all === null) return undefined;
    options.push(all);
  }
  const whole = joined("or", options);
  if (whole === null) return undefined;
  tell(sheet, part, [...remarks, { code: "other-form", why: "Events tell this by other fields here." }]);
  return whole;
}

function unlistedRemark({ name, listed }: TargetField): readonly Remark[] {
  if (listed) return [];
  return [
    { code: "unlisted-field", why: `The name ${name} follows the platform's scheme for fields that it does not list.` },
  ];
}

function note({ fields }: Sheet, { raw }: FieldRef, { name, canonical }: TargetField): void {
  fields.set(`${raw}\n${name}`, { raw, canonical, name });
}

/** One test, or as many as the values need. A remark says why there is none. */
function writeTests(
  sheet: Sheet,
  predicate: Predicate,
  field: TargetField | null,
  others: readonly TargetField[],
  negated: boolean,
  remarks: Remark[],
): Condition | Remark | null {
  const { dialect, regex } = sheet.writing;
  const test: Test = {
    field,
    operator: predicate.operator,
    values: others.length > 0 ? [] : predicate.values,
    others,
    quantifier: predicate.quantifier,
    caseSensitive: predicate.caseSensitive,
    several: predicate.several ?? "any",
    guarded: negated && dialect.missing === "unknown",
    negated,
    regex,
  };
  const count = Math.max(test.values.length, others.length);
  const single = (one: Test): Condition | Remark => {
    const written = dialect.test(one);
    if (isRefused(written)) return { code: written.code, why: written.why };
    remarks.push(...(written.remarks ?? []));
    return { type: "written", written };
  };
  if (count <= 1 || dialect.takesSeveral(test)) return single(test);
  const operands: Condition[] = [];
  for (let at = 0; at < count; at++) {
    const one = single({
      ...test,
      quantifier: "any",
      values: test.values.slice(at, at + 1),
      others: others.slice(at, at + 1),
    });
    if ("code" in one) return one;
    operands.push(one);
  }
  return { type: test.quantifier === "all" ? "and" : "or", operands };
}

/** A predicate on coded values asks for any of the texts that each of them becomes. */
function writeEncoded(sheet: Sheet, predicate: Predicate, negated: boolean, part: string): Condition | null {
  const { encoding: _encoding, ...bare } = predicate;
  const texts = encodedValues(predicate);
  const { span } = predicate;
  const written =
    texts === null
      ? dashRegex(predicate)
      : predicate.quantifier === "all"
        ? conjoin(
            texts.map((values) => ({ ...bare, values, quantifier: "any" as const })),
            span,
          )
        : { ...bare, values: texts.flat() };
  if (written === null) {
    return lose(sheet, part, {
      code: "encoding",
      why: `The values cannot be written out in ${predicate.encoding?.join(", ")}.`,
    });
  }
  return write(sheet, written, negated).exact;
}

/** Values with several dashes: a regular expression in which each dash is any of them. */
function dashRegex(predicate: Predicate): Expression | null {
  const { encoding, ...bare } = predicate;
  if (encoding?.some((step) => step !== "windash")) return null;
  const each: Expression[] = [];
  for (const value of predicate.values) {
    const text = isPattern(value) ? null : dashText(String(value));
    const [before, after] = { eq: ["^", "$"], contains: ["", ""], starts_with: ["^", ""], ends_with: ["", "$"] }[
      predicate.operator as "eq"
    ] ?? [null, null];
    if (text === null || before === null) return null;
    each.push({ ...bare, operator: "regex_match", values: [`${before}${text}${after}`], quantifier: "any" });
  }
  return predicate.quantifier === "all" ? conjoin(each, predicate.span) : disjoin(each, predicate.span);
}

function dashText(text: string): string {
  return [...text]
    .map((char) =>
      dashes.includes(char)
        ? `[${dashes.map((one) => (one === "-" ? "\\-" : one)).join("")}]`
        : char.replace(/[.*+?^${}()|[\]\\]/u, "\\$&"),
    )
    .join("");
}
