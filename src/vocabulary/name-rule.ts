import type { AnalysedRule } from "../languages/analyse.ts";
import type { Derivation, Expression, FieldRef } from "../rule/expression.ts";
import { withInnerLogic } from "../rule/inner-logic.ts";
import type { Logic, Stage } from "../rule/logic.ts";
import { predicatesOf } from "../rule/predicates.ts";
import { contextOf, enterSource, type SourceContext } from "./context.ts";
import type { Schema } from "./fields/names.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** The rule with every field of its logic named in the common vocabulary, as far as it knows them. */
export function nameRule(vocabulary: Vocabulary, rule: AnalysedRule): AnalysedRule {
  const schema = vocabulary.schemaOf(mainLanguage(rule));
  if (schema === null) return rule;
  const logic = nameLogic(schema, rule.logic, contextOf(rule.document));
  return { ...rule, logic, predicates: predicatesOf(logic) };
}

/** Of a rule without a query, ''. */
export function mainLanguage({ queries }: Pick<AnalysedRule, "queries">): string {
  return queries.find((one) => one.query.role === "main")?.query.language ?? "";
}

/** The logic with named fields. Each source stage says where the events of the stages behind it come from. */
function nameLogic(schema: Schema, logic: Logic, outer: SourceContext): Logic {
  let context = outer;
  const stages = logic.stages.map((stage): Stage => {
    if (stage.type === "source") context = enterSource(context, stage);
    return nameStage(schema, stage, context);
  });
  return { ...logic, stages };
}

function nameStage(schema: Schema, stage: Stage, context: SourceContext): Stage {
  const name = (expression: Expression): Expression => nameExpression(schema, expression, context);
  switch (stage.type) {
    case "filter":
      return { ...stage, expression: name(stage.expression) };
    case "aggregate":
      return {
        ...stage,
        functions: stage.functions.map((one) =>
          one.filter === undefined ? one : { ...one, filter: name(one.filter) },
        ),
      };
    case "threshold":
      if (stage.condition === undefined) return stage;
      return { ...stage, condition: { ...stage.condition, field: nameField(schema, stage.condition.field, context) } };
    default:
      return withInnerLogic(stage, (logic) => nameLogic(schema, logic, context));
  }
}

function nameExpression(schema: Schema, expression: Expression, context: SourceContext): Expression {
  switch (expression.type) {
    case "and":
    case "or":
      return {
        ...expression,
        operands: expression.operands.map((one) => nameExpression(schema, one, context)),
      };
    case "not":
      return { ...expression, operand: nameExpression(schema, expression.operand, context) };
    case "predicate":
      return { ...expression, field: nameField(schema, expression.field, context) };
    case "opaque":
      return expression;
    default:
      return expression satisfies never;
  }
}

function nameField(schema: Schema, field: FieldRef | null, context: SourceContext): FieldRef | null {
  if (field === null) return null;
  const { derivedFrom } = field;
  if (derivedFrom?.kind === "computed") return { ...field, derivedFrom: nameDerivation(schema, derivedFrom, context) };
  const naming = schema.read(field.raw, context);
  if (naming === null) return field;
  return { ...field, canonical: naming.field, namedBy: `${schema.title}: ${naming.scope}` };
}

function nameDerivation(schema: Schema, derivation: Derivation, context: SourceContext): Derivation {
  return { ...derivation, canonical: derivation.fields.map((raw) => schema.read(raw, context)?.field ?? null) };
}

/** Does the vocabulary know what a predicate filters on? A computed value is known when all that it is made of is. */
export function isNamed(field: FieldRef | null): boolean {
  if (field === null) return false;
  if (field.derivedFrom?.kind !== "computed") return field.canonical !== null;
  const sources = field.derivedFrom.canonical ?? [];
  return sources.length > 0 && sources.every((one) => one !== null);
}
