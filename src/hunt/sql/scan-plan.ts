import type { AnalysedRule } from "../../languages/analyse.ts";
import { type FieldNames, openFieldNames } from "../../platforms/fields/target-field.ts";
import { headOf } from "../../platforms/head.ts";
import type { LogPlace, LogSource } from "../../platforms/log-sources/tables.ts";
import type { Flow, Plan } from "../../platforms/plan/plan.ts";
import type { RuleLookup } from "../../platforms/plan/plan-rule.ts";
import { type Platform, refused } from "../../platforms/platform.ts";
import { onOneLine } from "../../platforms/print/layout.ts";
import { eventsPlace } from "../../platforms/sql/events-table.ts";
import { depthOf } from "../../platforms/sql/query.ts";
import { targetQuery } from "../../platforms/target-query.ts";
import {
  type PlannedRule,
  type PlatformTables,
  planFor,
  type TranslationKnowledge,
} from "../../platforms/translate.ts";
import type { RemarkCode } from "../../platforms/translation.ts";
import type { ScanTest } from "./scan-query.ts";
import type { ScanTable } from "./scan-table.ts";

/** What the rules ask of a table. */
export interface ScanPlan {
  readonly tests: readonly ScanTest[];
  /** Rule, by its place → why no query can ask for it. */
  readonly notRun: ReadonlyMap<number, string>;
  /** The rules that look at several events. */
  readonly grouping: ReadonlySet<number>;
  /** Rule → logs, or parts of it, that are not searched. */
  readonly notSearched: ReadonlyMap<number, readonly string[]>;
}

/** What of a report says that events were left out, rather than that more of them are handed to the engine. */
const leftOut: ReadonlySet<RemarkCode> = new Set(["unknown-log-source", "no-log-source", "everything"]);

/**
 * The conditions of the rules, one for each log that a rule reads. They let through no fewer events than the rules: what
 * SQL cannot say is left out where more is found without it, since the engine looks at every event that is found.
 */
export function planScans(
  knowledge: TranslationKnowledge,
  table: ScanTable,
  rules: readonly AnalysedRule[],
  related?: RuleLookup,
): ScanPlan {
  const tests: ScanTest[] = [];
  const notRun = new Map<number, string>();
  const notSearched = new Map<number, readonly string[]>();
  const grouping = new Set<number>();
  const platform = platformOf(table);
  const tables = tablesOf(knowledge, table);
  for (const [number, rule] of rules.entries()) {
    const planned = withAnyLog(planFor(knowledge, rule, related, { overEvents: true }));
    const { plan, report } = planned.planning;
    if (plan === null) {
      notRun.set(number, report.find((one) => one.verdict === "lost")?.why ?? "It has no query.");
      continue;
    }
    if (plan.type !== "selection") grouping.add(number);
    const options = { head: headOf(rule.document), allowBroader: true };
    const made = targetQuery(knowledge, planned, everyEvent(plan), platform, tables, options);
    const missing = made.report.filter((one) => one.verdict === "lost" && one.code !== null && leftOut.has(one.code));
    if (made.query?.type !== "sequence") {
      const lost = missing[0] ?? made.report.find((one) => one.verdict === "lost");
      notRun.set(number, lost?.why ?? "Nothing of it can be asked for.");
      continue;
    }
    if (missing.length > 0) notSearched.set(number, [...new Set(missing.map((one) => `${one.part}: ${one.why}`))]);
    for (const { logSource, condition, fields } of made.query.steps.flatMap((one) => one.branches)) {
      if (condition !== null && depthOf(condition) > table.words.engine.deepest) {
        notRun.set(number, `${table.words.engine.title} takes no conditions that are as deep.`);
        continue;
      }
      tests.push({
        rule: number,
        source: logSource === anyLog ? null : logSource.id,
        condition: condition === null ? null : onOneLine(table.dialect, condition),
        fields: fields.map((one) => one.name),
        exact: made.report.every((one) => one.verdict === "exact"),
      });
    }
  }
  return { tests: tests.filter((one) => !notRun.has(one.rule)), notRun, grouping, notSearched };
}

/** Where no log is known that a part of a rule reads, it may be any: whether a rule runs at all is up to the engine. */
const anyLog: LogSource = { id: "*", title: "any log", facts: {}, signs: [] };

function withAnyLog(planned: PlannedRule): PlannedRule {
  return {
    ...planned,
    read: (flow) => {
      const { condition, choice } = planned.read(flow);
      if (choice.type === "chosen") return { condition, choice };
      return {
        condition,
        choice: { type: "chosen", alternatives: [{ source: anyLog, rest: condition, absorbed: [] }] },
      };
    },
  };
}

/** Every event that a rule looks at, be it one of a sequence or one that is counted: what becomes of them is the engine's. */
function everyEvent(plan: Plan): Plan {
  const step = { flows: flowsOf(plan), by: [], runs: 1, missing: false };
  return { type: "sequence", ordered: false, maxspan: null, steps: [step], until: null };
}

function flowsOf(plan: Plan): readonly Flow[] {
  if (plan.type !== "sequence") return plan.flows;
  return [...plan.steps, ...(plan.until === null ? [] : [plan.until])].flatMap((one) => one.flows);
}

function platformOf({ words, dialect }: ScanTable): Platform {
  const { engine } = words;
  return {
    id: engine.id,
    title: engine.title,
    aliases: [],
    language: null,
    schema: "ecs",
    content: null,
    place: eventsPlace,
    dialect,
    write: () => refused("not-understood", "Scans are written by themselves."),
    comment: () => "",
  };
}

function tablesOf({ vocabulary }: TranslationKnowledge, table: ScanTable): PlatformTables {
  const schema = vocabulary.schemas.find((one) => one.id === "ecs");
  if (schema === undefined) throw new Error("The vocabulary has no schema ecs.");
  const places = new Map<string, readonly LogPlace[]>();
  return {
    names: namesOf(openFieldNames(vocabulary, schema), table),
    placesOf: (source) => {
      const before = places.get(source.id);
      if (before !== undefined) return before;
      const made = [eventsPlace(source)];
      places.set(source.id, made);
      return made;
    },
  };
}

/** A field without a column is asked of another form of it that has one; where none has, no event has the field. */
function namesOf(all: FieldNames, { fields, words }: ScanTable): FieldNames {
  if (fields === null) return all;
  const isThere = (name: string): boolean => fields.has(words.engine.column(name));
  return {
    ...all,
    find: (canonical, place) => {
      const found = all.find(canonical, place);
      if (found === null || isThere(found.name)) return found;
      const facet = all.vocabulary.field(canonical)?.facet;
      const others = facet === undefined ? [] : all.vocabulary.formsOf(facet);
      return others.some((one) => one.id !== canonical && isThere(one.id)) ? null : found;
    },
  };
}
