import { keyOf } from "./group-key.ts";
import { type KeyedState, openKeyedStates } from "./keyed-states.ts";
import type { StatefulOperator, StateLimits } from "./operator.ts";

/**
 * Events with a combination of values that no event had in the span before. The first one of all is new: what was before
 * the input is not known. null: no event before had it. Of too many combinations those that were not seen for longest are
 * forgotten, and are new once more.
 */
export function openNewTerms<Ref>(window: number | null, { perRule }: StateLimits): StatefulOperator<Ref> {
  const span = window ?? Number.POSITIVE_INFINITY;
  const seen = openKeyedStates<KeyedState>(perRule, () => ({ touched: Number.NEGATIVE_INFINITY, held: 1 }));
  return {
    push: ({ time, values, ref }) => {
      seen.expire(time - span);
      if (values.includes(null)) return [];
      const key = keyOf(values);
      const known = seen.find(key);
      const isNew = known === undefined || known.touched < time - span;
      seen.touch(key, time);
      seen.limit();
      return isNew ? [{ by: values, events: [ref], count: 1 }] : [];
    },
    advance: (time) => {
      seen.expire(time - span);
      return [];
    },
    finish: () => [],
    held: seen.held,
    evicted: seen.evicted,
  };
}
