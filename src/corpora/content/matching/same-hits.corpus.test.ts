import { describe, expect, test } from "vitest";
import { openMatcher } from "../../../matching/matcher.ts";
import type { EventData } from "../../../matching/readers/log-format.ts";
import type { Scalar } from "../../../matching/view/layout.ts";
import { corporaPresent, corpusTitle } from "../../testing.ts";
import { activeRules } from "../platforms/corpus-rules.testing.ts";
import { matchingKnowledge } from "./index.ts";
import { eventsOfFile, regressionFiles } from "./regression-events.testing.ts";

const knowledge = matchingKnowledge();
const { view } = knowledge;

/** The events of Sigma's regression data, as XML has them. */
const regressionEvents = (): readonly EventData[] => regressionFiles().flatMap(eventsOfFile);

type Members = Readonly<Record<string, unknown>>;

/** All that an event writes, by names that `call` makes. */
function membersOf(event: EventData, call: (name: string) => string | null): Members {
  const layout = view.layoutOf(event);
  const made = new Set(layout.made.map((one) => one.field));
  const members: Record<string, Scalar | readonly Scalar[]> = {};
  view.visit(event, layout, (name, value) => {
    const called = made.has(name) ? null : call(name);
    if (called === null) return;
    const before = members[called];
    members[called] = before === undefined ? value : [before, value].flat();
  });
  return members;
}

const flat = (event: EventData): Members => membersOf(event, (name) => name);

/** By ids of the vocabulary, as winlogbeat would, with what only ECS writes. */
function ecs(event: EventData): Members {
  const layout = view.layoutOf(event);
  const said = ["event.category", "event.type", "host.os.type", "event.kind"].flatMap((field) => {
    const values = layout.facts.get(field);
    return values === undefined ? [] : [[field, values] as const];
  });
  const named = membersOf(event, layout.canonicalOf);
  // Elastic's pipelines write numbers of the registry without the word for their type.
  const number = /\((0x[0-9a-f]+)\)$/iu.exec(String(named["registry.data.strings"]))?.[1];
  const data = number === undefined ? {} : { "registry.data.strings": number };
  return {
    "@timestamp": "2024-01-02T03:04:05Z",
    "agent.type": "winlogbeat",
    ...named,
    ...Object.fromEntries(said),
    ...data,
  };
}

function splunk(event: EventData): Members {
  const { EventID, Channel, Provider_Name: _provider, ...rest } = flat(event);
  const source = `XmlWinEventLog:${Channel}`;
  return { ...rest, EventCode: String(EventID), source, sourcetype: "XmlWinEventLog", _time: "1704164645" };
}

function row(event: EventData): Members {
  return { ...ecs(event), log_source: view.layoutOf(event).kinds };
}

describe.skipIf(!corporaPresent)(corpusTitle("the same rules meet an event in any form"), () => {
  test("of Sigma and Elastic, over Sigma's regression data", { timeout: 300_000 }, () => {
    const rules = [...activeRules("sigma"), ...activeRules("elastic")];
    const matcher = openMatcher(knowledge, rules);
    const met = (event: EventData): readonly string[] =>
      matcher
        .match(event, { file: "event", record: 1 })
        .hits.map((hit) => `${hit.rule} ${hit.title}`)
        .sort();
    let hits = 0;
    const different: string[] = [];
    for (const event of regressionEvents()) {
      const own = met(event);
      hits += own.length;
      for (const [form, write] of Object.entries({ flat, ecs, splunk, row })) {
        // Rules in the schema of an event are asked of what it writes, letter by letter: that is another text here.
        const isOther = (one: string): boolean => (form !== "ecs" && form !== "row") || !one.startsWith("elastic:");
        const other = met(write(event)).filter(isOther);
        const expected = own.filter(isOther);
        different.push(...expected.filter((one) => !other.includes(one)).map((one) => `${form} misses ${one}`));
        different.push(...other.filter((one) => !expected.includes(one)).map((one) => `${form} meets ${one}`));
      }
    }
    expect(different).toEqual([]);
    expect(hits).toBeGreaterThan(150);
  });
});
