import { describeExpression, describePredicate } from "../rule/describe.ts";
import type { Expression, Predicate } from "../rule/expression.ts";
import { suppliedRemark, type WrittenCondition, writeCondition } from "./condition/write-condition.ts";
import { parseDuration } from "./duration.ts";
import { standInsFor } from "./fields/stand-ins.ts";
import type { RuleHead } from "./head.ts";
import { answer } from "./log-sources/answer.ts";
import { allThrough, letsAllThrough } from "./log-sources/choice.ts";
import { restate } from "./log-sources/restate.ts";
import type { LogPlace, LogSource } from "./log-sources/tables.ts";
import type { CountCondition, Flow, Plan, PlanField, StepPlan } from "./plan/plan.ts";
import type { Duration, Platform, TargetBranch, TargetField, TargetQuery, TargetStep } from "./platform.ts";
import type { PlannedRule, PlatformTables, TranslationKnowledge } from "./translate.ts";
import type { FieldNaming, RemarkCode, ReportPart } from "./translation.ts";

export interface MadeQuery {
  /** null where it cannot be said. */
  readonly query: TargetQuery | null;
  readonly report: readonly ReportPart[];
  readonly fields: readonly FieldNaming[];
  readonly logSources: readonly string[];
  /** Lost parts were left out, so that it finds more than the rule. */
  readonly broader: boolean;
}

interface Making {
  readonly knowledge: TranslationKnowledge;
  readonly planned: PlannedRule;
  readonly platform: Platform;
  readonly tables: PlatformTables;
  readonly allowBroader: boolean;
  broader: boolean;
  readonly report: ReportPart[];
  readonly fields: Map<string, FieldNaming>;
  readonly logSources: Set<string>;
  readonly show: Set<string>;
}

/** The plan in the words of one platform. */
export function targetQuery(
  knowledge: TranslationKnowledge,
  planned: PlannedRule,
  plan: Plan,
  platform: Platform,
  tables: PlatformTables,
  { head, allowBroader }: { readonly head: RuleHead; readonly allowBroader: boolean },
): MadeQuery {
  const making: Making = {
    knowledge,
    planned,
    platform,
    tables,
    allowBroader,
    broader: false,
    report: [],
    fields: new Map(),
    logSources: new Set(),
    show: new Set(),
  };
  const body = bodyOf(making, plan);
  const { report, logSources } = making;
  const fields = [...making.fields.values()];
  const query = body === null ? null : { ...body, head, show: [...making.show] };
  return { query, report, fields, logSources: [...logSources], broader: making.broader };
}

type Body<One = TargetQuery> = One extends TargetQuery ? Omit<One, "head" | "show"> : never;

function bodyOf(making: Making, plan: Plan): Body | null {
  switch (plan.type) {
    case "selection": {
      const branches = branchesOf(making, plan.flows);
      return branches === null ? null : { type: "selection", branches };
    }
    case "sequence": {
      const maxspan = plan.maxspan === null ? null : durationOf(making, plan.maxspan, "sequence");
      const searched = [...plan.steps, ...(plan.until === null ? [] : [plan.until])].map((one) =>
        branchesOf(making, one.flows, true, one.by),
      );
      const every = searched.flatMap((one) => one ?? []);
      const steps = plan.steps.map((one, at) => stepOf(making, one, searched[at] ?? null, every));
      const until = plan.until === null ? null : stepOf(making, plan.until, searched.at(-1) ?? null, every);
      if (steps.includes(null) || (plan.until !== null && until === null) || maxspan === undefined) return null;
      const { ordered } = plan;
      return { type: "sequence", ordered, maxspan, steps: steps.filter((one) => one !== null), until };
    }
    case "threshold": {
      const counted = plan.conditions.flatMap(({ distinct }) => distinct ?? []);
      // A time span stands for the rounded times by which a rule groups; each moment would be a group of its own.
      const keys = plan.window === null ? plan.by : plan.by.filter((one) => one.canonical !== "@timestamp");
      const branches = branchesOf(making, plan.flows, true, [...keys, ...counted]);
      const window = plan.window === null ? null : durationOf(making, plan.window, "threshold");
      if (branches === null || window === undefined) return null;
      const by = namesIn(making, branches, keys);
      const conditions: CountCondition<TargetField>[] = [];
      for (const { distinct, ...one } of plan.conditions) {
        const field = distinct === null ? null : namesIn(making, branches, [distinct])?.[0];
        if (field === undefined) return null;
        conditions.push({ ...one, distinct: field });
      }
      return by === null ? null : { type: "threshold", branches, by, conditions, window };
    }
    case "new_terms": {
      const branches = branchesOf(making, plan.flows, true, plan.fields);
      const window = durationOf(making, plan.window, "new-terms");
      if (branches === null || window === undefined) return null;
      const fields = namesIn(making, branches, plan.fields);
      return fields === null ? null : { type: "new_terms", branches, fields, window };
    }
    default:
      return plan satisfies never;
  }
}

function lose({ report }: Making, part: string, code: RemarkCode, why: string): void {
  report.push({ part, verdict: "lost", code, why });
}

function durationOf(making: Making, text: string, code: RemarkCode): Duration | undefined {
  const found = parseDuration(text);
  if (found !== null) return found;
  lose(making, text, code, "This time span was not understood.");
  return undefined;
}

/** `every`: the branches of all steps, which are best joined by a field that has one name in all of them. */
function stepOf(
  making: Making,
  step: StepPlan,
  branches: readonly TargetBranch[] | null,
  every: readonly TargetBranch[],
): TargetStep | null {
  if (branches === null) return null;
  const by = namesIn(making, branches, step.by, every);
  return by === null ? null : { branches, by, runs: step.runs, missing: step.missing };
}

/**
 * `open`: may every event of a log be asked for? A search that finds everything is none. Where one of several logs cannot
 * be asked, the others still are: the query finds less than the rule, and the report says what is lost.
 */
function branchesOf(
  making: Making,
  flows: readonly Flow[],
  open = false,
  grouped: readonly PlanField[] = [],
): readonly TargetBranch[] | null {
  const branches: TargetBranch[] = [];
  for (const flow of flows) {
    const { choice } = making.planned.read(flow);
    if (choice.type === "unknown") {
      lose(making, "log source", "unknown-log-source", choice.why);
      continue;
    }
    for (const alternative of choice.alternatives) {
      if (!open && letsAllThrough(alternative)) {
        lose(making, "the rule", "everything", allThrough);
        continue;
      }
      const { source, rest, absorbed, differs } = alternative;
      for (const one of absorbed) {
        making.report.push({
          part: describePredicate(one),
          verdict: "exact",
          code: null,
          why: "The log holds only such events.",
        });
      }
      if (differs !== undefined) {
        making.report.push({ part: source.title, verdict: "approximated", code: "other-log", why: differs });
      }
      const branch = branchIn(making, flow, source, rest, grouped);
      if (branch !== null && !branches.some((one) => isSame(one, branch))) branches.push(branch);
    }
  }
  return branches.length === 0 ? null : withoutGeneral(making, branches);
}

/**
 * Where one of two places holds the events of the other, too, but calls fields otherwise, an exclusion by its names would not
 * hold for the other's events: only the narrow place is asked.
 */
function withoutGeneral(making: Making, branches: readonly TargetBranch[]): readonly TargetBranch[] {
  const general = branches.filter((one) =>
    branches.some((other) => other !== one && holdsAll(making, one, other) && namesDiffer(one, other)),
  );
  for (const { logSource } of general) {
    const why = "Only the narrower of two logs is read, since the fields of this one have other names.";
    making.report.push({ part: logSource.title, verdict: "approximated", code: "other-log", why });
  }
  return general.length === 0 ? branches : branches.filter((one) => !general.includes(one));
}

/** Are the events of the narrow place events of the wide one, too? */
function holdsAll({ platform }: Making, wide: TargetBranch, narrow: TargetBranch): boolean {
  const of = ({ place }: TargetBranch): LogPlace["where"] => platform.chosenBy?.(place) ?? place.where;
  const inner = of(narrow);
  const asked = Object.entries(of(wide));
  return (
    asked.length < Object.keys(inner).length &&
    asked.every(([name, values]) => inner[name]?.every((one) => values.includes(one)) === true)
  );
}

function namesDiffer(one: TargetBranch, other: TargetBranch): boolean {
  return one.fields.some(({ raw, name }) => {
    const theirs = other.fields.filter((field) => field.raw === raw);
    return theirs.length > 0 && !theirs.some((field) => field.name === name);
  });
}

function isSame(one: TargetBranch, other: TargetBranch): boolean {
  return one.place === other.place && JSON.stringify(one.condition) === JSON.stringify(other.condition);
}

/** What asking one place comes to. */
interface PlaceTry extends WrittenCondition {
  readonly place: LogPlace;
  /** What is left to ask of its events; null for all of them. */
  readonly rest: Expression | null;
  readonly cost: number;
}

/** The events of one log source in the place that has names for most of what is asked, and of what makes the groups. */
function branchIn(
  making: Making,
  flow: Flow,
  logSource: LogSource,
  rest: Expression | null,
  grouped: readonly PlanField[],
): TargetBranch | null {
  const { tables, planned, platform, knowledge } = making;
  const places = tables.placesOf(logSource);
  if (places.length === 0) {
    lose(making, logSource.title, "no-log-source", `${platform.title} holds no ${logSource.id}.`);
    return null;
  }
  const tries = places.flatMap((place): readonly PlaceTry[] => {
    const groups = groupCost(making, place, grouped);
    const nothing = { place, rest: null, condition: null, broader: null, report: [], fields: [], cost: groups };
    const said =
      rest === null ? null : answer(rest, { one: new Map(Object.entries(place.facts ?? {})), among: new Map() });
    if (said === null || said.rest === true) return [nothing];
    if (said.rest === false) return [];
    const isThere = (id: string): boolean => Object.hasOwn(place.says, id) || tables.names.find(id, place) !== null;
    const { expression: asked, changed } = restate(said.rest, logSource, isThere);
    const restated = changed.map(({ from, to }) => saidOtherwise(from, to));
    const { schema, system, regex } = planned;
    const written = writeCondition(
      {
        dialect: platform.dialect,
        names: tables.names,
        values: knowledge.values,
        schema,
        context: flow.context,
        place,
        system: system ?? systemOf(logSource),
        regex,
      },
      asked,
    );
    const known = said.absorbed.map(
      (one): ReportPart => ({
        part: describePredicate(one),
        verdict: "exact",
        code: null,
        why: "Only such events are searched.",
      }),
    );
    return [
      {
        ...written,
        place,
        rest: asked,
        report: [...known, ...restated, ...written.report],
        cost: groups + costOf(written.report),
      },
    ];
  });
  if (tries.length === 0) {
    lose(making, logSource.title, "no-log-source", `No event of ${logSource.id} on this platform is as the rule asks.`);
    return null;
  }
  // The first that says most: a place that lists all names goes before one that makes them up.
  const best = tries.reduce((one, other) => (other.cost < one.cost ? other : one));
  making.report.push(...best.report);
  for (const one of best.fields) making.fields.set(`${one.raw}\n${one.name}`, one);
  const { place, broader } = best;
  if (place.differs !== undefined) {
    making.report.push({ part: logSource.title, verdict: "approximated", code: "other-log", why: place.differs });
  }
  making.logSources.add(logSource.id);
  const show = shownIn(making, logSource, place, best.fields);
  if (best.rest !== null && best.condition === null) {
    if (!making.allowBroader) return null;
    making.broader = true;
    if (broader === null) {
      lose(making, "the rule", "everything", "Nothing that can be said would be left of the rule.");
      return null;
    }
    const { rest: left, fields: named } = best;
    return { logSource, place, condition: broader, expression: left, fields: named, context: flow.context, show };
  }
  const { condition, fields } = best;
  return { logSource, place, condition, expression: best.rest, fields, context: flow.context, show };
}

function groupCost({ tables }: Making, place: LogPlace, grouped: readonly PlanField[]): number {
  let cost = 0;
  for (const { canonical } of grouped) {
    const found = canonical === null ? null : tables.names.find(canonical, place);
    cost += found === null ? 1000 : found.listed ? 0 : 1;
  }
  return cost;
}

/** In this log the one is the other. */
function saidOtherwise(from: Predicate, to: Expression): ReportPart {
  const why = `In this log it says the same as: ${describeExpression(to)}.`;
  return { part: describePredicate(from), verdict: "exact", code: null, why };
}

/** Lost parts first, then names that are made up. */
function costOf(report: readonly ReportPart[]): number {
  let cost = 0;
  for (const { verdict, code } of report)
    cost += verdict === "lost" ? 1000 : code === "supplied-field" ? 10 : code === "unlisted-field" ? 1 : 0;
  return cost;
}

/** The operating system whose events a kind of log holds; null where it may be any. */
export function systemOf({ facts }: LogSource): "windows" | "unix" | null {
  const own = facts["host.os.type"] ?? [];
  if (own.length === 0) return null;
  return own.includes("windows") ? "windows" : "unix";
}

function shownIn(
  { knowledge, tables, show }: Making,
  source: LogSource,
  place: LogPlace,
  fields: readonly FieldNaming[],
): readonly TargetField[] {
  const found = new Map<string, TargetField>();
  const asked = fields.flatMap(({ canonical }) => (canonical === null ? [] : [canonical]));
  const triage = knowledge.triage(source.id).filter((one) => tables.names.find(one, place)?.listed === true);
  for (const canonical of [...triage, ...asked]) {
    const field = tables.names.find(canonical, place);
    if (field === null) continue;
    found.set(field.name, field);
    show.add(field.name);
  }
  return [...found.values()];
}

/** Fields outside of conditions, which must have one name in all branches. */
function namesIn(
  making: Making,
  branches: readonly TargetBranch[],
  fields: readonly PlanField[],
  every = branches,
): readonly TargetField[] | null {
  const found: TargetField[] = [];
  for (const { raw, canonical } of fields) {
    const ids = canonical === null ? [] : [canonical, ...standInsFor(canonical)];
    const one =
      firstName(making, every, ids) ?? firstName(making, branches, ids) ?? suppliedName(making, branches, canonical);
    if (one === null) {
      lose(making, raw, "no-field", `There is no name for ${raw} by which all events could be grouped.`);
      return null;
    }
    found.push(one);
    making.fields.set(`${raw}\n${one.name}`, { raw, canonical: one.canonical, name: one.name });
    if (
      !one.listed &&
      canonical !== null &&
      !branches.every(({ place }) => making.tables.names.find(canonical, place) !== null)
    ) {
      making.report.push({ part: raw, verdict: "approximated", ...suppliedRemark(canonical, one.name) });
    }
    if (one.canonical !== canonical) {
      const why = `Events are grouped by ${one.name}, which tells the same things apart.`;
      making.report.push({ part: raw, verdict: "approximated", code: "grouping", why });
    }
  }
  return found;
}

function suppliedName(
  { tables }: Making,
  [branch]: readonly TargetBranch[],
  canonical: string | null,
): TargetField | null {
  return branch === undefined || canonical === null ? null : tables.names.supply(canonical, branch.place);
}

/** The first of several fields that all branches call the same. */
function firstName({ tables }: Making, branches: readonly TargetBranch[], ids: readonly string[]): TargetField | null {
  for (const id of ids) {
    const names = branches.map(({ place }) => tables.names.find(id, place));
    const [first] = names;
    if (first !== undefined && first !== null && names.every((one) => one?.name === first.name)) return first;
  }
  return null;
}
