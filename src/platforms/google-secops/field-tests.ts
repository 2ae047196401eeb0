import { type Refused, refused, type Test, type Written } from "../platform.ts";
import { type FieldKind, kindOf } from "./field-kinds.ts";
import { yaraField } from "./literals.ts";

const calls: Readonly<Record<string, string>> = {
  contains_field: "strings.contains",
  starts_with_field: "strings.starts_with",
  ends_with_field: "strings.ends_with",
};

const signs: Readonly<Record<string, string>> = { lt_field: "<", le_field: "<=", gt_field: ">", ge_field: ">=" };

/** Comparisons with another field of the event. Two fields that are not there are equal, and every text holds the empty one. */
export function fieldTest(test: Test, kind: FieldKind, name: string, subject: string): Written | Refused {
  const [field] = test.others;
  const other = field === undefined ? null : yaraField(field.name);
  if (field === undefined || other === null) return refused("no-field", `${field?.name ?? ""} is no field of UDM.`);
  const otherKind = kindOf(field.name);
  const { operator, caseSensitive } = test;
  if (operator === "eq_field") {
    if (kind !== otherKind) return refused("value-type", "The two fields hold values of different types.");
    const guard = kind === "integer" ? "0" : kind === "boolean" ? "false" : '""';
    const fold = caseSensitive || kind !== "text" ? "" : " nocase";
    return { text: `${subject} = ${other}${fold} and ${name} != ${guard}`, binds: "and" };
  }
  const call = calls[operator];
  if (call !== undefined) {
    if (kind !== "text" || otherKind !== "text") return refused("value-type", "Only texts hold each other.");
    const fold = (one: string): string => (caseSensitive ? one : `strings.to_lower(${one})`);
    return { text: `${call}(${fold(subject)}, ${fold(other)}) and ${other} != ""`, binds: "and" };
  }
  if (kind === "boolean" || kind === "enumeration" || otherKind === "boolean" || otherKind === "enumeration") {
    return refused("value-type", "SecOps orders numbers only.");
  }
  const number = (one: string, own: FieldKind): string => (own === "text" ? `cast.as_int(${one})` : one);
  const there = (one: string, own: FieldKind): string => `${one} != ${own === "text" ? '""' : "0"}`;
  const compared = `${number(subject, kind)} ${signs[operator] ?? "="} ${number(other, otherKind)}`;
  return { text: `${compared} and ${there(name, kind)} and ${there(other, otherKind)}`, binds: "and" };
}
