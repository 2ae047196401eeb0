import type { Expression } from "../rule/expression.ts";
import type { Schema } from "../vocabulary/fields/names.ts";
import { writeCondition } from "./condition/write-condition.ts";
import type { FieldNames } from "./fields/target-field.ts";
import { twoValued } from "./plan/two-valued.ts";
import type { Platform, TargetBranch } from "./platform.ts";
import { systemOf } from "./target-query.ts";
import { regexDialectOf, type TranslationKnowledge } from "./translate.ts";
import type { RemarkCode } from "./translation.ts";

export interface AddedExclusion {
  /** In the platform's language, ready to be added to a query of the branch's place. */
  readonly text: string;
  /** What it calls its fields. */
  readonly fields: readonly string[];
}

/** Of what stands in an exclusion, these only explain how it is asked. */
const harmless: ReadonlySet<RemarkCode | null> = new Set([null, "other-form", "unlisted-field"]);

/**
 * What a rule leaves out, said for events of a place on a platform. null where it cannot be said exactly: then it would
 * leave out something else.
 */
export function addedExclusion(
  knowledge: Pick<TranslationKnowledge, "values">,
  names: FieldNames,
  platform: Platform,
  branch: TargetBranch,
  excluded: { readonly expression: Expression; readonly language: string; readonly schema: Schema | null },
): AddedExclusion | null {
  const { expression, language, schema } = excluded;
  const { condition, report, fields } = writeCondition(
    {
      dialect: platform.dialect,
      names,
      values: knowledge.values,
      schema,
      context: branch.context,
      place: branch.place,
      system: systemOf(branch.logSource),
      regex: regexDialectOf(language),
    },
    { type: "not", operand: twoValued(expression), span: expression.span },
  );
  if (condition === null || platform.added === undefined) return null;
  if (report.some((one) => one.verdict === "lost" || !harmless.has(one.code))) return null;
  return { text: platform.added(condition), fields: [...new Set(fields.map((one) => one.name))] };
}
