import { listOf, recordOf, textOf, textsOf, type Untyped } from "../untyped.ts";

/** An entity that results stand for, with the columns that identify it. */
export interface EntityMapping {
  readonly entity: string;
  readonly columns: readonly { readonly identifier: string; readonly column: string }[];
}

export function entityMappings(rule: Untyped): readonly EntityMapping[] {
  return listOf(rule.entityMappings)
    .map(recordOf)
    .map((one) => ({
      entity: textOf(one.entityType).trim(),
      columns: listOf(one.fieldMappings)
        .map(recordOf)
        .map((field) => ({ identifier: textOf(field.identifier).trim(), column: textOf(field.columnName).trim() }))
        .filter((field) => field.column !== ""),
    }))
    .filter((one) => one.columns.length > 0);
}

/** Name → column of what an alert carries beside its entities. */
export function customDetails(rule: Untyped): readonly (readonly [string, string])[] {
  return Object.entries(recordOf(rule.customDetails))
    .map(([name, column]) => [name, textOf(column).trim()] as const)
    .filter(([, column]) => column !== "");
}

/** Columns of the result that alerts use. */
export function outputColumns(rule: Untyped): readonly string[] {
  const override = recordOf(rule.alertDetailsOverride);
  const columns = [
    ...entityMappings(rule).flatMap((one) => one.columns.map((field) => field.column)),
    ...listOf(rule.sentinelEntitiesMappings).map((one) => textOf(recordOf(one).columnName).trim()),
    ...customDetails(rule).map(([, column]) => column),
    ...placeholders(textOf(override.alertDisplayNameFormat)),
    ...placeholders(textOf(override.alertDescriptionFormat)),
    ...textsOf(override.alertSeverityColumnName),
    ...textsOf(override.alertTacticsColumnName),
    ...listOf(override.alertDynamicProperties).map((one) => textOf(recordOf(one).value).trim()),
  ];
  return [...new Set(columns.filter((one) => one !== ""))];
}

/** `Sign-in of {{Account}}` names the column `Account`. */
function placeholders(format: string): readonly string[] {
  return [...format.matchAll(/\{\{\s*(\w{1,500})\s*\}\}/gu)].map(([, name = ""]) => name);
}
