import { isPattern, type Operator, type Predicate, type Value } from "../../rule/expression.ts";
import type { Platform as OperatingSystem } from "../../vocabulary/platform.ts";
import type { Draft } from "../../vocabulary/values/draft.ts";
import type { Values } from "../../vocabulary/values/values.ts";
import type { Field, Vocabulary } from "../../vocabulary/vocabulary.ts";
import type { Remark } from "../translation.ts";

/** A predicate asked of another form of the same thing. */
export interface OtherForm {
  readonly operator: Operator;
  readonly values: readonly Value[];
  /** What is asked differently, where the other form does not tell quite the same. */
  readonly remarks?: readonly Remark[];
}

/**
 * What a predicate on one form of a facet asks of another form: a base name of a path, one hash of a text of several, an
 * extension of a name. null where the other form does not hold what is asked.
 */
export function toOtherForm(
  { vocabulary, values }: { readonly vocabulary: Vocabulary; readonly values: Values },
  system: OperatingSystem,
  predicate: Predicate,
  from: Field,
  to: Field,
): OtherForm | null {
  if (predicate.encoding !== undefined) return null;
  if (predicate.operator === "exists" || predicate.operator === "is_null") {
    const asked: OtherForm = { operator: predicate.operator, values: [] };
    if (comeTogether.some((types) => types.includes(from.type) && types.includes(to.type))) return asked;
    const [asks, holds] = [to, from].map((one) => one.form ?? one.title);
    const why = `It is asked whether there is the ${asks} instead of the ${holds}; an event may have one without the other.`;
    return { ...asked, remarks: [{ code: "missing-field", why }] };
  }
  if (areArguments(from) && to.type === "command_line") return argumentsInText(predicate);
  const each = predicate.values.map(
    (value) =>
      bySteps({ vocabulary, values }, system, predicate, value, from, to) ??
      (to.type === "path" && to.form !== "folder" && from.type === "name"
        ? nameInPath(predicate, value, system)
        : null) ??
      (from.form === "extension" ? extensionOf(predicate, value, to) : null) ??
      (to.type === "registry_path" && from.type === "name" ? nameInPath(predicate, value, "windows") : null) ??
      (to.type === "hashes" && from.type === "hash" ? hashInText(predicate, value, from, values) : null),
  );
  const [first] = each;
  if (first === undefined || first === null) return null;
  const all: Value[] = [];
  for (const one of each) {
    if (one === null || one.operator !== first.operator) return null;
    all.push(one.value);
  }
  return { operator: first.operator, values: all };
}

/** Types of forms of which an event has all or none. The host name of an address is known for some, and the number of a user. */
const comeTogether: readonly (readonly Field["type"][])[] = [
  ["path", "name", "registry_path"],
  ["hash", "hashes"],
  ["command_line", "keyword"],
];

interface OneValue {
  readonly operator: Operator;
  readonly value: Value;
}

/** The moves by which the vocabulary brings a path to its base name and the like. */
function bySteps(
  { vocabulary, values }: { readonly vocabulary: Vocabulary; readonly values: Values },
  system: OperatingSystem,
  { operator }: Predicate,
  value: Value,
  from: Field,
  to: Field,
): OneValue | null {
  let draft: Draft = { field: from.id, operator, value, because: [] };
  for (const step of values.planOf(vocabulary, from.id)?.steps ?? []) draft = step(draft, system);
  return draft.field === to.id ? { operator: draft.operator, value: draft.value } : null;
}

/** A base name is the end of the path behind the last separator. */
function nameInPath({ operator }: Predicate, value: Value, system: OperatingSystem): OneValue | null {
  if (system === null) {
    // The separator of no system, or of any.
    return operator === "eq" && !isPattern(value)
      ? { operator: "regex_match", value: `(?:^|[\\\\/])${escapeRegex(String(value))}$` }
      : null;
  }
  const separator = system === "windows" ? "\\" : "/";
  // No name holds a separator, but many a path has one before what the rule asks for.
  if (textOf(value).includes(separator)) return null;
  switch (operator) {
    case "eq":
      return isPattern(value) ? null : { operator: "ends_with", value: `${separator}${value}` };
    case "ends_with":
      return { operator, value };
    case "wildcard": {
      // A wildcard in the middle must not run over a separator, which patterns cannot say.
      if (
        !isPattern(value) ||
        value.tokens[0]?.type !== "any" ||
        value.tokens.slice(1).some((one) => one.type === "any")
      )
        return null;
      return { operator, value };
    }
    case "starts_with":
    case "contains":
      return typeof value === "string" ? behindSeparator(operator, value, separator) : null;
    default:
      return null;
  }
}

/** An extension is the end of a path or base name, behind a dot. */
function extensionOf({ operator }: Predicate, value: Value, { type, form }: Field): OneValue | null {
  if (operator !== "eq" || isPattern(value) || form === "folder" || (type !== "path" && type !== "name")) return null;
  return { operator: "ends_with", value: `.${value}` };
}

function textOf(value: Value): string {
  if (!isPattern(value)) return String(value);
  return value.tokens.map((one) => (one.type === "literal" ? one.text : "")).join("");
}

/** `starts_with ab` on a name is `\\ab[^\\]*$` on the path. */
function behindSeparator(operator: "starts_with" | "contains", text: string, separator: string): OneValue {
  const sign = separator === "\\" ? "\\\\" : "/";
  const before = operator === "starts_with" ? sign : "";
  return { operator: "regex_match", value: `${before}${escapeRegex(text)}[^${sign}]*$` };
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/gu, "\\$&");
}

function areArguments({ facet, type }: Field): boolean {
  return type === "keyword" && facet?.endsWith(".command") === true;
}

/** What an argument of a command line has on either side: an end of the text, blanks or quotes. */
const argumentEnds = { before: "(?:^|[\\s\"'])", after: "(?:[\\s\"']|$)" } as const;

/** One argument of several is a word of the whole command line. */
function argumentsInText({ operator, values }: Predicate): OtherForm | null {
  const remarks: readonly Remark[] = [
    {
      code: "several-values",
      why: "Arguments are looked for as words between blanks and quotes in the command line, which is one text here.",
    },
  ];
  if (operator === "contains") return { operator, values, remarks };
  const { before, after } = argumentEnds;
  const each: string[] = [];
  for (const value of values) {
    const body = wordBody(value);
    if (body === null) return null;
    switch (operator) {
      case "eq":
      case "wildcard":
        each.push(`${body.open ? "" : before}${body.text}${body.ends ? "" : after}`);
        break;
      case "starts_with":
        each.push(`${before}${body.text}`);
        break;
      case "ends_with":
        each.push(`${body.text}${after}`);
        break;
      default:
        return null;
    }
  }
  return { operator: "regex_match", values: each, remarks };
}

function wordBody(value: Value): { readonly text: string; readonly open: boolean; readonly ends: boolean } | null {
  if (!isPattern(value)) return { text: escapeRegex(String(value)), open: false, ends: false };
  const { tokens } = value;
  if (tokens.some((one) => one.type === "placeholder")) return null;
  const open = tokens[0]?.type === "any";
  const ends = tokens.length > 1 && tokens.at(-1)?.type === "any";
  const text = tokens
    .slice(open ? 1 : 0, ends ? -1 : undefined)
    .map((one) => (one.type === "literal" ? escapeRegex(one.text) : one.type === "any" ? ".*" : "."))
    .join("");
  return { text, open, ends };
}

/** `eq abc…` on an MD5 is `contains MD5=abc…` in a text of several hashes. */
function hashInText({ operator }: Predicate, value: Value, { form }: Field, values: Values): OneValue | null {
  const label = values.hashLabels.get(form ?? "");
  if (operator !== "eq" || typeof value !== "string" || label === undefined) return null;
  return { operator: "contains", value: `${label}=${value}` };
}
