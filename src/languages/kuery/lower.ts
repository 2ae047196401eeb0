import { cover } from "../../kit/span.ts";
import { conjoin, disjoin, fieldRef, negate, opaque } from "../../rule/build.ts";
import type { Expression } from "../../rule/expression.ts";
import type { Logic } from "../../rule/logic.ts";
import { orders } from "../../rule/order.ts";
import type { KueryNode, Literal, ValueNode } from "./ast.ts";
import { isFullText } from "./fields.ts";
import { scalar, type Target, valuesExpression } from "./values.ts";

const notParsed = "text that is no Kibana query";

/** One filter stage; an empty query has none. */
export function lower(ast: KueryNode): Logic {
  if (ast.type === "all") return { stages: [] };
  return { stages: [{ type: "filter", expression: expression(ast, ""), span: ast.span }] };
}

/** `path` is the nested field that the node stands in, with its dot. */
function expression(node: KueryNode, path: string): Expression {
  switch (node.type) {
    case "and":
      return conjoin(
        node.operands.map((one) => expression(one, path)),
        node.span,
      );
    case "or":
      return disjoin(
        node.operands.map((one) => expression(one, path)),
        node.span,
      );
    case "not":
      return negate(expression(node.operand, path), node.span);
    case "is":
      return values(targetOf(node.field, path), node.value, node.span);
    case "range":
      return {
        type: "predicate",
        field: fieldRef(path + nameOf(node.field)),
        operator: orders[node.operator],
        values: [(node.value.quoted ? null : scalar(node.value.text)) ?? nameOf(node.value)],
        raw: [node.value.text],
        quantifier: "any",
        caseSensitive: true,
        span: node.span,
      };
    case "nested":
      return expression(node.query, `${path}${nameOf(node.field)}.`);
    case "bare":
      return valuesExpression({ field: null, fullText: true }, [node.value], "any", node.span);
    case "all":
      return opaque("", "an empty query", node.span);
    case "error":
      return withError(node, node.parsed === null ? null : expression(node.parsed, path));
    default:
      return node satisfies never;
  }
}

/** Values of one field. A group of one operator is one predicate; mixed groups become a tree. */
function values(target: Target, node: ValueNode, at: Literal["span"]): Expression {
  switch (node.type) {
    case "literal":
      return valuesExpression(target, [node], "any", at);
    case "and":
    case "or": {
      const literals = node.operands.filter((one) => one.type === "literal");
      const others = node.operands.filter((one) => one.type !== "literal");
      const [first] = literals;
      const group =
        literals.length === node.operands.length
          ? at
          : literals.reduce((all, one) => cover(all, one.span), first?.span ?? at);
      const parts = [
        ...(first === undefined
          ? []
          : [valuesExpression(target, literals, node.type === "and" ? "all" : "any", group)]),
        ...others.map((one) => values(target, one, one.span)),
      ];
      return node.type === "and" ? conjoin(parts, at) : disjoin(parts, at);
    }
    case "not":
      return negate(values(target, node.operand, node.operand.span), node.span);
    case "error":
      return withError(node, node.parsed === null ? null : values(target, node.parsed, node.parsed.span));
    default:
      return node satisfies never;
  }
}

function withError(
  node: { readonly text: string; readonly span: Literal["span"] },
  parsed: Expression | null,
): Expression {
  const hole = opaque(node.text, notParsed, node.span);
  return parsed === null ? hole : conjoin([parsed, hole], node.span);
}

/** `*:value` asks all fields; a wildcard within a name is kept in it. */
function targetOf(field: Literal, path: string): Target {
  const name = nameOf(field);
  if (name === "*" && !field.quoted && path === "") return { field: null, fullText: true };
  return { field: fieldRef(path + name), fullText: isFullText(path + name) };
}

function nameOf(literal: Literal): string {
  return literal.tokens.map((token) => (token.type === "literal" ? token.text : "*")).join("");
}
