import { type Document, isMap, isScalar, isSeq, parseAllDocuments } from "yaml";
import type { AuthoredPackage, PackageText } from "./authored-package.ts";
import type { PackageFile } from "./package-file.ts";

export type Knob = PackageFile["knobs"][number];

/** What a site sets: knob → values to leave out, or one number or time span. Knobs that are not named keep their default. */
export type KnobSettings = ReadonlyMap<string, readonly (string | number)[]>;

/** The rules of a package with its knobs set. */
export function turnedRules(
  { file, rules }: Pick<AuthoredPackage, "file" | "rules">,
  settings: KnobSettings = new Map(),
): readonly PackageText[] {
  return turnRules(rules, file.knobs, settings);
}

/** The same with some of the knobs. A text that none of them changes is the very same. */
export function turnRules(
  rules: readonly PackageText[],
  knobs: readonly Knob[],
  settings: KnobSettings,
): readonly PackageText[] {
  return rules.map((one) => {
    const own = knobs.filter((knob) => knob.rules.some((name) => one.text.includes(name)));
    const set = own.filter((knob) => (settings.get(knob.id) ?? defaultOf(knob)).length > 0);
    const text = set.length === 0 ? one.text : turned(one.text, set, settings);
    return text === one.text ? one : { path: one.path, text };
  });
}

/** What a knob says unless the site says otherwise. */
export function defaultOf(knob: Knob): readonly (string | number)[] {
  if (knob.exclude !== undefined) return knob.exclude.values;
  return [knob.threshold?.default ?? knob.window?.default ?? ""];
}

function turned(text: string, knobs: readonly Knob[], settings: KnobSettings): string {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents) || documents.some((one) => one.errors.length > 0)) return text;
  let changed = false;
  for (const document of documents) {
    const name = document.get("name");
    for (const knob of knobs) {
      if (typeof name !== "string" || !knob.rules.includes(name)) continue;
      if (turn(document, knob, settings.get(knob.id) ?? defaultOf(knob))) changed = true;
    }
  }
  return changed ? documents.map((one) => String(one)).join("") : text;
}

/** Changes one rule; false where it says so already. */
function turn(document: Document, knob: Knob, values: readonly (string | number)[]): boolean {
  if (knob.exclude !== undefined) return leaveOut(document, knob, knob.exclude.field, values);
  const [value] = values;
  if (knob.threshold !== undefined) return setCount(document, Number(value));
  if (document.getIn(["correlation", "timespan"]) === value) return false;
  document.setIn(["correlation", "timespan"], value);
  return true;
}

/** Adds a selection whose name begins with `_`, so that `1 of them` does not mean it. */
function leaveOut(document: Document, { id }: Knob, field: string, values: readonly (string | number)[]): boolean {
  const detection = document.get("detection");
  if (!isMap(detection)) return false;
  const name = `_${id.replaceAll("-", "_")}`;
  document.setIn(["detection", name], document.createNode({ [field]: values }));
  const without = (condition: unknown): string => `(${String(condition)}) and not ${name}`;
  const condition: unknown = detection.get("condition", true);
  if (isScalar(condition)) document.setIn(["detection", "condition"], without(condition.value));
  else if (isSeq(condition)) {
    const all = condition.items.map((one) => without(isScalar(one) ? one.value : one));
    document.setIn(["detection", "condition"], document.createNode(all));
  }
  return true;
}

/** The number that a correlation compares with, whichever comparison it makes. */
function setCount(document: Document, value: number): boolean {
  const condition = document.getIn(["correlation", "condition"]);
  if (!isMap(condition)) return false;
  for (const comparison of ["gte", "gt", "lte", "lt", "eq"]) {
    if (!condition.has(comparison)) continue;
    if (condition.get(comparison) === value) return false;
    condition.set(comparison, value);
    return true;
  }
  return false;
}
