import type { Span } from "../../../kit/span.ts";
import type { Predicate } from "../../../rule/expression.ts";
import type { Environment } from "../../language.ts";
import type { MacroCall } from "../ast.ts";
import { maximumMacroDepth } from "../macro-check.ts";
import { expandMacro } from "../macros.ts";

/**
 * Where the text that is lowered comes from. The rule's own text has its own spans; a text that a macro or a quoted
 * search brought in has the place of the call.
 */
export interface Home {
  readonly at: Span | null;
  readonly origin: string | null;
  /** Macros that are being expanded, outermost first. */
  readonly path: readonly string[];
  /** Inside `map search="…"`, where `$name$` is a field of the outer search. */
  readonly mapped: boolean;
}

export interface Lowering {
  readonly environment: Environment | undefined;
  /** Characters that macros may still bring in, for one rule. */
  readonly budget: { characters: number };
  readonly home: Home;
}

/** Characters that all macros of one rule may bring in together; nested ones can double at every level. */
export const maximumExpansion = 64 * 1024;

export const ownText: Home = { at: null, origin: null, path: [], mapped: false };

export function place(home: Home, at: Span): Span {
  return home.at ?? at;
}

export function originOf(home: Home): Pick<Predicate, "origin"> {
  return home.origin === null ? {} : { origin: home.origin };
}

export type Opened =
  | { readonly type: "text"; readonly text: string; readonly lowering: Lowering }
  | { readonly type: "neutral" }
  | { readonly type: "closed"; readonly reason: string };

/** The text that a macro call stands for, and the context in which to read it. */
export function openMacro(lowering: Lowering, call: MacroCall): Opened {
  const { home, budget } = lowering;
  const expansion = expandMacro(call, lowering.environment);
  if (expansion.type === "neutral") return { type: "neutral" };
  if (expansion.type === "unresolved") return { type: "closed", reason: "unresolved macro" };
  if (expansion.type === "evaluated") return { type: "closed", reason: "macro that is evaluated" };
  if (home.path.includes(call.name)) return { type: "closed", reason: "macro that contains itself" };
  if (home.path.length >= maximumMacroDepth) return { type: "closed", reason: "macros nest too deep" };
  budget.characters -= expansion.text.length;
  if (budget.characters < 0) return { type: "closed", reason: "macros bring in too much text" };
  const inner: Home = {
    at: place(home, call.span),
    origin: home.path.length === 0 ? `macro ${call.name}` : home.origin,
    path: [...home.path, call.name],
    mapped: home.mapped,
  };
  return { type: "text", text: expansion.text, lowering: { ...lowering, home: inner } };
}
