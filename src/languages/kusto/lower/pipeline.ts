import type { Stage } from "../../../rule/logic.ts";
import type { Operator } from "../ast.ts";
import { printOperator } from "../print.ts";
import { lowerAggregation } from "./aggregate.ts";
import {
  lowerEvaluate,
  lowerFacet,
  lowerFind,
  lowerFork,
  lowerInvoke,
  lowerJoin,
  lowerPartition,
  lowerSearch,
  lowerUnion,
} from "./combine.ts";
import { type Lowering, place } from "./context.ts";
import { lowerExtend, lowerMvApply, lowerMvExpand, lowerParse, lowerParseKv } from "./fields.ts";
import { lowerFilter } from "./filter.ts";
import { lowerDistinct, lowerSort, lowerTake } from "./order.ts";
import { lowerProject, lowerProjectColumns } from "./project.ts";
import { lowerScan } from "./scan.ts";
import type { Flow } from "./table.ts";

/** Adds to the flow what each operator does with its events. */
export function lowerOperators(operators: readonly Operator[], flow: Flow, lowering: Lowering): void {
  const { budget } = lowering;
  for (const one of operators) {
    if (budget.depth > 0) budget.characters -= one.span.end - one.span.start;
    if (budget.depth > 0 && (budget.steps-- <= 0 || budget.characters < 0)) {
      flow.stages.push(opaqueStage(one, "variables and functions bring in too much", lowering));
      return;
    }
    lowerOperator(one, flow, lowering);
  }
}

export function opaqueStage(operator: Operator, reason: string, lowering: Lowering): Stage {
  return { type: "opaque", text: printOperator(operator), reason, span: place(lowering.home, operator.span) };
}

function lowerOperator(operator: Operator, flow: Flow, lowering: Lowering): void {
  const { stages, scope } = flow;
  const at = place(lowering.home, operator.span);
  switch (operator.type) {
    case "where":
      stages.push(...lowerFilter(operator.condition, operator.span, lowering, scope));
      return;
    case "extend":
    case "serialize":
      lowerExtend(operator.columns, flow, lowering);
      return;
    case "project":
    case "project-rename":
      lowerProject(operator, flow, lowering);
      return;
    case "project-away":
    case "project-keep":
      lowerProjectColumns(operator, flow, lowering);
      return;
    case "summarize":
    case "make-series":
    case "count":
    case "top-hitters":
    case "top-nested":
    case "reduce":
      lowerAggregation(operator, flow, lowering);
      return;
    case "join":
    case "lookup":
      lowerJoin(operator, flow, lowering);
      return;
    case "union":
      lowerUnion(operator, flow, lowering);
      return;
    case "distinct":
      lowerDistinct(operator, flow, lowering);
      return;
    case "take":
    case "sample":
    case "sample-distinct":
      lowerTake(operator, flow, lowering);
      return;
    case "sort":
    case "top":
      lowerSort(operator, flow, lowering);
      return;
    case "mv-expand":
      lowerMvExpand(operator.columns, operator.options, operator, flow, lowering);
      return;
    case "mv-apply":
      lowerMvApply(operator, flow, lowering);
      return;
    case "parse":
    case "parse-where":
      lowerParse(operator, flow, lowering);
      return;
    case "parse-kv":
      lowerParseKv(operator, flow, lowering);
      return;
    case "evaluate":
      lowerEvaluate(operator, flow, lowering);
      return;
    case "invoke":
      lowerInvoke(operator, flow, lowering);
      return;
    case "as":
      lowering.names.own.set(operator.name.name, { type: "stages", stages: [...stages], scope });
      return;
    case "print":
      stages.push({ type: "source", kind: "rows", names: operator.columns.flatMap(namesOfColumn), span: at });
      return;
    case "range":
      stages.push({ type: "source", kind: "rows", names: [operator.name.name], span: at });
      return;
    case "search":
      lowerSearch(operator, flow, lowering);
      return;
    case "find":
      lowerFind(operator, flow, lowering);
      return;
    case "fork":
      lowerFork(operator, flow, lowering);
      return;
    case "facet":
      lowerFacet(operator, flow, lowering);
      return;
    case "partition":
      lowerPartition(operator, flow, lowering);
      return;
    case "scan":
      lowerScan(operator, flow, lowering);
      return;
    // These change how results look or in which order their columns stand, and nothing else.
    case "project-reorder":
    case "render":
    case "consume":
    case "getschema":
      return;
    case "general":
      stages.push(opaqueStage(operator, "operator that is not modelled", lowering));
      return;
    case "error":
      stages.push(opaqueStage(operator, "unreadable operator", lowering));
      return;
    default:
      operator satisfies never;
  }
}

function namesOfColumn({ names }: { readonly names: readonly { readonly name: string }[] }): readonly string[] {
  return names.map(({ name }) => name);
}
