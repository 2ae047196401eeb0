import type { RuleHead } from "../head.ts";
import { type Refused, refused, type TargetField, type TargetQuery, type WrittenQuery } from "../platform.ts";
import { kindOf } from "./field-kinds.ts";
import { eventMark, variableFor, yaraField } from "./literals.ts";
import { outcomes, ruleText, statements } from "./rule-text.ts";

type NewTerms = Extract<TargetQuery, { readonly type: "new_terms" }>;

/**
 * Values that were not there before. The engine sees two days, so that a data table keeps the values seen so far: the rule
 * asks for those that are not in it and adds them (https://docs.cloud.google.com/chronicle/docs/investigation/data-tables).
 *
 * What stands in the table is a hash: a cell holds no comma, and what is looked up has 100 characters at most. Rows must not expire, as
 * only a value that is not in the table is written: the row of one that occurs every day would run out as well.
 */
export function newTermsText({ head, show, branches, fields, window }: NewTerms): WrittenQuery | Refused {
  const taken = new Set(["e"]);
  const terms: Term[] = [];
  for (const field of fields) {
    const term = termOf(field);
    if ("type" in term) return term;
    terms.push(term);
  }
  const table = tableFor(head);
  const value = variableFor("new_value", taken);
  const texts = terms.map((one) => one.text);
  const whole = texts.length === 1 ? (texts[0] ?? "") : `strings.concat(${texts.join(', "\\n", ')})`;
  const own = [
    ...terms.map((one) => one.there),
    `$${value} = hash.sha256(${whole})`,
    `// The data table ${table} has one text column, value, whose rows do not expire.`,
    `not $${value} in %${table}.value`,
  ];
  const text = ruleText(head, {
    events: [...statements(branches, "e"), "", ...own.map((one) => one.replaceAll(eventMark, "$e"))],
    match: `$${value} over 1h`,
    outcome: outcomes([...fields.map(({ name }) => name), ...show.filter(other(fields))], ["e"], true, taken),
    condition: "$e",
    exports: [`%${table}.write_row(value: $${value})`],
  });
  const part = "the values seen before";
  const span = `${window.amount} ${window.unit}${window.amount === 1 ? "" : "s"}`;
  const remarks = [
    `The data table %${table} has to be made, with one text column, value, and filled by running the rule over the ${span} before: until then every value is new.`,
    `What is in the table stays there, so that a value that comes back after ${span} is not found.`,
    "A new row counts after some five minutes: a value that is met again before is found again.",
  ].map((why) => ({ part, code: "new-terms", why }) as const);
  return { text, remarks };
}

/** A field whose values are compared, as a text. */
interface Term {
  readonly text: string;
  /** The event has it. */
  readonly there: string;
}

function termOf({ name }: TargetField): Term | Refused {
  const field = yaraField(name);
  if (field === null) return refused("no-field", `${name} is no field of UDM.`);
  const kind = kindOf(name);
  switch (kind) {
    case "text":
      return { text: field, there: `${field} != ""` };
    case "integer":
      return { text: `cast.as_string(${field})`, there: `${field} != 0` };
    case "boolean":
    case "enumeration":
      return refused("value-type", `${name} is no text that a data table could keep.`);
    default:
      return kind satisfies never;
  }
}

function other(fields: readonly TargetField[]): (name: string) => boolean {
  return (name) => fields.every((one) => one.name !== name);
}

/** `detectionary_seen_1d7e2c0a`: of an id of hexadecimal digits the first group, of others all that a name can hold. */
function tableFor({ id, title }: RuleHead): string {
  const [hexadecimal] = /^[0-9a-f]{8}(?=-)/iu.exec(id) ?? [];
  const own = hexadecimal ?? (id === "" ? title : id);
  const word = own
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "_")
    .replace(/^_+|_+$/gu, "")
    .slice(0, 60);
  return `detectionary_seen_${word}`;
}
