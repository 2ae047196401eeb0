import { shortDuration } from "../duration.ts";
import { type Refused, refused, type TargetQuery, type TargetStep, type WrittenQuery } from "../platform.ts";
import { isKey, noKey } from "./arrays.ts";
import { cqlField } from "./literals.ts";
import { filterSteps, shownFields } from "./selection.ts";

/** Events that one correlation may ask for: its result must fit in the memory of one query. */
const mostEvents = 12;

/** https://library.humio.com/data-analysis/functions-correlate.html */
export function sequence(query: Extract<TargetQuery, { readonly type: "sequence" }>): WrittenQuery | Refused {
  const { steps, until, maxspan, ordered } = query;
  if (until !== null) return refused("sequence", "correlate has no event that ends a sequence.");
  if (steps.some((one) => one.missing))
    return refused("sequence", "correlate cannot ask that an event does not occur.");
  const nodes = steps.flatMap((step, at) => nodesOf(step, at, steps.length));
  if (nodes.length < 2) return refused("sequence", "correlate needs two events or more.");
  if (nodes.length > mostEvents) return refused("sequence", `The sequence has more than ${mostEvents} events.`);
  if (!ordered && steps.some((one) => one.runs > 1)) {
    return refused("sequence", "correlate without an order may take one event for several.");
  }
  if (steps.some(({ by }) => by.some((one) => !isKey(one.name)))) return refused("no-field", noKey);
  const shared = sharedKeys(steps);
  const written = nodes.map(({ name, step }, at) => {
    const links = at === 0 || shared !== null ? [] : linksOf(step, nodes[0]?.step, nodes[0]?.name ?? "");
    const lines = [...filterSteps(step.branches, "    "), ...links].map((one) => `    ${one}`);
    const shown = shownFields(step.branches.flatMap((one) => one.show.map((field) => field.name)));
    return `  ${name}: {\n${lines.join("\n")}\n  } include: [${shown.join(", ")}]`;
  });
  const options = [
    ...(ordered ? ["sequence=true"] : []),
    ...(maxspan === null ? [] : [`within=${shortDuration(maxspan)}`]),
    ...(shared === null || shared.length === 0 ? [] : [`globalConstraints=[${shared.join(", ")}]`]),
  ].map((one) => `  ${one}`);
  return { text: `correlate(\n${[...written, ...options].join(",\n")}\n)`, remarks: [] };
}

interface Node {
  readonly name: string;
  readonly step: TargetStep;
}

/** A step that must occur several times is asked for as often. */
function nodesOf(step: TargetStep, at: number, count: number): readonly Node[] {
  const name = `Event${count === 1 ? "" : at + 1}`;
  if (step.runs === 1) return [{ name, step }];
  return Array.from({ length: step.runs }, (_, run) => ({ name: `${name}Run${run + 1}`, step }));
}

/** The keys, where all events have them under the same names; null where they do not. */
function sharedKeys(steps: readonly TargetStep[]): readonly string[] | null {
  const keys = steps.map(({ by }) => by.map((one) => cqlField(one.name)));
  const [first = []] = keys;
  return keys.every((one) => one.length === first.length && one.every((name, at) => name === first[at])) ? first : null;
}

function linksOf({ by }: TargetStep, first: TargetStep | undefined, name: string): readonly string[] {
  return by.flatMap((field, at) => {
    const other = first?.by[at];
    return other === undefined ? [] : [`| ${cqlField(field.name)} <=> ${cqlField(`${name}.${other.name}`)}`];
  });
}
