import { type AuthoredPackage, turnedRules } from "../../corpora/content/authored/index.ts";
import type { AnalysedRule } from "../../languages/analyse.ts";
import type { MatchingKnowledge } from "../../matching/engine.ts";
import { knobFaults } from "./knob-faults.ts";
import { groundRules, idOf, nameOf, packageRules } from "./package-rules.ts";
import { openTelemetryRun, readTelemetry } from "./run-telemetry.ts";

/** What the rules of a package did on its telemetry. */
export interface PackageProof {
  readonly technique: string;
  readonly tests: readonly TelemetryOutcome[];
  readonly benign: readonly TelemetryOutcome[];
  /** Everything that must not be, as sentences; none: the package holds. */
  readonly faults: readonly string[];
}

export interface TelemetryOutcome {
  /** Id of the test or of the benign telemetry. */
  readonly id: string;
  readonly events: number;
  /** Names of the rules that fired, among those that the package presents. */
  readonly fired: readonly string[];
  /** What the rules that should fire and did not lack; a sentence a rule. */
  readonly missed: readonly string[];
}

/** Runs a package, with its knobs as its authors set them. */
export function provePackage(knowledge: MatchingKnowledge, authored: AuthoredPackage): PackageProof {
  const rules = packageRules(authored, turnedRules(authored));
  return { technique: authored.technique, ...runPackage(knowledge, authored, rules) };
}

/** The same, and whether each knob can do something: what its authors ask for. */
export function validatePackage(knowledge: MatchingKnowledge, authored: AuthoredPackage): PackageProof {
  const proof = provePackage(knowledge, authored);
  return { ...proof, faults: [...proof.faults, ...knobFaults(knowledge, authored)] };
}

/** The same with rules that may have been changed. */
export function runPackage(
  knowledge: MatchingKnowledge,
  { file, telemetry }: AuthoredPackage,
  rules: readonly AnalysedRule[],
): Omit<PackageProof, "technique"> {
  const faults: string[] = [];
  const presented = new Map(file.rules.map(({ rule }) => [rule, rules.find((one) => nameOf(one) === rule)]));
  const idByName = new Map([...presented].flatMap(([name, one]) => (one === undefined ? [] : [[name, idOf(one)]])));
  const nameById = new Map([...idByName].map(([name, id]) => [id, name]));
  const setOff = new Set<string>();
  const ground = groundRules(rules);
  const runOver = openTelemetryRun(knowledge, rules);

  const run = (path: string, asked: readonly string[]): Omit<TelemetryOutcome, "id"> => {
    const { events, faults: broken } = readTelemetry(telemetry.get(path) ?? "");
    for (const one of broken) faults.push(`${path}: ${one}`);
    if (events.length === 0) faults.push(`${path}: there is no event in it.`);
    const { hits, notRun, unrecognised, explain } = runOver(events);
    for (const one of notRun) faults.push(`The rule ${nameById.get(one.rule) ?? one.rule} does not run: ${one.why}`);
    if (unrecognised > 0) faults.push(`${path}: ${unrecognised} of ${events.length} events are from no known log.`);
    const fired = [...new Set(hits.flatMap((one) => nameById.get(one.rule) ?? []))].sort();
    for (const one of fired) setOff.add(one);
    const missed = asked
      .filter((name) => !fired.includes(name))
      .map((name) => {
        const why = events.map((_, at) => explain(idByName.get(name) ?? "", at));
        const first = why.findIndex((one) => one !== null);
        return first < 0 ? `${name} stays silent` : `${name} stays silent: in event ${first + 1}, ${why[first]}`;
      });
    return { events: events.length, fired, missed };
  };

  const tests = file.tests.map(({ id, telemetry: path, fires }) => {
    const outcome = { id, ...run(path, fires) };
    for (const one of outcome.missed) faults.push(`The test ${id}: ${one}.`);
    return outcome;
  });
  const benign = file.benign.map(({ id, telemetry: path }) => {
    const { fired, ...outcome } = { id, ...run(path, []) };
    const alerts = fired.filter((one) => !ground.has(one));
    for (const one of alerts) faults.push(`The benign telemetry ${id} sets off ${one}.`);
    return { ...outcome, fired: alerts };
  });
  for (const { rule } of file.rules) if (!setOff.has(rule)) faults.push(`No test sets off ${rule}.`);
  return { tests, benign, faults: [...new Set(faults)] };
}
