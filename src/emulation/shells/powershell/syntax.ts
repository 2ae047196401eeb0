import type { Span } from "../../../kit/span.ts";

/** What PowerShell reads: statements, pipelines of commands and expressions. Names are as written. */
export type PsStatement =
  | { readonly type: "pipeline"; readonly elements: readonly PsElement[]; readonly span: Span }
  /** `a && b`, `a || b`: what stands before each. */
  | {
      readonly type: "chain";
      readonly parts: readonly { readonly operator: "&&" | "||" | ""; readonly statement: PsStatement }[];
    }
  | {
      readonly type: "assignment";
      readonly target: PsExpression;
      readonly operator: string;
      readonly value: PsStatement;
      readonly span: Span;
    }
  /** `if`, `switch`: at most one of them runs, on a condition. */
  | { readonly type: "branches"; readonly subjects: readonly PsStatement[]; readonly bodies: readonly PsBlock[] }
  /** `while`, `do`, `for`: `first` and the subjects run once at least. */
  | {
      readonly type: "loop";
      readonly first: readonly PsStatement[];
      readonly body: PsBlock;
      readonly once: boolean;
      readonly span: Span;
    }
  | {
      readonly type: "foreach";
      readonly variable: string;
      readonly list: PsStatement;
      readonly body: PsBlock;
      readonly span: Span;
    }
  | {
      readonly type: "try";
      readonly body: PsBlock;
      readonly handlers: readonly PsBlock[];
      readonly last: PsBlock | null;
    }
  | { readonly type: "function"; readonly name: string; readonly body: PsBlock }
  /** `return`, `throw`, `exit` … with what stands behind. */
  | { readonly type: "leave"; readonly word: string; readonly value: PsStatement | null }
  /** A named block, or one that stands for itself in a script: always runs. */
  | { readonly type: "inline"; readonly body: PsBlock }
  | { readonly type: "nothing" };

export type PsElement =
  | {
      readonly type: "command";
      /** `&` or `.` before it. */
      readonly call: "" | "&" | ".";
      readonly words: readonly PsExpression[];
      readonly redirections: readonly PsRedirection[];
      readonly span: Span;
    }
  | {
      readonly type: "expression";
      readonly expression: PsExpression;
      readonly redirections: readonly PsRedirection[];
      readonly span: Span;
    };

export interface PsRedirection {
  readonly kind: "in" | "out" | "append" | "error";
  readonly target: PsExpression;
}

/** A script block: `{ … }`, or what stands in `$( … )`. */
export interface PsBlock {
  readonly parameters: readonly { readonly name: string; readonly value: PsExpression | null }[];
  readonly statements: readonly PsStatement[];
  /** With its braces. */
  readonly span: Span;
}

export type PsExpression = { readonly span: Span } & (
  | { readonly type: "text"; readonly parts: readonly (string | PsExpression)[]; readonly bare: boolean }
  /** `-Name`, `-Name:value` of a command. */
  | { readonly type: "parameter"; readonly name: string; readonly value: PsExpression | null }
  /** Behind `--%`: passed on as it is. */
  | { readonly type: "verbatim"; readonly text: string }
  | { readonly type: "number"; readonly value: number; readonly text: string }
  | { readonly type: "variable"; readonly name: string; readonly splat: boolean }
  | { readonly type: "list"; readonly items: readonly PsExpression[]; readonly separators: readonly string[] }
  | { readonly type: "table"; readonly entries: readonly (readonly [PsExpression, PsStatement])[] }
  | { readonly type: "block"; readonly block: PsBlock }
  /** `$( … )`, `@( … )`, `( … )`. */
  | { readonly type: "run"; readonly block: PsBlock; readonly list: boolean }
  | { readonly type: "type"; readonly name: string }
  | { readonly type: "cast"; readonly name: string; readonly operand: PsExpression }
  | {
      readonly type: "member";
      readonly target: PsExpression;
      readonly name: PsExpression;
      readonly isStatic: boolean;
      /** null: a property. */
      readonly args: readonly PsExpression[] | null;
    }
  | { readonly type: "index"; readonly target: PsExpression; readonly index: PsExpression }
  | { readonly type: "unary"; readonly operator: string; readonly operand: PsExpression }
  | { readonly type: "binary"; readonly operator: string; readonly left: PsExpression; readonly right: PsExpression }
);
