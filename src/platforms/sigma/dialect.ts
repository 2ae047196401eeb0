import type { SigmaItem } from "../../languages/sigma/ast.ts";
import { isPattern, type Value } from "../../rule/expression.ts";
import { type Dialect, type Refused, refused, type TargetField, type Test, type Written } from "../platform.ts";
import { pcre } from "../regex/dialect.ts";
import { regexOfWord } from "../regex/pattern-regex.ts";
import { regexFor } from "../regex/write.ts";
import { booleanValue, item, keyOf, nullValue, numberValue, sigmaText, stringValue } from "./item.ts";

/** A test as an item of a detection; what a rule looks like is decided when all its items are known. */
export interface SigmaTest extends Written {
  readonly item: SigmaItem;
}

/**
 * Items of detections. Texts are compared without regard to letter case unless `cased` says so, and nothing is true of a
 * field that an event does not have.
 * https://sigmahq.io/sigma-specification/specification/sigma-appendix-modifiers.html
 */
export const sigmaDialect: Dialect = {
  missing: "false",
  and: "and",
  or: "or",
  not: (operand) => `not ${operand}`,
  takesSeveral: ({ operator, quantifier, others }) =>
    others.length === 0 &&
    operator !== "match" &&
    !/^(?:lt|le|gt|ge)$/u.test(operator) &&
    (quantifier === "any" || operator !== "cidr_match"),
  test: (test) => testOf(test),
};

function made(made: SigmaItem, remarks: Written["remarks"] = []): SigmaTest {
  return { text: keyOf(made), binds: "atom", remarks, item: made };
}

function testOf(test: Test): SigmaTest | Refused {
  const { operator, field, values, caseSensitive, others } = test;
  const name = field?.name ?? null;
  const cased = caseSensitive ? ["cased"] : [];
  const all = test.quantifier === "all" && values.length > 1 ? ["all"] : [];
  if (name !== null && (name === "" || name.includes("|")))
    return refused("no-field", "Sigma takes a bar in a name for a modifier.");
  switch (operator) {
    case "exists":
      return name === null ? wholeEvent() : made(item(name, ["exists"], [booleanValue(true)]));
    case "is_null":
      return name === null ? wholeEvent() : made(item(name, [], [nullValue]));
    case "eq":
      return made(
        item(
          name,
          [...cased, ...all],
          values.map((one) => (name === null ? keyword(one) : plain(one, field, cased))),
        ),
      );
    case "wildcard":
      return made(
        item(
          name,
          [...cased, ...all],
          values.map((one) => stringValue(sigmaText(one))),
        ),
      );
    case "contains":
    case "starts_with":
    case "ends_with":
      return shaped(test, name, [...cased, ...all]);
    case "match":
      return words(test, name, cased);
    case "regex_match":
      return regex(test, name, all);
    case "cidr_match":
      return name === null
        ? wholeEvent()
        : made(
            item(
              name,
              ["cidr"],
              values.map((one) => stringValue(String(one))),
            ),
          );
    case "lt":
    case "le":
    case "gt":
    case "ge":
      return order(operator, name, values[0] ?? "");
    case "eq_field":
    case "contains_field":
    case "starts_with_field":
    case "ends_with_field": {
      const shape = {
        eq_field: [],
        contains_field: ["contains"],
        starts_with_field: ["startswith"],
        ends_with_field: ["endswith"],
      }[operator];
      return name === null
        ? wholeEvent()
        : made(
            item(
              name,
              ["fieldref", ...shape, ...cased],
              others.map((one) => stringValue(one.name)),
            ),
          );
    }
    case "lt_field":
    case "le_field":
    case "gt_field":
    case "ge_field":
      return refused("operator", "Sigma does not compare fields by order.");
    default:
      return operator satisfies never;
  }
}

function wholeEvent(): Refused {
  return refused("keyword", "Sigma looks through whole events only for texts.");
}

/** Numbers as themselves, unless letter case is to be heeded, of which numbers know nothing. */
function plain(value: Value, field: TargetField | null, cased: readonly string[]) {
  const asNumber = typeof value === "number" || (field?.type === "number" && /^-?\d{1,15}$/u.test(String(value)));
  if (asNumber && cased.length === 0) return numberValue(Number(value));
  return stringValue(sigmaText(value));
}

/** A keyword stands for itself anywhere in the event. */
function keyword(value: Value) {
  return stringValue(sigmaText(value));
}

const shapes = { contains: "contains", starts_with: "startswith", ends_with: "endswith" } as const;

function shaped({ operator, values }: Test, name: string | null, more: readonly string[]): SigmaTest | Refused {
  if (name === null) {
    if (operator !== "contains") return refused("keyword", "A keyword of Sigma may stand anywhere in the event.");
    // With wildcards around it, it is a part of the event and no word.
    return made(
      item(
        null,
        more,
        values.map((one) => stringValue(`*${sigmaText(one)}*`)),
      ),
    );
  }
  return made(
    item(
      name,
      [shapes[operator as "contains"], ...more],
      values.map((one) => stringValue(sigmaText(one))),
    ),
  );
}

/** Words of the whole event are keywords; in one field, a word is a text that no letter or digit touches. */
function words({ values }: Test, name: string | null, cased: readonly string[]): SigmaTest {
  const [value = ""] = values;
  if (name === null) return made(item(null, cased, [keyword(value)]));
  const word = regexOfWord(isPattern(value) ? value.tokens : [{ type: "literal", text: String(value) }]);
  return made(item(name, cased.length === 0 ? ["re", "i"] : ["re"], [stringValue(word)]));
}

function regex(
  { values, regex: from, caseSensitive }: Test,
  name: string | null,
  all: readonly string[],
): SigmaTest | Refused {
  const texts: string[] = [];
  let folds = !caseSensitive;
  for (const value of values) {
    const written = regexFor(String(value), from, pcre);
    if (written.type === "refused") return written;
    folds ||= written.ignoreCase;
    texts.push(written.text);
  }
  return made(item(name, ["re", ...(folds ? ["i"] : []), ...all], texts.map(stringValue)));
}

const orders = { lt: "lt", le: "lte", gt: "gt", ge: "gte" } as const;

function order(operator: keyof typeof orders, name: string | null, value: Value): SigmaTest | Refused {
  if (name === null) return wholeEvent();
  const number = Number(value);
  if (String(value).trim() === "" || !Number.isFinite(number)) {
    return refused("value-type", "Sigma compares numbers alone by order.");
  }
  return made(item(name, [orders[operator]], [numberValue(number)]));
}
