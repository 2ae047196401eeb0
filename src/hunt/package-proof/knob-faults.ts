import { isIP } from "node:net";
import {
  type AuthoredPackage,
  type Knob,
  type PackageText,
  turnedRules,
  turnRules,
} from "../../corpora/content/authored/index.ts";
import type { MatchingKnowledge } from "../../matching/engine.ts";
import type { EventData } from "../../matching/readers/log-format.ts";
import { sigmaText } from "../../platforms/sigma/item.ts";
import { idOf, nameOf, packageRules } from "./package-rules.ts";
import { openTelemetryRun, readTelemetry } from "./run-telemetry.ts";

/** Events and values of a field that are tried; telemetry of a package has few. */
const most = { count: 1_000_000, values: 2_000 } as const;

/** Knobs that change nothing: a knob must be able to silence a rule that its package's tests set off. */
export function knobFaults(knowledge: MatchingKnowledge, authored: AuthoredPackage): readonly string[] {
  const { file, telemetry } = authored;
  const files = file.tests.map((one) => readTelemetry(telemetry.get(one.telemetry) ?? "").events);
  const texts = turnedRules(authored);
  const presented = new Set(file.rules.map((one) => one.rule));
  const firedWith = (turned: readonly PackageText[]): readonly ReadonlySet<string>[] => {
    const rules = packageRules(authored, turned);
    const ids = new Set(rules.filter((one) => presented.has(nameOf(one))).map(idOf));
    const runOver = openTelemetryRun(knowledge, rules);
    return files.map((events) => new Set(runOver(events).hits.flatMap((one) => (ids.has(one.rule) ? one.rule : []))));
  };
  const before = firedWith(texts);
  return file.knobs.flatMap((knob) => {
    const after = firedWith(turnRules(texts, [knob], new Map([[knob.id, silencing(knob, files.flat())]])));
    const silences = before.some((fired, at) => [...fired].some((one) => after[at]?.has(one) !== true));
    return silences ? [] : [`The knob ${knob.id} silences no rule on any test, whatever it is set to.`];
  });
}

/** Values that would take out what the events say: all that they have, a count beyond theirs, an instant. */
function silencing(knob: Knob, events: readonly EventData[]): readonly (string | number)[] {
  if (knob.threshold !== undefined) return [most.count];
  if (knob.window !== undefined) return ["1s"];
  const values = [...new Set(events.flatMap(scalarsOf))].slice(0, most.values);
  if (knob.exclude?.field.split("|").includes("cidr") !== true) return values.map(sigmaText);
  return values.flatMap((one) => (isIP(one) === 4 ? [`${one}/32`] : isIP(one) === 6 ? [`${one}/128`] : []));
}

function scalarsOf(value: unknown): readonly string[] {
  if (typeof value === "string" || typeof value === "number") return value === "" ? [] : [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(scalarsOf) : [];
}
