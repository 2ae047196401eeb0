import type { Span } from "../../kit/span.ts";
import type { ColumnDeclaration, ErrorNode } from "./ast.ts";

export type Literal =
  | StringLiteral
  | NumberLiteral
  | BooleanLiteral
  | TimespanLiteral
  | DatetimeLiteral
  | GuidLiteral
  | TypeLiteral
  | DynamicLiteral;

/** Every form of quotes: `"…"`, `'…'`, `@"…"`, three backticks or tildes, with `h` before it; neighbours are joined. */
export interface StringLiteral {
  readonly type: "string";
  readonly value: string;
  /** As written, with quotes and prefixes; several joined by a blank. */
  readonly text: string;
  readonly span: Span;
}

export interface NumberLiteral {
  readonly type: "number";
  readonly dataType: "int" | "long" | "real" | "decimal";
  /** null for `long(null)` and for what JSON cannot say (`real(nan)`, `real(+inf)`); a long beyond 2^53 is rounded: `text` is exact. */
  readonly value: number | null;
  /** As written: `5`, `0x1F`, `1e3`, `long(5)`. A minus before it is a node of its own, but inside `dynamic(…)` part of it. */
  readonly text: string;
  readonly span: Span;
}

export interface BooleanLiteral {
  readonly type: "boolean";
  /** null for `bool(null)`. */
  readonly value: boolean | null;
  readonly text: string;
  readonly span: Span;
}

/** `1h`, `2.5d`, `time(1.02:03:04)`, `timespan(null)`. */
export interface TimespanLiteral {
  readonly type: "timespan";
  /** null for `time(null)`. */
  readonly seconds: number | null;
  readonly text: string;
  readonly span: Span;
}

/** `datetime(2024-01-01)`. */
export interface DatetimeLiteral {
  readonly type: "datetime";
  /** What stands in the parentheses, without quotes and outer blanks; null for `datetime(null)`. */
  readonly value: string | null;
  readonly text: string;
  readonly span: Span;
}

/** `guid(74be27de-1e4e-49d9-b579-fe0b331d3642)`. */
export interface GuidLiteral {
  readonly type: "guid";
  /** Without quotes and outer blanks, as spelled; null for `guid(null)`. */
  readonly value: string | null;
  readonly text: string;
  readonly span: Span;
}

/** `typeof(string)`, or with a schema `typeof(a:string, b:long)`; `openSchema` for `*` among its columns. */
export interface TypeLiteral {
  readonly type: "typeof";
  readonly dataType: string | null;
  readonly columns: readonly ColumnDeclaration[];
  readonly openSchema: boolean;
  readonly span: Span;
}

/** `dynamic(value)`. */
export interface DynamicLiteral {
  readonly type: "dynamic";
  readonly value: DynamicValue;
  readonly span: Span;
}

/** A JSON value; Kusto adds its own literals (`datetime(…)`, `1h`, single quotes). */
export type DynamicValue = Exclude<Literal, TypeLiteral> | NullLiteral | DynamicArray | DynamicObject | ErrorNode;

/** `null`, which is a literal only inside of `dynamic(…)`. */
export interface NullLiteral {
  readonly type: "null";
  readonly span: Span;
}

export interface DynamicArray {
  readonly type: "array";
  readonly items: readonly DynamicValue[];
  readonly span: Span;
}

export interface DynamicObject {
  readonly type: "object";
  readonly entries: readonly DynamicEntry[];
  readonly span: Span;
}

export interface DynamicEntry {
  readonly type: "entry";
  readonly key: string;
  readonly value: DynamicValue;
  readonly span: Span;
}
