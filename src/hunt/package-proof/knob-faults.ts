import { isIP } from "node:net";
import { type AuthoredPackage, type Knob, turnedRules } from "../../corpora/content/authored/index.ts";
import type { MatchingKnowledge } from "../../matching/engine.ts";
import type { EventData } from "../../matching/readers/log-format.ts";
import { sigmaText } from "../../platforms/sigma/item.ts";
import { idOf, nameOf, packageRules } from "./package-rules.ts";
import { readTelemetry, runTelemetry } from "./run-telemetry.ts";

/** Events and values of a field that are tried; telemetry of a package has few. */
const most = { count: 1_000_000, values: 2_000 } as const;

/** Knobs that change nothing: a knob must be able to silence a rule that its package's tests set off. */
export function knobFaults(knowledge: MatchingKnowledge, authored: AuthoredPackage): readonly string[] {
  const files = authored.file.tests.map(
    ({ telemetry }) => readTelemetry(authored.telemetry.get(telemetry) ?? "").events,
  );
  const before = files.map((events) => firedIn(knowledge, authored, new Map(), events));
  return authored.file.knobs.flatMap((knob) => {
    const silences = files.some((events, at) => {
      const values = silencing(knob, events);
      if (values.length === 0) return false;
      const after = firedIn(knowledge, authored, new Map([[knob.id, values]]), events);
      return [...(before[at] ?? [])].some((one) => !after.has(one));
    });
    return silences ? [] : [`The knob ${knob.id} silences no rule on any test, whatever it is set to.`];
  });
}

function firedIn(
  knowledge: MatchingKnowledge,
  authored: AuthoredPackage,
  settings: ReadonlyMap<string, readonly (string | number)[]>,
  events: readonly EventData[],
): ReadonlySet<string> {
  const rules = packageRules(authored, turnedRules(authored, settings));
  const presented = new Set(authored.file.rules.map((one) => one.rule));
  const ids = new Set(rules.filter((one) => presented.has(nameOf(one))).map(idOf));
  return new Set(runTelemetry(knowledge, rules, events).hits.flatMap((one) => (ids.has(one.rule) ? [one.rule] : [])));
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
