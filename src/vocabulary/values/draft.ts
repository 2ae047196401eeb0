import type { Operator, Value } from "../../rule/expression.ts";
import type { Platform } from "../platform.ts";

/** What one value of a predicate asks for, on its way to the normal form. Letters stay as written until the end. */
export interface Draft {
  readonly field: string;
  readonly operator: Operator;
  readonly value: Value;
  /** What was done to it, in short words that stay the same. */
  readonly because: readonly string[];
}

/** One rule of the normal form: gives the draft back as it is where it has nothing to say. */
export type Step = (draft: Draft, platform: Platform) => Draft;

export function changed(draft: Draft, change: Partial<Omit<Draft, "because">>, because: string): Draft {
  return { ...draft, ...change, because: [...draft.because, because] };
}
