import type { Expression, Operator, Value } from "../rule/expression.ts";
import type { SourceContext } from "../vocabulary/context.ts";
import type { FieldType } from "../vocabulary/fields/tables.ts";
import type { RuleHead } from "./head.ts";
import type { LogPlace, LogSource } from "./log-sources/tables.ts";
import type { CountCondition } from "./plan/plan.ts";
import type { FieldNaming, Remark } from "./translation.ts";

/** A system that runs queries, in one of its languages. Adding one is a folder and a line in `registry.ts`. */
export interface Platform {
  readonly id: string;
  /** As people know it: `Microsoft Sentinel and Defender (KQL)`. */
  readonly title: string;
  /** Further names on the command line: the language, the vendor. */
  readonly aliases: readonly string[];
  /** Id under which `src/languages` parses what this platform runs; null where only its grammar is checked. */
  readonly language: string | null;
  /** Schema of the vocabulary that names its fields. */
  readonly schema: string;
  /** Folder of `content/platforms` that says where it keeps logs; null for a platform that keeps any log (`place`). */
  readonly content: string | null;
  /** The place of a log source on a platform without a table of them; null where it has none. */
  readonly place?: (source: LogSource) => LogPlace | null;
  /**
   * The name under which a field that the platform does not have is asked for, so that its user may supply it; null where
   * queries cannot name what is not there.
   */
  readonly supplied?: (canonical: string) => string | null;
  /** Fields by which the query chooses the events of a place, with the values of which they have one; unless said, `where`. */
  readonly chosenBy?: (place: LogPlace) => LogPlace["where"];
  /** How the platform spells a value of a field whose values it names itself; null for one that no event has. Unless said, as the log does. */
  readonly spelling?: (name: string, value: string) => string | null;
  readonly dialect: Dialect;
  /** The whole query without its header, or why the platform has no such query. */
  readonly write: (query: TargetQuery) => WrittenQuery | Refused;
  /** A further condition as people add it to a query that is there: `| where …`. Absent where it cannot be added so. */
  readonly added?: (condition: Condition) => string;
  /** A comment of the platform's language, for the header; lines hold anything. */
  readonly comment: (lines: readonly string[]) => string;
  /** The query with the comment of its header, on a platform whose queries must not begin with one. */
  readonly headed?: (comment: string, text: string) => string;
}

/** How conditions are written. */
export interface Dialect {
  /** What a test gives for an event without the field; a platform that says "unknown" is asked for existence under `not`. */
  readonly missing: "false" | "unknown";
  /** A text that is missing and an empty one are the same there, so that rules which tell them apart are only approximated. */
  readonly emptyIsMissing?: true;
  /** Id of the field that holds the text of an event, for a platform that cannot look through whole events. */
  readonly textField?: string;
  /** The test as text, or why it cannot be said. */
  readonly test: (test: Test) => Written | Refused;
  readonly and: string;
  readonly or: string;
  /** Of text that is already in parentheses where it needs them. */
  readonly not: (operand: string) => string;
  /** Tests on several values that the platform says in one (`in (…)`); others are written out. */
  readonly takesSeveral: (test: Test) => boolean;
}

/** One comparison in the words of the platform: never unknown where `guarded`, false for a missing field. */
export interface Test {
  /** null: the whole event. */
  readonly field: TargetField | null;
  readonly operator: Operator;
  /** Values of the rule; empty for `exists`, `is_null` and comparisons of fields. Numbers may stand as text. */
  readonly values: readonly Value[];
  /** The fields that the `_field` operators compare with. */
  readonly others: readonly TargetField[];
  /** Of several values; `any` unless the platform takes several. */
  readonly quantifier: "any" | "all";
  readonly caseSensitive: boolean;
  /** Of several values of the field in one event, must any be as asked, or all? `unknown`: nothing is said of such events. */
  readonly several: "any" | "all" | "unknown";
  /** Stands under `not`, so that it must be false and not unknown where the field is missing. */
  readonly guarded: boolean;
  /** Stands under an odd number of `not`: what it finds too much, the query leaves out. */
  readonly negated?: boolean;
  /** Dialect of a regular expression: what the rule's own language takes it for. */
  readonly regex: RegexDialect;
}

/** `lucene`: the whole value must match. `re2` and `pcre`: anywhere. */
export type RegexDialect = "lucene" | "re2" | "pcre";

export interface TargetField {
  /** As the platform has it, unquoted. */
  readonly name: string;
  readonly canonical: string | null;
  readonly type: FieldType;
  /** false: made by the scheme of the place. */
  readonly listed: boolean;
  /** What the fields of its place hold; see `LogPlace`. */
  readonly types?: Readonly<Record<string, string>> | undefined;
}

/** Text of a condition, and how tightly it binds: whatever is looser than its surroundings goes into parentheses. */
export interface Written {
  readonly text: string;
  readonly binds: "atom" | "not" | "and" | "or";
  /** The text again where it ends in a list of values, which may go over several lines. */
  readonly list?: WrittenList;
  /** What the text says differently from the rule. */
  readonly remarks?: readonly Remark[];
}

export interface WrittenList {
  readonly open: string;
  /** With a comma between them. */
  readonly items: readonly string[];
  readonly close: string;
}

/** A test that ends in a list: `Image in ("a", "b")`. */
export function writtenList(
  open: string,
  items: readonly string[],
  close: string,
  remarks: readonly Remark[] = [],
): Written {
  return { text: `${open}${items.join(", ")}${close}`, binds: "atom", remarks, list: { open, items, close } };
}

export interface Refused extends Remark {
  readonly type: "refused";
}

/** A condition whose tests are written. */
export type Condition =
  | { readonly type: "and" | "or"; readonly operands: readonly Condition[] }
  | { readonly type: "not"; readonly operand: Condition }
  | { readonly type: "written"; readonly written: Written };

/** Events of one log source in one place. */
export interface TargetBranch {
  readonly logSource: LogSource;
  readonly place: LogPlace;
  /** null: every event of the place, which only a sequence or a count may ask for. */
  readonly condition: Condition | null;
  /** What the rule asked for, for platforms whose text is no tree of tests. */
  readonly expression: Expression | null;
  /** The fields of the condition. */
  readonly fields: readonly FieldNaming[];
  /** Where the rule itself looks for the events. */
  readonly context: SourceContext;
  /** What an analyst needs to see of the events, first what the kind of log asks for, then the fields of the condition. */
  readonly show: readonly TargetField[];
}

export type TargetQuery = { readonly head: RuleHead; readonly show: readonly string[] } & (
  | { readonly type: "selection"; readonly branches: readonly TargetBranch[] }
  | {
      readonly type: "sequence";
      readonly ordered: boolean;
      readonly maxspan: Duration | null;
      readonly steps: readonly TargetStep[];
      readonly until: TargetStep | null;
    }
  | {
      readonly type: "threshold";
      readonly branches: readonly TargetBranch[];
      readonly by: readonly TargetField[];
      readonly conditions: readonly CountCondition<TargetField>[];
      readonly window: Duration | null;
    }
  | {
      readonly type: "new_terms";
      readonly branches: readonly TargetBranch[];
      readonly fields: readonly TargetField[];
      readonly window: Duration;
    }
);

export interface TargetStep {
  readonly branches: readonly TargetBranch[];
  readonly by: readonly TargetField[];
  readonly runs: number;
  readonly missing: boolean;
}

export interface Duration {
  readonly amount: number;
  readonly unit: "second" | "minute" | "hour" | "day";
}

export interface WrittenQuery {
  readonly text: string;
  /** What the query as a whole says differently from the rule. */
  readonly remarks: readonly (Remark & { readonly part: string })[];
}

export function isRefused(one: Written | Refused | WrittenQuery): one is Refused {
  return "type" in one && one.type === "refused";
}

export function refused(code: Remark["code"], why: string): Refused {
  return { type: "refused", code, why };
}
