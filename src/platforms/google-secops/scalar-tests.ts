import { isPattern, type Value } from "../../rule/expression.ts";
import { type Refused, refused, type Test, type Written } from "../platform.ts";
import { type FieldKind, spellingOf } from "./field-kinds.ts";
import { yaraString } from "./literals.ts";

const zero = "UDM gives a field that is not there the value";

function atom(text: string): Written {
  return { text, binds: "atom" };
}

/** A test that the zero value meets or not: it may leave out too much, but never find too much. */
function nearZero(text: string, value: string, finds: "more" | "less", { negated }: Test): Written | Refused {
  if ((finds === "more") !== (negated === true)) return refused("missing-field", `${zero} ${value}.`);
  return {
    text,
    binds: "atom",
    remarks: [{ code: "missing-field", why: `${zero} ${value}, so that events with that value are left out too.` }],
  };
}

/** Equality with a number, a truth value or a name of an enumeration, and whether there is a value at all. */
export function scalarTest(
  test: Test,
  kind: Exclude<FieldKind, "text"> | "text",
  name: string,
  subject: string,
): Written | Refused {
  const { operator } = test;
  if (kind === "boolean") return booleanTest(test, subject);
  if (operator === "exists" || operator === "is_null") {
    return operator === "exists"
      ? nearZero(`${name} != 0`, "0", "less", test)
      : nearZero(`${name} = 0`, "0", "more", test);
  }
  const value = test.values[0] ?? "";
  if (operator !== "eq" || isPattern(value)) {
    return refused("value-type", `${test.field?.name} holds no text, which the test would have to look into.`);
  }
  if (kind === "enumeration") return enumerationTest(value, test.field?.name ?? "", subject);
  const number = numberOf(spellingOf(test.field?.name ?? "", String(value)));
  if (number === null) return refused("value-type", `${test.field?.name} holds a number, and ${value} is none.`);
  if (number < 0) return refused("value-type", "YARA-L has no negative numbers.");
  return number === 0 ? nearZero(`${subject} = 0`, "0", "more", test) : atom(`${subject} = ${number}`);
}

function booleanTest(test: Test, subject: string): Written | Refused {
  const value = String(test.values[0] ?? "").toLowerCase();
  if (test.operator !== "eq" || (value !== "true" && value !== "false")) {
    return refused("value-type", `${test.field?.name} holds true or false and nothing else.`);
  }
  return value === "true" ? atom(`${subject} = true`) : nearZero(`${subject} = false`, "false", "more", test);
}

function enumerationTest(value: Value, path: string, subject: string): Written | Refused {
  const text = String(value);
  const name = spellingOf(path, text);
  if (!/^[A-Z][A-Z0-9_]*$/u.test(name)) return refused("value-type", `${text} is no name that UDM has.`);
  if (name === text.toUpperCase()) return atom(`${subject} = ${yaraString(name)}`);
  const why = `What the rule calls ${text} is ${name} in ${path}.`;
  return { text: `${subject} = ${yaraString(name)}`, binds: "atom", remarks: [{ code: "other-form", why }] };
}

/** A number in a value of a rule; null where it is none. */
export function numberOf(value: Value): number | null {
  const text = String(value).trim();
  if (isPattern(value) || !/^[+-]?(?:\d+(?:\.\d+)?|0x[0-9a-f]+)$/iu.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) || text.includes(".") ? number : null;
}

const signs = { lt: "<", le: "<=", gt: ">", ge: ">=" } as const;

/** Order of numbers; those that stand in a text are read from it. */
export function orderTest(test: Test, kind: FieldKind, name: string, subject: string): Written | Refused {
  const operator = test.operator as keyof typeof signs;
  const value = test.values[0] ?? "";
  const number = numberOf(value);
  if (number === null || kind === "boolean" || kind === "enumeration") {
    return refused("value-type", `SecOps orders numbers only, and ${isPattern(value) ? "a pattern" : value} is none.`);
  }
  if (number < 0) return refused("value-type", "YARA-L has no negative numbers.");
  const cast = Number.isInteger(number) ? "cast.as_int" : "cast.as_float";
  const compared = `${kind === "integer" ? subject : `${cast}(${subject})`} ${signs[operator]} ${number}`;
  const zeroMeets = operator === "le" || (operator === "lt" && number > 0) || (operator === "ge" && number === 0);
  if (!zeroMeets) return atom(compared);
  if (kind === "text") return { text: `${compared} and ${name} != ""`, binds: "and" };
  if (test.negated === true) return nearZero(compared, "0", "more", test);
  const guarded = nearZero(`${compared} and ${name} != 0`, "0", "less", test);
  return "type" in guarded ? guarded : { ...guarded, binds: "and" };
}
