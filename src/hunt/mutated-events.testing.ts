import type { CompiledRule } from "../matching/compile/compile-rule.ts";
import type { Node, Test } from "../matching/compile/condition.ts";
import type { EventData } from "../matching/readers/log-format.ts";
import { samplesFor } from "../platforms/proof/sample-values.ts";

/** What one search of a rule asks, in one list. */
export interface AskedTests {
  /** The log that it reads; null for any. */
  readonly kind: string | null;
  readonly tests: readonly Test[];
}

export function askedBy(rules: readonly CompiledRule[]): readonly AskedTests[] {
  return rules.flatMap(({ searches }) =>
    searches.map(({ kind, condition }) => ({ kind, tests: testsIn(condition).slice(0, 60) })),
  );
}

function testsIn(node: Node): readonly Test[] {
  switch (node.type) {
    case "test":
      return [node.test];
    case "not":
      return testsIn(node.operand);
    case "and":
    case "or":
      return node.operands.flatMap(testsIn);
    case "constant":
      return [];
    default:
      return node satisfies never;
  }
}

export interface Mutation {
  readonly bases: readonly EventData[];
  readonly asked: readonly AskedTests[];
  /** Numbers from 0 on, below 1. */
  readonly random: () => number;
}

type Members = Record<string, unknown>;

/** Makes events that many rules come close to meeting, out of real ones and of what rules ask for. */
export function openMutation({ bases, asked, random }: Mutation): () => EventData {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[below(items.length)];
  const valueFor = (test: Test): unknown => {
    const { holding, failing } = samplesFor(test.predicate, { regex: test.dialect, letterCase: true });
    const text = pick(random() < 0.85 ? holding : failing) ?? "";
    return random() < 0.35 ? changed(text, below, pick) : text;
  };
  const write = (members: Members, one: AskedTests, nameOf: (test: Test) => string, share: number): void => {
    for (const test of one.tests) {
      if (random() >= share) continue;
      const name = test.slot === null ? "Description" : nameOf(test);
      const { operator, values } = test.predicate;
      const value = valueFor(test);
      put(members, name, value, random() < 0.2);
      if (operator.endsWith("_field")) put(members, String(values[0]), random() < 0.5 ? value : valueFor(test), false);
    }
  };
  const rawName = ({ predicate: { field } }: Test): string => field?.raw ?? "";
  const meaning = ({ predicate: { field } }: Test): string => field?.canonical ?? field?.raw ?? "";
  const search = (): AskedTests => pick(asked) ?? { kind: null, tests: [] };

  const row = (): EventData => {
    const one = search();
    const members: Members = { "@timestamp": "2026-03-02T06:00:00Z" };
    if (one.kind !== null) members.log_source = one.kind;
    write(members, one, meaning, 0.9);
    if (random() < 0.3) write(members, search(), meaning, 0.5);
    return members;
  };
  const ecs = (): EventData => {
    const members: Members = { "@timestamp": "2026-03-02T06:00:00Z", "ecs.version": "8.11.0" };
    write(members, search(), random() < 0.5 ? rawName : meaning, 0.9);
    return nested(members, random);
  };
  const spliced = (): EventData => {
    const whole = structuredClone(pick(bases) ?? {}) as Members;
    const data = dataOf(whole);
    if (random() < 0.3) for (const name in data) if (random() < 0.2) delete data[name];
    for (const name in data) {
      const value = data[name];
      if (random() < 0.1 && typeof value === "string") data[name] = changed(value, below, pick);
    }
    for (let times = below(3); times > 0; times--) write(data, search(), rawName, 0.4);
    return whole;
  };
  return () => {
    const form = below(10);
    if (form === 0) return pick(bases) ?? {};
    if (form < 5) return spliced();
    return form < 8 ? row() : form === 8 ? ecs() : flat(spliced());
  };
}

/** Where an event holds what it says: its data, if it is one of Windows. */
function dataOf(whole: Members): Members {
  const inner = (whole.Event ?? whole) as Members;
  const data = inner.EventData;
  return typeof data === "object" && data !== null && !Array.isArray(data) ? (data as Members) : whole;
}

/** A Windows event as shippers that flatten write it; others as they are. */
function flat(event: EventData): EventData {
  const inner = (event.Event ?? event) as Members;
  const { System: system, EventData: data } = inner;
  if (typeof system !== "object" || system === null) return event;
  const { Provider: provider, ...rest } = system as Members;
  return { ...rest, Provider_Name: (provider as Members | undefined)?.Name, ...(data as Members) };
}

function put(members: Members, name: string, value: unknown, beside: boolean): void {
  const before = members[name];
  members[name] = beside && before !== undefined ? [before, value].flat() : value;
}

/** Names with dots become members of members, each with the same chance. */
function nested(flat: Members, random: () => number): Members {
  const whole: Members = {};
  for (const [name, value] of Object.entries(flat)) {
    const [first = "", ...rest] = name.split(".");
    const before = Object.hasOwn(whole, first) ? whole[first] : undefined;
    const isFree = before === undefined || (typeof before === "object" && before !== null && !Array.isArray(before));
    if (rest.length === 0 || !isFree || random() < 0.3) {
      whole[name] = value;
      continue;
    }
    whole[first] = { ...(before as Members | undefined), ...nested({ [rest.join(".")]: value }, random) };
  }
  return whole;
}

/** Letters that only some ways of leaving letter case out take for each other. */
const folding: readonly (readonly [RegExp, string])[] = [
  [/s/giu, "ſ"],
  [/k/giu, "\u212a"],
  [/i/giu, "İ"],
  [/i/giu, "ı"],
  [/s/giu, "ß"],
  [/a/giu, "å"],
  [/o/giu, "Σ"],
  [/-/gu, "–"],
  [/-/gu, "/"],
];

function changed(
  text: string,
  below: (limit: number) => number,
  pick: <Item>(items: readonly Item[]) => Item | undefined,
): unknown {
  const at = below(text.length + 1);
  const number = Number(text);
  switch (below(14)) {
    case 0:
      return text.toUpperCase();
    case 1:
      return text.toLowerCase();
    case 2:
      return [...text].map((one) => (below(2) === 0 ? one.toUpperCase() : one.toLowerCase())).join("");
    case 3:
    case 4: {
      const [from, to] = pick(folding) ?? [/x/u, "x"];
      return text.replace(from, (one) => (below(2) === 0 ? to : one));
    }
    case 5:
      return `${pick(["x", " ", "\\", "😀", "Σ", "é", "\ud800", "\u0000"])}${text}`;
    case 6:
      return `${text}${pick(["x", " ", "\\", "😀", "Σ", "ΟΔΟΣ", "\udc00", "\n"])}`;
    case 7:
      return `${text.slice(0, at)}${pick(["😀", "\u0301", " ", "*", "ǅ", text])}${text.slice(at)}`;
    case 8:
      return pick([`0${text}`, ` ${text}`, `${text}.0`, `+${text}`, `${text} `, `0x${number.toString(16)}`, number]);
    case 9:
      return Number.isFinite(number) ? number : true;
    case 10:
      return ["other", text, [text.toUpperCase(), 5, null, false]];
    case 11:
      return { value: text, "": [text] };
    case 12:
      return text.slice(0, at);
    default:
      return below(2) === 0 ? null : "";
  }
}
