import type { LogPlace } from "../log-sources/tables.ts";
import {
  type Condition,
  type Platform,
  type Refused,
  refused,
  type TargetBranch,
  type TargetQuery,
  type WrittenQuery,
} from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { inSearch, inWhere, splDialect } from "../splunk/dialect.ts";
import { splComment } from "../splunk/index.ts";
import { isPatternName, searchField } from "../splunk/literals.ts";
import type { Naming } from "../splunk/search-test.ts";
import { chosen, whereOf } from "../splunk/selection.ts";

/** Splunk, as a count over accelerated data models of the Common Information Model. */
export const splunkTstats: Platform = {
  id: "splunk-tstats",
  title: "Splunk (SPL over data models)",
  aliases: ["tstats"],
  language: "spl",
  schema: "splunk",
  content: "splunk-tstats",
  dialect: {
    ...splDialect,
    test: (test) =>
      test.field === null
        ? refused("keyword", "A data model has fields only, and not the text of events.")
        : splDialect.test(test),
  },
  comment: splComment,
  write: (query) => {
    switch (query.type) {
      case "selection":
        return selection(query);
      case "sequence":
        return refused("sequence", "A data model is counted, and loses the order of its events.");
      case "threshold":
        return threshold(query);
      case "new_terms":
        return newTerms(query);
      default:
        return query satisfies never;
    }
  },
};

/** What is asked of the data model, and what of the groups that it returns. */
interface ModelSearch {
  readonly dataset: string;
  readonly model: string;
  readonly naming: Naming;
  readonly where: Condition | null;
  readonly behind: readonly Condition[];
  /** Fields that the conditions behind it read. */
  readonly read: readonly string[];
}

function modelSearch(branches: readonly TargetBranch[]): ModelSearch | Refused {
  const [first] = branches;
  const model = first?.place.from[0];
  if (first === undefined || model === undefined || branches.some((one) => one.place.from[0] !== model)) {
    return refused("other-log", "One search counts one data model.");
  }
  const dataset = model.split(".").at(-1) ?? model;
  const naming: Naming = (name) => `${dataset}.${name}`;
  const searched: Condition[] = [];
  const behind: Condition[] = [];
  for (const branch of branches) {
    const operands = operandsOf(branch.condition);
    const parts: Condition[] = placeConditions(branch.place, naming);
    for (const one of operands) {
      const asked = inSearch(one, naming);
      if (asked !== null) parts.push(asked);
      else if (branches.length > 1)
        return refused("operator", "Conditions of several logs have to stand in one search.");
      else behind.push(inWhere(one) ?? one);
    }
    const [only] = parts;
    if (only !== undefined) searched.push(parts.length > 1 ? { type: "and", operands: parts } : only);
  }
  const [only] = searched;
  const where: Condition | null =
    searched.length < branches.length || only === undefined
      ? null
      : searched.length === 1
        ? only
        : { type: "or", operands: searched };
  const read = behind.length === 0 ? [] : branches.flatMap((one) => one.fields.map(({ name }) => name));
  return { dataset, model, naming, where, behind, read };
}

function operandsOf(condition: Condition | null): readonly Condition[] {
  if (condition === null) return [];
  return condition.type === "and" ? condition.operands : [condition];
}

function placeConditions({ where }: LogPlace, naming: Naming): Condition[] {
  return Object.entries(where).map(([name, values]) => ({
    type: "written",
    written: { text: chosen(naming(name), values), binds: "atom" },
  }));
}

/** Groups without a field are left out of a count, unless it is filled. */
const options = "summariesonly=false fillnull_value=null";
const times = "min(_time) AS firstTime max(_time) AS lastTime";

function counted(search: ModelSearch, functions: string, by: readonly string[], span: string | null): string {
  const { model, where, naming, dataset, behind } = search;
  const groups = by.map((one) => (one === "_time" ? `_time span=${span ?? "1s"}` : searchField(naming(one))));
  return [
    `| tstats ${options} ${functions}`,
    `    FROM datamodel=${model}`,
    ...(where === null ? [] : [`    WHERE ${layOut(splDialect, where, "      ")}`]),
    ...(groups.length === 0 ? [] : [`    BY ${groups.join(" ")}`]),
    `| rename ${dataset}.* AS *`,
    ...behind.map((one) => whereOf(one, "")),
  ].join("\n");
}

function plainNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((one) => !isPatternName(one) && !["_time", "host"].includes(one));
}

function selection({ branches, show }: Extract<TargetQuery, { readonly type: "selection" }>): WrittenQuery | Refused {
  const search = modelSearch(branches);
  if (isRefusal(search)) return search;
  const by = plainNames([...search.read, ...show]);
  return { text: counted(search, `count ${times}`, by, null), remarks: [] };
}

type Threshold = Extract<TargetQuery, { readonly type: "threshold" }>;

const signs = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=" } as const;

function threshold({ branches, by, conditions, window }: Threshold): WrittenQuery | Refused {
  const search = modelSearch(branches);
  if (isRefusal(search)) return search;
  if (search.behind.length > 0) return refused("threshold", "What only where can ask comes too late for the count.");
  const result = (distinct: unknown): string => (distinct === null ? "event_count" : "distinct_count");
  const counts = conditions.map(({ distinct }) =>
    distinct === null ? "count AS event_count" : `dc(${search.naming(distinct.name)}) AS distinct_count`,
  );
  const groups = [...(window === null ? [] : ["_time"]), ...by.map((one) => one.name)];
  const span = window === null ? null : `${window.amount}${window.unit[0]}`;
  const found = conditions.map((one) => `${result(one.distinct)}${signs[one.operator]}${one.count}`).join(" AND ");
  const text = [counted(search, counts.join(" "), groups, span), `| where ${found}`].join("\n");
  const why = `Events are counted in fixed windows of ${span}, and not in any of that length.`;
  return { text, remarks: window === null ? [] : [{ part: "window", code: "window", why }] };
}

function newTerms({
  branches,
  fields,
  window,
}: Extract<TargetQuery, { readonly type: "new_terms" }>): WrittenQuery | Refused {
  const search = modelSearch(branches);
  if (isRefusal(search)) return search;
  if (search.behind.length > 0) return refused("new-terms", "What only where can ask comes too late for the count.");
  const names = fields.map((one) => one.name);
  const lines = [counted(search, `count ${times}`, names, null), '| where firstTime>=relative_time(now(), "-1h")'];
  const why = `The search must run over the last ${window.amount} ${window.unit}s, and new is what it first saw in the last hour.`;
  return { text: lines.join("\n"), remarks: [{ part: "new values", code: "new-terms", why }] };
}

function isRefusal(one: ModelSearch | Refused): one is Refused {
  return "type" in one;
}
