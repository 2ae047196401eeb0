import type { Child } from "hono/jsx";
import type { Aggregation, Logic, SequenceStep, Stage } from "../../rule/logic.ts";
import { cut, formatNumber, operatorWords } from "../wording.ts";
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
          <span class="remark">{stage.kind}</span>
        </>
      );
    case "filter":
      return <Tree expression={stage.expression} reading={reading} />;
    case "aggregate":
      return (
        <>
          {names(stage.functions.map(showAggregation))}
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
          <span class="remark">{stage.kind}</span>
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
              <p class="step">Part {index + 1}</p>
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
          {stage.count !== undefined && <span class="remark">first {formatNumber(stage.count)}</span>}
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

function showAggregation({ function: name, field, as }: Aggregation): string {
  const call = field === null ? name : `${name}(${field})`;
  return as === null ? call : `${call} as ${as}`;
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
