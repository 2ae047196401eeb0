import { span } from "../../kit/span.ts";
import type { SigmaItem, SigmaValue } from "../../languages/sigma/ast.ts";
import type { PatternToken, Value } from "../../rule/expression.ts";
import { isPattern } from "../../rule/expression.ts";

/** Trees that are made, not read, have no place in a text. */
export const nowhere = span(0, 0);

/**
 * A text as Sigma reads it: `*` and `?` are wildcards and a backslash is itself, unless one of these or another backslash
 * follows. `before`: does a wildcard come next, which a backslash at the end would take for itself?
 * https://sigmahq.io/sigma-specification/specification/sigma-rules-specification.html#escaping
 */
function literalText(text: string, wildcardNext: boolean): string {
  let out = "";
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    const last = at === text.length - 1;
    if (char === "*" || char === "?") out += `\\${char}`;
    else if (char === "\\" && (next === "\\" || next === "*" || next === "?" || (last && wildcardNext))) out += "\\\\";
    else out += char;
  }
  return out;
}

export function sigmaText(value: Value): string {
  if (!isPattern(value)) return literalText(String(value), false);
  return value.tokens
    .map((token, at) =>
      token.type === "literal"
        ? literalText(token.text, isWildcard(value.tokens[at + 1]))
        : token.type === "any"
          ? "*"
          : token.type === "one"
            ? "?"
            : `%${token.name}%`,
    )
    .join("");
}

function isWildcard(token: PatternToken | undefined): boolean {
  return token?.type === "any" || token?.type === "one";
}

export function stringValue(text: string): SigmaValue {
  return { type: "string", text, span: nowhere };
}

export function numberValue(value: number): SigmaValue {
  return { type: "number", value, text: String(value), span: nowhere };
}

export function booleanValue(value: boolean): SigmaValue {
  return { type: "boolean", value, text: String(value), span: nowhere };
}

export const nullValue: SigmaValue = { type: "null", span: nowhere };

export function item(field: string | null, modifiers: readonly string[], values: readonly SigmaValue[]): SigmaItem {
  return { type: "item", field, modifiers, values, list: values.length > 1, span: nowhere };
}

/** What two items of one map must not share. */
export function keyOf({ field, modifiers }: SigmaItem): string {
  return [field ?? "", ...modifiers].join("|");
}
