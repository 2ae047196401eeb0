import type { Stage } from "../../../rule/logic.ts";
import type { Comparison, Expression, ScanOperator, ScanStep } from "../ast.ts";
import { bindComputed, resolve, type Scope } from "../scope.ts";
import { lowerCondition } from "./condition.ts";
import { type Lowering, nestedIn, place } from "./context.ts";
import { optionText } from "./fields.ts";
import { columnRaw } from "./order.ts";
import type { Flow } from "./table.ts";

/**
 * Steps that rows must meet one after the other. A field that equals the same field of an earlier step is one by which
 * the events of a sequence belong together.
 */
export function lowerScan(operator: ScanOperator, flow: Flow, lowering: Lowering): void {
  const { scope } = flow;
  const span = place(lowering.home, operator.span);
  const names = new Set(operator.steps.map(({ name }) => name.name));
  for (const { name } of operator.declare) bindComputed(scope, name.name, "scan", []);
  const matchId = optionText(operator.options, "with_match_id");
  if (matchId !== null) bindComputed(scope, matchId, "scan", []);
  const split = operator.steps.map((step) => splitStep(step, names, scope));
  const partition = operator.partitionBy.map((one) =>
    columnRaw({ type: "assignment", names: [], expression: one, span }, lowering, scope),
  );
  const shared = new Set(split[1]?.by ?? []);
  for (const { by } of split.slice(1)) for (const one of shared) if (!by.includes(one)) shared.delete(one);
  const inner = nestedIn(lowering);
  for (const name of names) bindComputed(scope, name, "scan", []);
  const steps = split.map(({ step, rest, by }) => {
    const at = place(lowering.home, step.span);
    const stages: Stage[] = rest
      .filter((one) => !(one.type === "boolean" && one.value === true))
      .map((one) => ({ type: "filter", expression: lowerCondition(one, inner, scope), span: at }));
    return { logic: { stages }, by: by.filter((one) => !shared.has(one)), runs: 1, missing: false, span: at };
  });
  for (const name of names) scope.bindings.delete(name);
  flow.stages.push({ type: "sequence", ordered: true, by: [...new Set([...partition, ...shared])], steps, span });
}

interface SplitStep {
  readonly step: ScanStep;
  readonly by: readonly string[];
  readonly rest: readonly Expression[];
}

function splitStep(step: ScanStep, names: ReadonlySet<string>, scope: Scope): SplitStep {
  const { condition } = step;
  const by: string[] = [];
  const rest: Expression[] = [];
  for (const one of condition.type === "and" ? condition.operands : [condition]) {
    const name = one.type === "comparison" ? sharedName(one, names) : null;
    if (name === null) rest.push(one);
    else by.push(resolve(scope, name).raw);
  }
  return { step, by, rest };
}

/** `X == step.X`. */
function sharedName({ operator, negated, left, right }: Comparison, names: ReadonlySet<string>): string | null {
  if (operator !== "==" || negated) return null;
  const [name, member] = left.type === "name" ? [left, right] : [right, left];
  if (name.type !== "name" || member.type !== "member" || member.object.type !== "name") return null;
  if (member.member.type !== "name" || !names.has(member.object.name)) return null;
  return member.member.name === name.name ? name.name : null;
}
