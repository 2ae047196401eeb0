import { leadsToEvents, mayBeWrapped } from "./wrappers.ts";

/** Follows the names of an object that may be an answer, as long as they are those of answers. */
export interface AnswerPath {
  /** Another object begins, or something that is none. */
  readonly begin: (isObject: boolean) => void;
  readonly possible: () => boolean;
  /** A name of its first or second level. */
  readonly name: (depth: number, name: string) => void;
  /** Does a list that stands here, at the first or second level, hold events? */
  readonly leadsToEvents: (depth: number) => boolean;
}

export function openAnswerPath(): AnswerPath {
  let possible = false;
  let outer = "";
  let inner = "";
  const seen = new Set<string>();
  return {
    begin: (isObject) => {
      possible = isObject;
      outer = "";
      inner = "";
      seen.clear();
    },
    possible: () => possible,
    name: (depth, name) => {
      if (depth === 2) {
        inner = name;
        return;
      }
      outer = name;
      inner = "";
      seen.add(name);
      possible = mayBeWrapped(name);
    },
    leadsToEvents: (depth) => possible && leadsToEvents(depth === 1 ? [outer] : [outer, inner], seen),
  };
}
