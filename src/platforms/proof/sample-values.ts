import { isPattern, type Predicate, type Value } from "../../rule/expression.ts";
import { encodedValues } from "../condition/encoded.ts";
import type { RegexDialect } from "../platform.ts";
import { readRegex } from "../regex/read.ts";
import { sampleOf } from "./regex-sample.ts";

/** For tests: values of a field under which a predicate holds or does not, most of them close to the border. */
export interface Samples {
  readonly holding: readonly string[];
  readonly failing: readonly string[];
}

/** What may be tried. */
export interface Sampling {
  readonly regex: RegexDialect;
  /** Other letter cases, too; not where a translation says that it takes them otherwise than the rule. */
  readonly letterCase: boolean;
}

/** `undefined` among neither: a missing field is tried for every predicate. */
export function samplesFor(predicate: Predicate, { regex, letterCase }: Sampling): Samples {
  const values =
    predicate.encoding === undefined ? predicate.values : (encodedValues(predicate)?.flat() ?? predicate.values);
  const some = values.length <= 4 ? values : [...values.slice(0, 2), ...values.slice(-2)];
  const holding = some.flatMap((one) => holdingFor(predicate, one, regex));
  const all = predicate.quantifier === "all" && some.length > 1 ? [holding.join(" ")] : [];
  const near = [...all, ...holding].flatMap((one) => nearby(one, letterCase));
  return {
    holding: [...new Set([...all, ...holding])],
    failing: [...new Set(["other value", "7", "true", "false", "203.0.113.9", "fe80::9", ...near])],
  };
}

function holdingFor({ operator }: Predicate, value: Value, regex: RegexDialect): readonly string[] {
  const text = isPattern(value)
    ? value.tokens.map((one) => (one.type === "literal" ? one.text : one.type === "any" ? "xy" : "z")).join("")
    : String(value);
  switch (operator) {
    case "eq":
    case "wildcard":
    case "lt_field":
      return [text];
    case "contains":
      return [text, `a${text}b`];
    case "starts_with":
      return [text, `${text}b`];
    case "ends_with":
      return [text, `a${text}`];
    case "match":
      return [text, `one ${text}, two`, `one${text}`];
    case "regex_match": {
      const read = readRegex(text, regex);
      const sample = read.type === "unread" ? null : sampleOf(read.regex);
      return sample === null ? [text] : [sample, `a${sample}b`];
    }
    case "cidr_match": {
      const [address = ""] = text.split("/");
      return [address, address.replace(/(?:\.0)+$/u, (zeros) => zeros.replaceAll("0", "7"))];
    }
    case "lt":
    case "le":
    case "gt":
    case "ge": {
      const number = Number(text);
      return Number.isFinite(number) ? [text, String(number - 1), String(number + 1)] : [text];
    }
    case "exists":
    case "is_null":
      return ["something"];
    default:
      return ["same"];
  }
}

/** Texts that differ in a letter, in letter case, or at an end. */
function nearby(text: string, letterCase: boolean): readonly string[] {
  return [
    ...(letterCase ? [text.toUpperCase(), text.toLowerCase()] : []),
    `${text}#`,
    `#${text}`,
    text.slice(1),
    text.slice(0, -1),
  ];
}
