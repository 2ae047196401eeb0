import type { RegexDialect } from "../../platforms/platform.ts";
import { isPattern, type Predicate, type Value } from "../../rule/expression.ts";
import { type Automaton, openAutomaton } from "../index/aho-corasick.ts";
import type { Scalar } from "../view/layout.ts";
import { type Cell, dashedOf, foldedOf, textsOf, withOneDash } from "./cell.ts";
import { isNumeric } from "./scalars.ts";
import { fieldTest, formsOf, hasDashes, type ValueTest, valueTest } from "./value-test.ts";

/** `null`: not known. Only true selects an event. */
export type Truth = boolean | null;

/** A predicate over the values of its field, and over those of the fields that it compares these with. */
export interface OpenTest {
  readonly truth: (cell: Cell | null, others: readonly (Cell | null)[]) => Truth;
  /** The value of the rule and the value of the event that meet; null where none do. */
  readonly met: (
    cell: Cell,
    others: readonly (Cell | null)[],
  ) => { readonly asked: Value; readonly value: Scalar } | null;
}

/** Throws `CannotRun`. */
export function openTest(predicate: Predicate, dialect: RegexDialect): OpenTest {
  const { operator } = predicate;
  if (operator === "exists" || operator === "is_null") return presenceTest(operator === "exists");
  return operator.endsWith("_field") ? otherFieldTest(predicate) : valuesTest(predicate, dialect);
}

function presenceTest(asked: boolean): OpenTest {
  return {
    truth: (cell) => (cell !== null) === asked,
    met: (cell) => (asked ? { asked: "*", value: cell.values[0] ?? "" } : null),
  };
}

function otherFieldTest(predicate: Predicate): OpenTest {
  const compares = fieldTest(predicate);
  const missing = predicate.missing === "unknown" ? null : false;
  const each = (cell: Cell, other: Cell | null): Truth => {
    if (other === null) return missing;
    const met = cell.values.map((left) => other.values.some((right) => compares(left, right)));
    return predicate.several === "all" ? met.every(Boolean) : met.some(Boolean);
  };
  return {
    truth: (cell, others) => {
      if (cell === null) return missing;
      if (cell.values.length > 1 && predicate.several === "unknown") return null;
      const truths = others.map((other) => each(cell, other));
      return predicate.quantifier === "all" ? everyOf(truths) : someOf(truths);
    },
    met: (cell, others) => {
      for (const other of others) {
        for (const left of cell.values) {
          const right = other?.values.find((one) => compares(left, one));
          if (right !== undefined) return { asked: right, value: left };
        }
      }
      return null;
    },
  };
}

export function everyOf(all: readonly Truth[]): Truth {
  if (all.includes(false)) return false;
  return all.includes(null) ? null : true;
}

export function someOf(all: readonly Truth[]): Truth {
  if (all.includes(true)) return true;
  return all.includes(null) ? null : false;
}

function valuesTest(predicate: Predicate, dialect: RegexDialect): OpenTest {
  const missing = predicate.missing === "unknown" ? null : false;
  const { several = "any", quantifier, values } = predicate;
  const forms = formsOf(predicate);
  const tests = forms.map((all) => all.map((one) => valueTest(predicate, one, dialect)));
  const textsFor = textsOfCell(predicate);
  const anyOf = quantifier === "any" ? (quickAny(predicate, forms.flat()) ?? anyTest(tests.flat())) : null;
  const meets = (cell: Cell, test: ValueTest): boolean => {
    const texts = textsFor(cell);
    const [only] = cell.values;
    if (only !== undefined && cell.values.length === 1) return test(only, texts[0] ?? "");
    return several === "all"
      ? cell.values.every((value, at) => test(value, texts[at] ?? ""))
      : cell.values.some((value, at) => test(value, texts[at] ?? ""));
  };
  const eachTest = tests.map(anyTest);
  return {
    truth: (cell) => {
      if (cell === null) return missing;
      if (cell.values.length > 1 && several === "unknown") return null;
      // Several values that must all meet one of the rule's are asked of one at a time.
      if (anyOf !== null && (several === "any" || eachTest.length === 1)) return meets(cell, anyOf);
      return quantifier === "all"
        ? eachTest.every((test) => meets(cell, test))
        : eachTest.some((test) => meets(cell, test));
    },
    met: (cell) => {
      const texts = textsFor(cell);
      for (const [number, test] of eachTest.entries()) {
        const at = cell.values.findIndex((value, index) => test(value, texts[index] ?? ""));
        if (at >= 0) return { asked: values[number] ?? "", value: cell.values[at] ?? "" };
      }
      return null;
    },
  };
}

function textsOfCell(predicate: Predicate): (cell: Cell) => readonly string[] {
  if (!predicate.caseSensitive) return hasDashes(predicate) ? dashedOf : foldedOf;
  return hasDashes(predicate) ? (cell) => textsOf(cell).map(withOneDash) : textsOf;
}

function anyTest(tests: readonly ValueTest[]): ValueTest {
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return (value, text) => tests.some((test) => test(value, text));
}

/** Values from which on they are looked for at once. */
const many = 6;
/** Texts that may stand anywhere: fewer are found quicker one by one. */
const manyParts = 24;

/** The same as any of the tests, quicker; null where the values are few or not alike. */
function quickAny(predicate: Predicate, values: readonly Value[]): ValueTest | null {
  if (values.length < many || !values.every((one) => typeof one === "string" && one !== "")) return null;
  const texts = values.map((one) => {
    const text = hasDashes(predicate) ? withOneDash(String(one)) : String(one);
    return predicate.caseSensitive ? text : text.toLowerCase();
  });
  switch (predicate.operator) {
    case "eq": {
      if (values.some((one) => isPattern(one) || isNumeric(one))) return null;
      const set = new Set(texts);
      return (_value, text) => set.has(text);
    }
    case "contains": {
      if (texts.length < manyParts) return null;
      // Most rules never come to be asked: a table is made for those that do.
      let automaton: Automaton | null = null;
      return (_value, text) => {
        automaton ??= openAutomaton(texts);
        return automaton.hasAny(text);
      };
    }
    case "starts_with":
      return byLength(texts, (text, length) => text.slice(0, length));
    case "ends_with":
      return byLength(texts, (text, length) => text.slice(-length));
    default:
      return null;
  }
}

function byLength(texts: readonly string[], part: (text: string, length: number) => string): ValueTest {
  const sets = [...Map.groupBy(new Set(texts), (one) => one.length)].map(
    ([length, own]) => [length, new Set(own)] as const,
  );
  return (_value, text) => sets.some(([length, set]) => text.length >= length && set.has(part(text, length)));
}
