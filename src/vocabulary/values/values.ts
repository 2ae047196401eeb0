import type { Field, Vocabulary } from "../vocabulary.ts";
import { addressStep } from "./addresses.ts";
import { codesStep } from "./codes.ts";
import type { Step } from "./draft.ts";
import { hashesStep } from "./hashes.ts";
import { hexNumberStep, numberStep } from "./numbers.ts";
import { baseNameStep, extensionStep, openDriveStep } from "./paths.ts";
import { hiveStep, registryDataStep } from "./registry.ts";
import { type OpenSigns, openSigns } from "./signs.ts";
import type { ValueTables } from "./tables.ts";

/** All that is known of values, ready to be asked. */
export interface Values {
  readonly platforms: readonly OpenSigns[];
  /** Form of a field that holds one hash → its label in a text of several: `MD5`. */
  readonly hashLabels: ReadonlyMap<string, string>;
  /** What is to be done with the values of a field, worked out once; null for what is no field of the vocabulary. */
  readonly planOf: (vocabulary: Vocabulary, field: string) => FieldPlan | null;
}

/** The rules that bring the values of a field to their normal form, in order. */
export interface FieldPlan {
  readonly field: Field;
  readonly steps: readonly Step[];
}

export function openValues(tables: ValueTables): Values {
  const hives = hiveStep(tables.hives);
  const codes = tables.codes.map((table) => ({ table, step: codesStep(table) }));
  const data = tables.registryData.map((one) => ({ fields: one.fields, step: registryDataStep(one) }));
  const stepsOf = (vocabulary: Vocabulary, field: Field): readonly Step[] => [
    ...data.filter((one) => one.fields.includes(field.id)).map((one) => one.step),
    ...codes
      .filter(({ table }) => table.fields.includes(field.id) || table.types.includes(field.type))
      .map((one) => one.step),
    ...typeSteps(field, vocabulary.formsOf(field.facet), tables, hives),
  ];
  const plans = new WeakMap<Vocabulary, Map<string, FieldPlan | null>>();
  return {
    platforms: tables.platforms.map(openSigns),
    hashLabels: new Map(tables.algorithms.map((one) => [one.form, one.label])),
    planOf: (vocabulary, id) => {
      let known = plans.get(vocabulary);
      if (known === undefined) {
        known = new Map();
        plans.set(vocabulary, known);
      }
      const before = known.get(id);
      if (before !== undefined) return before;
      const field = vocabulary.field(id);
      const plan = field === null ? null : { field, steps: stepsOf(vocabulary, field) };
      known.set(id, plan);
      return plan;
    },
  };
}

function typeSteps(field: Field, siblings: readonly Field[], tables: ValueTables, hives: Step): readonly Step[] {
  const name = siblings.find((one) => one.type === "name" && one.form === "base name");
  switch (field.type) {
    case "path":
      return name !== undefined && field.form === "full path"
        ? [openDriveStep, baseNameStep(name.id)]
        : [openDriveStep];
    case "registry_path":
      return [hives];
    case "ip":
      return [addressStep];
    case "hashes":
      return [hashesStep(tables.algorithms, siblings)];
    case "number":
      return [numberStep];
    case "hex_number":
      return [hexNumberStep];
    case "keyword":
      return name !== undefined && field.form === "extension" ? [extensionStep(name.id)] : [];
    case "name":
    case "command_line":
    case "domain":
    case "url":
    case "hash":
    case "sid":
    case "boolean":
    case "date":
    case "text":
      return [];
    default:
      return field.type satisfies never;
  }
}
