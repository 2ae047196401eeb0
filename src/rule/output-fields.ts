import type { Logic } from "./logic.ts";

/**
 * The fields that a logic hands to whoever reads its results, as far as it names them: those that it keeps last, or the
 * groups and results of its last aggregate. Empty where it hands over whole events.
 */
export function outputFieldsOf(logic: Logic): readonly string[] {
  let fields: readonly string[] = [];
  for (const stage of logic.stages) {
    switch (stage.type) {
      case "aggregate":
        fields = [...stage.by, ...stage.functions.map((one) => one.as ?? one.function)];
        break;
      case "derive":
        // Without a list of fields so far the whole event is handed on, the new field in it.
        if (fields.length > 0) fields = [...fields, stage.field];
        break;
      case "project":
        if (stage.mode === "keep") fields = stage.fields;
        else if (stage.mode === "drop") fields = fields.filter((one) => !stage.fields.includes(one));
        else fields = fields.map((one) => stage.renames?.find(({ from }) => from === one)?.to ?? one);
        break;
      case "union":
        fields = [...fields, ...stage.branches.flatMap(outputFieldsOf)];
        break;
      case "source":
      case "filter":
      case "sequence":
      case "join":
      case "lookup":
      case "order":
      case "threshold":
      case "new_terms":
      case "anomaly":
      case "opaque":
        break;
      default:
        stage satisfies never;
    }
  }
  return [...new Set(fields)];
}
