import type { Span } from "../../../kit/span.ts";
import type { Cell } from "./cells.ts";

/** What cmd reads as one: a line, or as many as its blocks take. */
export type CmdNode =
  | {
      readonly type: "command";
      /** Without redirections and carets. */
      readonly cells: readonly Cell[];
      readonly redirections: readonly CmdRedirection[];
      readonly span: Span;
    }
  | { readonly type: "sequence"; readonly parts: readonly { readonly operator: CmdOperator; readonly node: CmdNode }[] }
  | { readonly type: "pipeline"; readonly nodes: readonly CmdNode[] }
  | { readonly type: "block"; readonly body: CmdNode; readonly redirections: readonly CmdRedirection[] }
  | { readonly type: "if"; readonly then: CmdNode; readonly otherwise: CmdNode | null }
  | {
      readonly type: "for";
      readonly kind: "words" | "numbers" | "file" | "folders" | "tree";
      /** `tokens=1,2 delims=:` of `for /f`. */
      readonly options: string;
      readonly variable: string;
      readonly list: readonly Cell[];
      readonly body: CmdNode;
      readonly span: Span;
    }
  | { readonly type: "label"; readonly name: string }
  | { readonly type: "nothing" };

/** What stands before a part; `&` before the first. */
export type CmdOperator = "&" | "&&" | "||";

export interface CmdRedirection {
  readonly kind: "in" | "out" | "append" | "error";
  readonly target: readonly Cell[];
}
