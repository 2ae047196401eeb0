import type { Field } from "../vocabulary.ts";
import { changed, type Step } from "./draft.ts";
import type { HashAlgorithm } from "./tables.ts";

/**
 * A whole hash looked for in a text of several is the one hash of its algorithm: `contains MD5=…` on the hashes of a
 * process is `eq …` on its MD5. Digits without a label tell the algorithm where only one has so many. Where no field
 * holds the hash alone, the text is asked for the labelled hash.
 */
export function hashesStep(algorithms: readonly HashAlgorithm[], forms: readonly Field[]): Step {
  const byDigits = Map.groupBy(algorithms, (one) => one.digits);
  const byLabel = new Map(algorithms.map((one) => [one.label, one]));
  const fields = new Map(forms.filter((one) => one.type === "hash").map((one) => [one.form, one.id]));
  return (draft) => {
    if (draft.operator !== "contains" || typeof draft.value !== "string") return draft;
    const equals = draft.value.indexOf("=");
    const digits = draft.value.slice(equals + 1);
    const algorithm =
      equals === -1 ? only(byDigits.get(digits.length)) : byLabel.get(draft.value.slice(0, equals).toUpperCase());
    if (algorithm === undefined || algorithm.digits !== digits.length || !/^[0-9a-f]+$/iu.test(digits)) return draft;
    const field = fields.get(algorithm.form);
    if (field !== undefined) {
      return changed(draft, { field, operator: "eq", value: digits }, `the ${algorithm.label} alone`);
    }
    return equals === -1
      ? changed(draft, { value: `${algorithm.label}=${digits}` }, `digits of a ${algorithm.label}`)
      : draft;
  };
}

function only(algorithms: readonly HashAlgorithm[] | undefined): HashAlgorithm | undefined {
  return algorithms?.length === 1 ? algorithms[0] : undefined;
}
