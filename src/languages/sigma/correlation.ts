import { isMap, isScalar, isSeq } from "yaml";
import type { Span } from "../../kit/span.ts";
import type {
  Comparison,
  Json,
  JsonMap,
  SigmaAlias,
  SigmaCorrelation,
  SigmaCriteria,
  SigmaFault,
  SigmaName,
} from "./ast.ts";
import { clip } from "./condition-reader.ts";
import { readConditions } from "./detection.ts";
import {
  type Entry,
  entriesOf,
  inside,
  jsonMap,
  jsonOf,
  type NodeReader,
  nodeSpan,
  reportDuplicates,
  scalarText,
} from "./nodes.ts";

/** Types of the Correlation Rules Specification 2.1, and whether their condition names a field. */
export const correlationKinds: Readonly<Record<string, { readonly field: boolean; readonly temporal: boolean }>> = {
  event_count: { field: false, temporal: false },
  value_count: { field: true, temporal: false },
  value_sum: { field: true, temporal: false },
  value_avg: { field: true, temporal: false },
  value_min: { field: true, temporal: false },
  value_max: { field: true, temporal: false },
  value_median: { field: true, temporal: false },
  value_percentile: { field: true, temporal: false },
  temporal: { field: false, temporal: true },
  temporal_ordered: { field: false, temporal: true },
};

const comparisons: ReadonlySet<string> = new Set(["lt", "lte", "gt", "gte", "eq", "neq"]);

const known: ReadonlySet<string> = new Set(["type", "rules", "aliases", "group-by", "timespan", "condition"]);

/** Reads the map below `correlation`. */
export function readCorrelation(
  reader: NodeReader,
  entries: readonly Entry[],
  metadata: JsonMap,
  at: Span,
): SigmaCorrelation {
  reportDuplicates(reader, entries);
  const last = (key: string): Entry | undefined => entries.findLast((entry) => entry.key === key);
  const correlation: SigmaCorrelation = {
    type: "correlation",
    metadata,
    kind: readScalar(reader, last("type")) ?? "",
    rules: readNames(reader, last("rules")),
    aliases: readAliases(reader, last("aliases")),
    groupBy: readNames(reader, last("group-by")),
    timespan: readScalar(reader, last("timespan")),
    condition: readCondition(reader, last("condition")),
    further: jsonMap(
      reader,
      entries.filter((entry) => !known.has(entry.key)),
    ),
    span: at,
  };
  checkCorrelation(reader, correlation, at);
  return correlation;
}

function readScalar(reader: NodeReader, entry: Entry | undefined): string | null {
  const node = entry === undefined ? null : reader.resolve(entry.value);
  return isScalar(node) && node.value !== null ? scalarText(node) : null;
}

/** A name or a list of names. */
export function readNames(reader: NodeReader, entry: Entry | undefined): readonly SigmaName[] {
  if (entry === undefined) return [];
  const node = reader.resolve(entry.value);
  const items: readonly unknown[] = isSeq(node) ? node.items : [entry.value];
  return items.flatMap((item): readonly SigmaName[] => {
    const one = reader.resolve(item);
    if (isScalar(one) && one.value !== null) {
      return [{ type: "name", name: scalarText(one), span: inside(entry.span, nodeSpan(reader.text, item)) }];
    }
    reader.report(
      "sigma/correlation",
      "error",
      `Expected a name, or a list of names, for "${clip(entry.key)}".`,
      entry.span,
    );
    return [];
  });
}

function readAliases(reader: NodeReader, entry: Entry | undefined): readonly SigmaAlias[] {
  const node = entry === undefined ? null : reader.resolve(entry.value);
  if (entry === undefined || !isMap(node)) return [];
  return lastOfEach(entriesOf(reader, node)).map((alias): SigmaAlias => {
    const fields = reader.resolve(alias.value);
    return {
      type: "alias",
      name: alias.key,
      fields: isMap(fields)
        ? lastOfEach(entriesOf(reader, fields)).map((one) => ({ rule: one.key, field: readScalar(reader, one) ?? "" }))
        : [],
      span: inside(entry.span, alias.span),
    };
  });
}

function lastOfEach(entries: readonly Entry[]): readonly Entry[] {
  return [...new Map(entries.map((entry) => [entry.key, entry])).values()];
}

function readCondition(reader: NodeReader, entry: Entry | undefined): SigmaCorrelation["condition"] {
  if (entry === undefined) return null;
  const node = reader.resolve(entry.value);
  if (isMap(node)) return readCriteria(reader, entry, entriesOf(reader, node));
  if (isScalar(node) && node.value !== null) return readConditions(reader, entry)[0] ?? null;
  return fault(reader, entry);
}

function fault(reader: NodeReader, entry: Entry): SigmaFault {
  reader.report(
    "sigma/correlation",
    "error",
    "Expected a condition such as gte: 10, or one over rule names.",
    entry.span,
  );
  return { type: "fault", content: jsonOf(reader, entry.value), span: entry.span };
}

function readCriteria(reader: NodeReader, entry: Entry, entries: readonly Entry[]): SigmaCriteria | SigmaFault {
  const found: { operator: Comparison; value: number }[] = [];
  let fields: readonly string[] = [];
  let percentile: number | null = null;
  for (const one of entries) {
    const value = jsonOf(reader, one.value);
    const names = namesOf(value);
    if (comparisons.has(one.key) && typeof value === "number") found.push({ operator: one.key as Comparison, value });
    else if (one.key === "field" && names !== null) fields = names;
    else if (one.key === "percentile" && typeof value === "number") percentile = value;
    else return fault(reader, entry);
  }
  if (found.length === 0) return fault(reader, entry);
  return { type: "criteria", fields, comparisons: found, percentile, span: entry.span };
}

function namesOf(value: Json): readonly string[] | null {
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return list.every((one) => typeof one === "string") ? list : null;
}

function checkCorrelation(reader: NodeReader, one: SigmaCorrelation, at: Span): void {
  const kind = Object.hasOwn(correlationKinds, one.kind) ? correlationKinds[one.kind] : undefined;
  const complain = (message: string): void => reader.report("sigma/correlation", "error", message, at);
  if (kind === undefined)
    complain(`Expected a type of correlation such as event_count instead of "${clip(one.kind)}".`);
  if (one.rules.length === 0) complain("Expected the rules that are correlated.");
  if (one.timespan === null) complain("Expected a timespan such as 10m.");
  else if (!/^\d{1,9}[smhdwMy]$/.test(one.timespan))
    complain(`Expected a timespan such as 10m instead of "${clip(one.timespan)}".`);
  if (kind === undefined || one.condition?.type === "fault") return;
  if (!kind.temporal && one.condition?.type !== "criteria")
    complain("Expected a condition with a comparison such as gte: 10.");
  if (kind.field && one.condition?.type === "criteria" && one.condition.fields.length === 0) {
    complain(`Expected the field that ${one.kind} looks at in the condition.`);
  }
}
