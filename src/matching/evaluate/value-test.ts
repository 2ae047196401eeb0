import ipaddr from "ipaddr.js";
import { encodedValues } from "../../platforms/condition/encoded.ts";
import type { RegexDialect } from "../../platforms/platform.ts";
import { isPattern, type Predicate, type Value } from "../../rule/expression.ts";
import type { Scalar } from "../view/layout.ts";
import { withOneDash } from "./cell.ts";
import { openGlob } from "./glob.ts";
import { openRegex } from "./regex.ts";
import { isNumeric, order } from "./scalars.ts";
import { openWord } from "./word.ts";

/** Does one value of an event meet one value of a rule? `text` is the value as text, without letter case where that does not matter. */
export type ValueTest = (value: Scalar, text: string) => boolean;

/** Why a predicate cannot be run, in words that can be counted. */
export class CannotRun extends Error {}

export function hasDashes({ encoding }: Predicate): boolean {
  return encoding?.includes("windash") === true;
}

/** The values of a predicate, each as the forms that are looked for; more than one where it is encoded. */
export function formsOf(predicate: Predicate): readonly (readonly Value[])[] {
  const encoding = predicate.encoding?.filter((step) => step !== "windash") ?? [];
  if (encoding.length === 0) return predicate.values.map((one) => [one]);
  const forms = encodedValues({ ...predicate, encoding });
  if (forms === null) throw new CannotRun(`The values cannot be written out in ${encoding.join(", ")}.`);
  return forms;
}

/** The test for one value. Throws `CannotRun`. */
export function valueTest(predicate: Predicate, wanted: Value, dialect: RegexDialect): ValueTest {
  const { operator, caseSensitive } = predicate;
  if (isPattern(wanted)) return patternTest(predicate, wanted);
  const plain = hasDashes(predicate) ? withOneDash(String(wanted)) : String(wanted);
  const right = caseSensitive ? plain : plain.toLowerCase();
  switch (operator) {
    case "eq":
      return equalTest(wanted, right);
    case "contains":
      return (_value, text) => text.includes(right);
    case "starts_with":
      return (_value, text) => text.startsWith(right);
    case "ends_with":
      return (_value, text) => text.endsWith(right);
    case "match": {
      const finds = openWord([{ type: "literal", text: right }], false);
      return (_value, text) => finds(text);
    }
    case "regex_match": {
      const regex = openRegex(String(wanted), caseSensitive, dialect);
      if ("why" in regex) throw new CannotRun(regex.why);
      return (value) => regex.finds(String(value));
    }
    case "cidr_match":
      return networkTest(String(wanted));
    case "lt":
      return (value) => order(value, wanted) < 0;
    case "le":
      return (value) => order(value, wanted) <= 0;
    case "gt":
      return (value) => order(value, wanted) > 0;
    case "ge":
      return (value) => order(value, wanted) >= 0;
    case "wildcard":
      throw new CannotRun("A wildcard has no pattern.");
    case "exists":
    case "is_null":
    case "eq_field":
    case "contains_field":
    case "starts_with_field":
    case "ends_with_field":
    case "lt_field":
    case "le_field":
    case "gt_field":
    case "ge_field":
      throw new CannotRun(`${operator} compares no value.`);
    default:
      return operator satisfies never;
  }
}

function patternTest({ operator, caseSensitive }: Predicate, { tokens }: Extract<Value, object>): ValueTest {
  const placeholder = tokens.find((one) => one.type === "placeholder");
  if (placeholder !== undefined) throw new CannotRun("The rule asks for a list of its user's own environment.");
  const test = operator === "match" ? openWord(tokens, !caseSensitive) : openGlob(tokens, !caseSensitive);
  return (_value, text) => test(text);
}

/** Also numbers that are written otherwise are equal. */
function equalTest(wanted: Exclude<Value, object>, right: string): ValueTest {
  if (typeof wanted === "boolean") {
    const folded = right.toLowerCase();
    return (_value, text) => text.toLowerCase() === folded;
  }
  if (!isNumeric(wanted)) return (_value, text) => text === right;
  const number = Number(wanted);
  return (value, text) => text === right || (isNumeric(value) && Number(value) === number);
}

type Address = ReturnType<typeof ipaddr.process>;

/** The address that was read last: rules ask the same one for many networks. */
let last: { readonly text: string; readonly address: Address | null } = { text: "", address: null };

const longestAddress = 64;

function addressOf(text: string): Address | null {
  if (text.length > longestAddress) return null;
  if (last.text !== text) last = { text, address: ipaddr.isValid(text) ? ipaddr.process(text) : null };
  return last.address;
}

function networkTest(network: string): ValueTest {
  let parsed: ReturnType<typeof ipaddr.parseCIDR>;
  try {
    parsed = ipaddr.parseCIDR(network.includes("/") ? network : `${network}/${network.includes(":") ? 128 : 32}`);
  } catch {
    throw new CannotRun("The rule asks for what is no network.");
  }
  const [base, bits] = parsed;
  return (value) => {
    const address = addressOf(String(value));
    return address !== null && address.kind() === base.kind() && address.match(base, bits);
  };
}

/** How two values of an event compare. */
export function fieldTest({ operator, caseSensitive }: Predicate): (left: Scalar, right: Scalar) => boolean {
  const text = (value: Scalar): string => (caseSensitive ? String(value) : String(value).toLowerCase());
  switch (operator) {
    case "eq_field":
      return (left, right) =>
        text(left) === text(right) || (isNumeric(left) && isNumeric(right) && Number(left) === Number(right));
    case "contains_field":
      return (left, right) => text(left).includes(text(right));
    case "starts_with_field":
      return (left, right) => text(left).startsWith(text(right));
    case "ends_with_field":
      return (left, right) => text(left).endsWith(text(right));
    case "lt_field":
      return (left, right) => order(left, right) < 0;
    case "le_field":
      return (left, right) => order(left, right) <= 0;
    case "gt_field":
      return (left, right) => order(left, right) > 0;
    case "ge_field":
      return (left, right) => order(left, right) >= 0;
    default:
      throw new CannotRun(`${operator} compares no fields.`);
  }
}
