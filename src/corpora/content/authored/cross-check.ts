import type { AuthoredPackage } from "./authored-package.ts";
import { rulesOf } from "./rules.ts";

/** What the schema cannot see: parts of a package that name each other. One sentence a fault. */
export function crossCheck(authored: AuthoredPackage): readonly string[] {
  const { file, technique, telemetry } = authored;
  const faults: string[] = [];
  const say = (holds: boolean, sentence: string): void => {
    if (!holds) faults.push(sentence);
  };
  const rules = rulesOf(authored);
  const names = new Set(rules.map((one) => one.facts.name ?? ""));
  const knobs = new Set(file.knobs.map((one) => one.id));
  const telling = new Set(file.rules.map((one) => one.rule));

  say(file.technique === technique, `technique is ${file.technique}, and the folder is ${technique}.`);
  for (const failure of rules.flatMap((one) => one.diagnostics.filter(({ severity }) => severity === "error"))) {
    faults.push(`A rule does not parse: ${failure.message}`);
  }
  for (const one of rules) {
    say(one.facts.name !== undefined, `The rule "${one.title}" has no name.`);
    const tagged = one.attack.some(({ kind, id }) => kind === "technique" && isPartOf(id, technique));
    say(tagged, `The rule "${one.title}" is not tagged with ${technique}.`);
  }
  for (const { rule } of file.rules) say(names.has(rule), `There is no rule ${rule} in rules/.`);
  for (const [what, ids] of [
    ["knob", file.knobs],
    ["test", file.tests],
    ["benign telemetry", file.benign],
  ] as const) {
    for (const id of repeated(ids.map((one) => one.id))) faults.push(`Two of the ${what} entries have the id ${id}.`);
  }
  for (const { id, rules: changed } of file.knobs) {
    for (const rule of changed) say(names.has(rule), `The knob ${id} changes a rule ${rule}, which is not in rules/.`);
  }
  for (const { id, fires } of file.tests) {
    for (const rule of fires) say(telling.has(rule), `The test ${id} fires ${rule}, which is not under rules.`);
  }
  for (const { what, knob } of file.falsePositives) {
    say(knob === undefined || knobs.has(knob), `"${what}" names a knob ${knob}, which there is not.`);
  }
  const used = new Set([...file.tests, ...file.benign].map((one) => one.telemetry));
  for (const one of used) say(telemetry.has(one), `There is no file ${one}.`);
  for (const one of telemetry.keys()) say(used.has(one), `${one} is used by no test.`);
  return faults;
}

/** A rule of a technique may be tagged with its parent or a part of it. */
function isPartOf(id: string, technique: string): boolean {
  return id === technique || id.startsWith(`${technique}.`) || technique.startsWith(`${id}.`);
}

function repeated(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((one, at) => ids.indexOf(one) !== at))];
}
