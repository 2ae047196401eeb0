import type { Span } from "../../../kit/span.ts";
import type { Predicate } from "../../../rule/expression.ts";
import type { Names } from "./names.ts";

/**
 * Where the part that is lowered comes from. A part that a variable or a function brings into another has the place
 * where it is used, because spans inside a stage lie inside that stage's own.
 */
export interface Home {
  readonly at: Span | null;
  readonly origin: string | null;
}

export interface Lowering {
  /** Variables, functions and parameters that can be seen here. */
  readonly names: Names;
  readonly home: Home;
  /** Inside a join, a union or a step: parts defined elsewhere must take the place of their use. */
  readonly nested: boolean;
  readonly budget: Budget;
}

/** What one query may still cost; shared by all of its parts, and counted down. */
export interface Budget {
  /** Bodies of variables and functions that may still be put in; each can use the one before twice. */
  inlinings: number;
  /** Operators and conditions that bodies put in may still bring. */
  steps: number;
  /** The same in characters: one operator may have hundreds of columns. */
  characters: number;
  /** Stages that may still be shown in two places: events under a name (`as`), the left side of `kind=rightanti`. */
  copies: number;
  /** Values that lists may still bring into predicates. */
  values: number;
  /** How deep bodies are in bodies now. */
  depth: number;
}

export function newBudget(): Budget {
  return { inlinings: 2000, steps: 4000, characters: 128 * 1024, copies: 4000, values: 30_000, depth: 0 };
}

/** A body in a body in a body: real queries need three. The tree of each may be 200 levels deep, and the stack is finite. */
export const maximumDepth = 12;

export function place(home: Home, at: Span): Span {
  return home.at ?? at;
}

export function originOf(home: Home): Pick<Predicate, "origin"> {
  return home.origin === null ? {} : { origin: home.origin };
}

export function nestedIn(lowering: Lowering): Lowering {
  return lowering.nested ? lowering : { ...lowering, nested: true };
}
