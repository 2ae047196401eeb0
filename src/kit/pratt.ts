import { limits } from "./limits.ts";

/** An operator standing at the cursor. `combine` consumes it, and calls `operand` for its right side if it has one. */
export interface Infix<Node> {
  /** Binding power: a higher one binds tighter. Zero and below never binds. */
  readonly power: number;
  /** Operators of equal power group to the left unless this is set. */
  readonly rightAssociative?: boolean;
  readonly combine: (left: Node, operand: () => Node) => Node;
}

export interface OperatorGrammar<Node> {
  /** One operand with its prefix operators; must consume at least one token or report that it could not. */
  readonly prefix: () => Node;
  /** The operator at the cursor, not consumed; null where an expression ends. */
  readonly infix: (left: Node) => Infix<Node> | null;
  /** What stands for a text that nests too deep. Must consume the rest of the text, and cover `left` where given. */
  readonly tooDeep: (left: Node | null) => Node;
}

/** Counts how deep a parser stands, across all of its mutually recursive parts. */
export interface Nesting {
  depth: number;
}

/**
 * Operator-precedence parsing (Pratt 1973). Reads operands joined by operators that bind at least as tight as
 * `minimum`. Both recursion and left-deep growth count against `limits.depth`, so that neither the parser nor
 * anything that walks its tree can exhaust the stack. Chains that a language folds into one n-ary node do not grow
 * deeper: `flat` says which nodes are such.
 */
export function parseOperators<Node>(
  grammar: OperatorGrammar<Node>,
  nesting: Nesting,
  minimum = 1,
  flat: (node: Node) => boolean = () => false,
): Node {
  if (nesting.depth >= limits.depth) return grammar.tooDeep(null);
  nesting.depth++;
  const outer = nesting.depth;
  let left = grammar.prefix();
  for (;;) {
    const operator = grammar.infix(left);
    if (operator === null || operator.power < minimum) break;
    if (nesting.depth >= limits.depth) {
      left = grammar.tooDeep(left);
      break;
    }
    const rightMinimum = operator.rightAssociative === true ? operator.power : operator.power + 1;
    const wasFlat = flat(left);
    left = operator.combine(left, () => parseOperators(grammar, nesting, rightMinimum, flat));
    if (!(wasFlat && flat(left))) nesting.depth++;
  }
  nesting.depth = outer - 1;
  return left;
}
