import type { Child } from "hono/jsx";
import { formatNumber } from "../../kit/numbers.ts";
import { describeExpression } from "../../rule/describe.ts";
import type { Aggregation, Logic, OrderStage, SequenceStep, SourceStage, Stage } from "../../rule/logic.ts";
import { cut, formatShare, operatorWords } from "../wording.ts";
import { type Reading, Tree } from "./tree.tsx";

export interface StagesProps {
  readonly logic: Logic;
  readonly reading: Reading;
}

/** The two others are named after their mode. */
const stageNames: Readonly<Record<Exclude<Stage["type"], "project" | "order">, string>> = {
  source: "From",
  filter: "Keep",
  aggregate: "Count",
  sequence: "In sequence",
  join: "Join",
  union: "Any of these",
  lookup: "Look up",
  derive: "Compute",
  threshold: "Only if",
  new_terms: "New",
  anomaly: "Anomaly",
  opaque: "Kept as text",
};

/** Joins that only choose among the events. */
const joinNames: Readonly<Record<string, string>> = { semi: "Only with", anti: "Without" };

/** Kinds of sources whose name alone says too little. */
const sourceWords: Partial<Readonly<Record<SourceStage["kind"], string>>> = {
  datamodel: "data model",
  function: "saved function",
  rows: "rows in the query itself",
  external: "fetched when the query runs",
};

/** What a rule does, step by step, from its events to its result. */
export function Stages({ logic, reading }: StagesProps): Child {
  return (
    <ol class="flow">
      {logic.stages.map((stage) => (
        <li class={`stage t-${stage.type}`}>
          <div class="kind">{nameOf(stage)}</div>
          <div class="what">{contentOf(stage, reading)}</div>
        </li>
      ))}
    </ol>
  );
}

function nameOf(stage: Stage): string {
  if (stage.type === "filter" && stage.origin !== undefined) return `Keep (${stage.origin})`;
  if (stage.type === "sequence" && !stage.ordered) return "Together";
  if (stage.type === "join") return joinNames[stage.kind] ?? stageNames.join;
  if (stage.type === "project") return { keep: "Show", drop: "Drop", rename: "Rename" }[stage.mode];
  if (stage.type === "order")
    return { sort: "Sort", limit: "Limit", deduplicate: "One each", sample: "Sample" }[stage.kind];
  if (stage.type === "lookup" && stage.writes === true) return "Write";
  return stageNames[stage.type];
}

function contentOf(stage: Stage, reading: Reading): Child {
  switch (stage.type) {
    case "source":
      return (
        <>
          {names(stage.names)}
          {Object.entries(stage.attributes ?? {})
            .filter(([, value]) => !stage.names.includes(value))
            .map(([key, value]) => (
              <span class="remark">
                {key} <code>{value}</code>
              </span>
            ))}
          <span class="remark">{sourceWords[stage.kind] ?? stage.kind}</span>
        </>
      );
    case "filter":
      return <Tree expression={stage.expression} reading={reading} />;
    case "aggregate":
      return (
        <>
          {aggregations(stage.functions)}
          {by("by", stage.by)}
          {stage.window !== undefined && <span class="remark">within {stage.window}</span>}
        </>
      );
    case "sequence":
      return (
        <>
          {by("by", stage.by)}
          {stage.maxspan !== undefined && <span class="remark">within {stage.maxspan}</span>}
          <ol class="steps">
            {stage.steps.map((step, index) => (
              <li>{sequenceStep(step, `Event ${index + 1}`, reading)}</li>
            ))}
            {stage.until !== undefined && <li>{sequenceStep(stage.until, "Until", reading)}</li>}
          </ol>
        </>
      );
    case "join":
      return (
        <>
          {joinNames[stage.kind] === undefined && <span class="remark">{stage.kind}</span>}
          {by("on", stage.on)}
          <div class="nested">
            <Stages logic={stage.logic} reading={reading} />
          </div>
        </>
      );
    case "union":
      return (
        <ol class="steps">
          {stage.branches.map((branch, index) => (
            <li>
              <p class="step">{stage.titles?.[index] ?? `Part ${index + 1}`}</p>
              <Stages logic={branch} reading={reading} />
            </li>
          ))}
        </ol>
      );
    case "lookup":
      return (
        <>
          <code>{stage.table}</code>
          {by("on", stage.on)}
          {by("gives", stage.outputs)}
        </>
      );
    case "derive":
      return (
        <>
          <code class="name">{stage.field}</code> = <code>{cut(stage.text, 600)}</code>
        </>
      );
    case "project":
      return stage.mode === "rename"
        ? names((stage.renames ?? []).map(({ from, to }) => `${from} → ${to}`))
        : names(stage.fields);
    case "order":
      return (
        <>
          {names(stage.by)}
          {stage.count !== undefined && <span class="remark">{howMany(stage, stage.count)}</span>}
        </>
      );
    case "threshold":
      return (
        <>
          {stage.distinct === undefined ? "the number of events" : "distinct values of "}
          {stage.distinct !== undefined && <code class="name">{stage.distinct}</code>} {operatorWords[stage.operator]}{" "}
          <code class="value">{formatNumber(stage.count)}</code>
          {by("for each", stage.by)}
          {stage.window !== undefined && <span class="remark">within {stage.window}</span>}
          {stage.condition?.field != null && (
            <span class="remark">
              as <code>{cut(stage.condition.field.raw, 200)}</code>
            </span>
          )}
        </>
      );
    case "new_terms":
      return (
        <>
          values of {names(stage.fields)} not seen in <code>{stage.window}</code>
        </>
      );
    case "anomaly":
      return (
        <>
          machine-learning job {names(stage.jobs)}
          {stage.threshold !== null && <span class="remark">score from {stage.threshold}</span>}
        </>
      );
    case "opaque":
      return (
        <>
          <code>{cut(stage.text, 2000)}</code> <span class="why">{stage.reason}</span>
        </>
      );
    default:
      return stage satisfies never;
  }
}

function sequenceStep(step: SequenceStep, label: string, reading: Reading): Child {
  return (
    <>
      <p class="step">
        {label}
        {step.missing && <strong class="absent">must not occur</strong>}
        {step.runs > 1 && <span class="remark">{step.runs} times in a row</span>}
        {by("by", step.by)}
      </p>
      <Stages logic={step.logic} reading={reading} />
    </>
  );
}

function aggregations(functions: readonly Aggregation[]): Child {
  if (functions.every((one) => one.filter === undefined)) return names(functions.map(showAggregation));
  return (
    <ul class="aggregations">
      {functions.slice(0, mostNames).map((one) => (
        <li>
          {names([showAggregation(one)])}
          {one.filter !== undefined && (
            <>
              {" where "}
              <code>{cut(describeExpression(one.filter), 400)}</code>
            </>
          )}
        </li>
      ))}
      {functions.length > mostNames && <li class="remark">and {formatNumber(functions.length - mostNames)} more</li>}
    </ul>
  );
}

function showAggregation({ function: name, field, as }: Aggregation): string {
  const call = field === null ? name : `${name}(${field})`;
  return as === null ? call : `${call} as ${as}`;
}

/** A sample below one is a share. */
function howMany({ kind, from }: OrderStage, count: number): string {
  if (kind === "sample") return count < 1 ? `${formatShare(count, 1)} at random` : `${formatNumber(count)} at random`;
  return `${from === "end" ? "last" : "first"} ${formatNumber(count)}`;
}

/** Names shown at most: some rules list hundreds. */
const mostNames = 60;

function names(list: readonly string[]): Child {
  return (
    <span class="values">
      {list.slice(0, mostNames).map((name) => (
        <code>{cut(name, 200)}</code>
      ))}
      {list.length > mostNames && <span class="remark">and {formatNumber(list.length - mostNames)} more</span>}
    </span>
  );
}

function by(word: string, fields: readonly string[]): Child {
  if (fields.length === 0) return null;
  return (
    <span class="by">
      {word} {names(fields)}
    </span>
  );
}
