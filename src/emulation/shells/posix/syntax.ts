import type { Span } from "../../../kit/span.ts";

/** What sh and bash read. */
export type ShNode =
  | {
      readonly type: "simple";
      readonly assignments: readonly ShAssignment[];
      readonly words: readonly ShWord[];
      readonly redirections: readonly ShRedirection[];
      readonly span: Span;
    }
  | { readonly type: "pipeline"; readonly nodes: readonly ShNode[] }
  | { readonly type: "list"; readonly parts: readonly { readonly operator: ShOperator; readonly node: ShNode }[] }
  /** `{ … }` and `( … )`, and compounds with redirections behind them. */
  | {
      readonly type: "group";
      readonly body: ShNode;
      readonly redirections: readonly ShRedirection[];
      /** `( … )`: what it sets is gone behind it. */
      readonly apart: boolean;
    }
  | { readonly type: "if"; readonly conditions: readonly ShNode[]; readonly bodies: readonly ShNode[] }
  | { readonly type: "while"; readonly condition: ShNode; readonly body: ShNode; readonly span: Span }
  | {
      readonly type: "for";
      readonly name: string;
      /** null: over the arguments. */
      readonly words: readonly ShWord[] | null;
      readonly body: ShNode;
      readonly span: Span;
    }
  | { readonly type: "case"; readonly bodies: readonly ShNode[] }
  | { readonly type: "function"; readonly name: string; readonly body: ShNode; readonly span: Span }
  | { readonly type: "nothing" };

/** What stands before a part; `;` before the first. */
export type ShOperator = ";" | "&&" | "||";

export interface ShAssignment {
  readonly name: string;
  /** An array has as many as it has elements. */
  readonly values: readonly ShWord[];
  readonly appends: boolean;
  readonly span: Span;
}

export interface ShRedirection {
  /** `text`: a here-document or here-string, whose target is what is read. */
  readonly kind: "in" | "out" | "append" | "error" | "text";
  readonly target: ShWord;
}

export interface ShWord {
  readonly parts: readonly ShPart[];
  readonly span: Span;
}

export type ShPart =
  | { readonly type: "text"; readonly text: string; readonly quoted: boolean }
  | {
      readonly type: "parameter";
      readonly name: string;
      /** `:-`, `#`, `//` …; empty for none. */
      readonly operator: string;
      readonly argument: ShWord | null;
      readonly quoted: boolean;
      readonly span: Span;
    }
  | { readonly type: "substitution"; readonly body: ShNode; readonly quoted: boolean; readonly span: Span }
  /** Between backticks: a text that is read as a script when it runs. */
  | { readonly type: "backticks"; readonly text: string; readonly quoted: boolean; readonly span: Span }
  /** `$(( … ))`. */
  | { readonly type: "arithmetic"; readonly text: string; readonly span: Span }
  /** `<( … )`, `>( … )`. */
  | { readonly type: "process"; readonly body: ShNode; readonly span: Span };
