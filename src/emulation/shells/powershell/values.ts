import type { Span } from "../../../kit/span.ts";
import type { Recorder } from "../ground.ts";
import type { PsBlock } from "./syntax.ts";

/** A block with the text that it stands in. */
export interface Closure {
  readonly block: PsBlock;
  readonly text: string;
  /** Of a block from a script within the script: what brought that. */
  readonly origin: Span | null;
}

/** What an expression gives, as far as it can be told without running the script. */
export interface Value {
  /** As a text. Of a value that is not known: how it is written. */
  readonly text: string;
  readonly certain: boolean;
  /** Not certain, but the text is what it should be rather than how it is written. */
  readonly guess?: true;
  readonly number?: number;
  readonly items?: readonly Value[];
  readonly table?: readonly (readonly [string, Value])[];
  readonly closure?: Closure;
  /** A script made from a text. */
  readonly script?: string;
  readonly bytes?: Uint8Array;
}

export const noValue: Value = { text: "", certain: true };

export function textValue(text: string): Value {
  return { text, certain: true };
}

export function numberValue(number: number, text = String(number)): Value {
  return { text, certain: true, number };
}

export function unknownValue(text: string): Value {
  return { text, certain: false };
}

/** What a value should be where the machine is as the script expects. */
export function guessValue(text: string): Value {
  return { text, certain: false, guess: true };
}

export function listValue(items: readonly Value[], separator = " "): Value {
  return { text: items.map((one) => one.text).join(separator), certain: items.every((one) => one.certain), items };
}

/** A value that was put together from others. */
export function joinedValue(text: string, ...from: readonly Value[]): Value {
  return { text, certain: from.every((one) => one.certain) };
}

export function itemsOf(value: Value): readonly Value[] {
  return value.items ?? [value];
}

/** Variables, functions and aliases by name in small letters; what is not here may stand in the scope around. */
export interface Scope {
  readonly variables: Map<string, Value>;
  readonly functions: Map<string, Closure & { called: boolean }>;
  readonly aliases: Map<string, string>;
  readonly around: Scope | null;
}

export function openScope(around: Scope | null): Scope {
  return { variables: new Map(), functions: new Map(), aliases: new Map(), around };
}

export function lookUp<Found>(scope: Scope, find: (one: Scope) => Found | undefined): Found | null {
  for (let one: Scope | null = scope; one !== null; one = one.around) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return null;
}

/** Where a statement runs. */
export interface Run {
  readonly recorder: Recorder;
  /** The text that spans of the statement count in. */
  readonly text: string;
  readonly scope: Scope;
  readonly when: "always" | "conditional";
  /** Functions that call each other so far. */
  readonly calls: number;
  /** Of the pipeline that an expression is a part of. */
  readonly pipeline: number | null;
}

/** How it stands in the script: the only name of what is not known. */
export function written(run: Run, at: Span): string {
  return run.text.slice(at.start, at.end);
}
