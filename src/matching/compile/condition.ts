import { answer, type Facts } from "../../platforms/log-sources/answer.ts";
import type { RegexDialect } from "../../platforms/platform.ts";
import { type Expression, isDerived, type Predicate } from "../../rule/expression.ts";
import type { SourceContext } from "../../vocabulary/context.ts";
import type { Schema } from "../../vocabulary/fields/names.ts";
import { type OpenTest, openTest } from "../evaluate/test.ts";
import { CannotRun } from "../evaluate/value-test.ts";
import type { SlotTable } from "./slots.ts";

/** A condition that is ready to be asked of events. */
export type Node =
  | {
      readonly type: "and" | "or";
      /** In the order of the rule. */
      readonly operands: readonly Node[];
      /** In the order in which they are asked: what is quick to tell goes first. */
      readonly quickest: readonly Node[];
    }
  | { readonly type: "not"; readonly operand: Node }
  | TestNode
  | { readonly type: "constant"; readonly value: boolean };

export interface TestNode {
  readonly type: "test";
  readonly test: Test;
  /** What the log itself answers where the event does not write the field; null where it does not tell. */
  readonly otherwise: boolean | null;
}

/** A predicate, once for all rules that ask the same. */
export interface Test extends OpenTest {
  readonly id: number;
  readonly predicate: Predicate;
  readonly dialect: RegexDialect;
  /** null: a keyword, asked of every value. */
  readonly slot: number | null;
  /** The fields that it compares with. */
  readonly others: readonly number[];
}

/** The tests of all rules. */
export interface TestTable {
  readonly all: readonly Test[];
  readonly testFor: (
    predicate: Predicate,
    dialect: RegexDialect,
    slot: number | null,
    others: readonly number[],
  ) => Test;
}

export function openTests(): TestTable {
  const all: Test[] = [];
  const byKey = new Map<string, Test>();
  return {
    all,
    testFor: (predicate, dialect, slot, others) => {
      const { operator, values, quantifier, caseSensitive, missing, several, encoding } = predicate;
      const key = JSON.stringify([
        slot,
        operator,
        values,
        quantifier,
        caseSensitive,
        missing,
        several,
        encoding,
        others,
        operator === "regex_match" ? dialect : "",
      ]);
      const before = byKey.get(key);
      if (before !== undefined) return before;
      const test = { ...openTest(predicate, dialect), id: all.length, predicate, dialect, slot, others };
      all.push(test);
      byKey.set(key, test);
      return test;
    },
  };
}

/** What a condition is made ready with. */
export interface ConditionScope {
  readonly slots: SlotTable;
  readonly tests: TestTable;
  /** The schema of the rule's language. */
  readonly schema: Schema | null;
  readonly context: SourceContext;
  readonly dialect: RegexDialect;
  /** What holds of the log that is searched; null for any log. */
  readonly facts: Facts | null;
  /** What the choice of the log has answered otherwise: predicates that macros bring. */
  readonly absorbed: ReadonlySet<Predicate>;
}

/** Throws `CannotRun` where a part can be asked of no event. */
export function openCondition(scope: ConditionScope, expression: Expression): Node {
  switch (expression.type) {
    case "and":
    case "or": {
      const operands = expression.operands.map((one) => openCondition(scope, one));
      return { type: expression.type, operands, quickest: operands.toSorted((a, b) => effortOf(a) - effortOf(b)) };
    }
    case "not":
      return { type: "not", operand: openCondition(scope, expression.operand) };
    case "predicate":
      return openPredicate(scope, expression);
    case "opaque":
      throw new CannotRun(`A part was not understood: ${expression.reason}.`);
    default:
      return expression satisfies never;
  }
}

/** How long it takes to ask, in no unit. */
function effortOf(node: Node): number {
  switch (node.type) {
    case "and":
    case "or":
      return node.operands.reduce((sum, one) => sum + effortOf(one), 0);
    case "not":
      return effortOf(node.operand);
    case "test": {
      const { predicate, slot } = node.test;
      const each = predicate.operator === "regex_match" ? 100 : predicate.operator === "wildcard" ? 4 : 1;
      return each * (1 + Math.log2(1 + predicate.values.length)) * (slot === null ? 10 : 1);
    }
    case "constant":
      return 0;
    default:
      return node satisfies never;
  }
}

function openPredicate(scope: ConditionScope, predicate: Predicate): TestNode {
  if (isDerived(predicate)) {
    throw new CannotRun(
      predicate.evaluated === true
        ? "A value is worked out when the rule runs."
        : "The rule filters on a value that it works out itself.",
    );
  }
  const { field, operator, values } = predicate;
  const others = operator.endsWith("_field") ? values.map((name) => slotOf(scope, String(name), null)) : [];
  const slot = field === null ? null : slotOf(scope, field.raw, field.canonical);
  const test = scope.tests.testFor(predicate, scope.dialect, slot, others);
  return {
    type: "test",
    test,
    otherwise: scope.facts === null ? null : answerOf(scope.facts, scope.absorbed, predicate),
  };
}

export function slotOf(
  { slots, schema, context }: Pick<ConditionScope, "slots" | "schema" | "context">,
  raw: string,
  canonical: string | null,
): number {
  return slots.slotFor(schema?.id ?? null, raw, canonical ?? schema?.read(raw, context)?.field ?? null);
}

function answerOf(facts: Facts, absorbed: ReadonlySet<Predicate>, predicate: Predicate): boolean | null {
  const { rest } = answer(predicate, facts);
  if (typeof rest === "boolean") return rest;
  // What chose the log holds of it, whatever the event says of it.
  return absorbed.has(predicate) ? true : null;
}
