import { durationSeconds } from "../duration.ts";
import { type Refused, refused, type TargetQuery, type TargetStep, type WrittenQuery } from "../platform.ts";
import { evalField, searchField } from "./literals.ts";
import { multisearch, pipelineOf, splitBranch } from "./selection.ts";

type Sequence = Extract<TargetQuery, { readonly type: "sequence" }>;

/**
 * Several events that belong together. Every step is a search of its own that labels its events; then one pass in the
 * order of time tells where a chain of them ends. `transaction` could join two steps only, and drops what does not fit
 * its memory.
 */
export function sequenceOf(query: Sequence): WrittenQuery | Refused {
  const { steps, until, ordered } = query;
  const keys = keysOf([...steps, ...(until === null ? [] : [until])]);
  if ("type" in keys) return keys;
  const searches = steps.flatMap((one, at) => stepSearches(one, at + 1, keys));
  if (until !== null) searches.push(...stepSearches(until, 0, keys));
  const body = ordered ? inOrder(query, keys) : inAnyOrder(query, keys);
  if (!Array.isArray(body)) return body as Refused;
  const [only] = searches;
  const events = searches.length === 1 && only !== undefined ? only : multisearch(searches);
  return { text: [events, "| sort 0 _time", ...body].join("\n"), remarks: [] };
}

/** What the steps share: a field where all call it the same, otherwise a name of our own. */
interface Keys {
  readonly names: readonly string[];
  /** By position: must each search give its own field this name? */
  readonly renamed: readonly boolean[];
}

function keysOf(steps: readonly TargetStep[]): Keys | Refused {
  const [first] = steps;
  const width = first?.by.length ?? 0;
  if (steps.some((one) => one.by.length !== width)) {
    return refused("sequence", "Steps that share some of their fields only cannot be joined in one pass.");
  }
  const names: string[] = [];
  const renamed: boolean[] = [];
  for (let at = 0; at < width; at++) {
    const own = new Set(steps.map((one) => one.by[at]?.name ?? ""));
    const [only = ""] = own;
    const same = own.size === 1;
    names.push(same ? only : `key${at + 1}`);
    renamed.push(!same);
    if ([...own].some((one) => evalField(one) === null))
      return refused("no-field", "A name with an apostrophe or a backquote.");
  }
  return { names, renamed };
}

function stepSearches(step: TargetStep, label: number, keys: Keys): readonly string[] {
  const named = keys.names.flatMap((name, at) =>
    keys.renamed[at] === true ? [`${name}=${evalField(step.by[at]?.name ?? "") ?? name}`] : [],
  );
  const evals = [`step=${label}`, ...named].join(", ");
  return step.branches.map((one) => `${pipelineOf(splitBranch(one), "      ")}\n      | eval ${evals}`);
}

function byKeys({ names }: Keys): string {
  return names.length === 0 ? "" : ` BY ${names.map(searchField).join(", ")}`;
}

function inAnyOrder({ steps, maxspan, until }: Sequence, keys: Keys): readonly string[] | Refused {
  if (until !== null || steps.some((one) => one.missing)) {
    return refused("sequence", "Events that must not occur have no place among such in any order.");
  }
  if (steps.some((one) => one.runs > 1)) {
    return refused("sequence", "Repeated steps are not counted among events in any order.");
  }
  const by = byKeys(keys);
  const found = `| where steps=${steps.length}`;
  if (maxspan === null) {
    return [`| stats dc(step) AS steps, min(_time) AS firstTime, max(_time) AS lastTime, count${by}`, found];
  }
  return [`| streamstats time_window=${durationSeconds(maxspan)}s dc(step) AS steps${by}`, found];
}

/**
 * `startN` is when the latest chain of N steps began, `atN` when its last event was. As both only grow, the latest chain
 * is the one that any further event would go on with.
 */
function inOrder({ steps, until, maxspan }: Sequence, keys: Keys): readonly string[] | Refused {
  const links: { readonly label: number; readonly gaps: readonly number[] }[] = [];
  let gaps: number[] = [];
  steps.forEach((one, at) => {
    if (one.missing) gaps.push(at + 1);
    else {
      for (let run = 0; run < one.runs; run++) {
        links.push({ label: at + 1, gaps });
        gaps = [];
      }
    }
  });
  if (gaps.length > 0) return refused("sequence", "Splunk cannot tell that an event does not follow any more.");
  const [first] = links;
  if (first === undefined || first.gaps.length > 0) {
    return refused("sequence", "A sequence cannot begin with an event that must not occur.");
  }
  const by = byKeys(keys);
  const span = maxspan === null ? null : durationSeconds(maxspan);
  const lines = [`| eval start1=if(step=${first.label}, _time, null())`];
  const barred = (label: number): string => `last(eval(if(step=${label}, _time, null()))) AS seen${label}`;
  const bars = [...new Set([...links.flatMap((one) => one.gaps), ...(until === null ? [] : [0])])];
  if (bars.length > 0) lines.push(`| streamstats current=false ${bars.map(barred).join(", ")}${by}`);
  links.slice(1).forEach(({ label, gaps: between }, index) => {
    const at = index + 1;
    lines.push(
      `| streamstats current=false last(start${at}) AS began${at}, last(eval(if(isnotnull(start${at}), _time, null()))) AS at${at}${by}`,
    );
    const conditions = [
      `step=${label}`,
      `isnotnull(began${at})`,
      ...(span === null ? [] : [`_time-began${at}<=${span}`]),
      ...between.map((one) => `(isnull(seen${one}) OR seen${one}<at${at})`),
      ...(until === null ? [] : [`(isnull(seen0) OR seen0<began${at})`]),
    ];
    lines.push(`| eval start${at + 1}=if(${conditions.join(" AND ")}, began${at}, null())`);
  });
  lines.push(`| where isnotnull(start${links.length})`);
  return lines;
}
