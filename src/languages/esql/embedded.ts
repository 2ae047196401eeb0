import type { Diagnostic } from "../../kit/diagnostic.ts";
import type { Span } from "../../kit/span.ts";
import type { Expression } from "../../rule/expression.ts";
import type { Logic } from "../../rule/logic.ts";
import * as kuery from "../kuery/index.ts";
import type { ParseResult } from "../language.ts";
import * as lucene from "../lucene/index.ts";

/** A query of another language inside a string of ours. The spans of its ast count from the start of our text. */
export type Embedded =
  | { readonly language: "kuery"; readonly ast: kuery.KueryNode }
  | { readonly language: "lucene"; readonly ast: lucene.LuceneQuery };

type Places = (at: Span) => Span;

/** What the string of `kql("…")` or `qstr("…")` says; null for all other functions. */
export function parseEmbedded(name: string, text: string, places: Places): ParseResult<Embedded> | null {
  switch (name.toLowerCase()) {
    case "kql": {
      const { ast, diagnostics } = kuery.parse(text);
      return { ast: { language: "kuery", ast: moved(ast, places) }, diagnostics: moveAll(diagnostics, places) };
    }
    case "qstr": {
      const { ast, diagnostics } = lucene.parse(text);
      return { ast: { language: "lucene", ast: moved(ast, places) }, diagnostics: moveAll(diagnostics, places) };
    }
    default:
      return null;
  }
}

/** The condition that an inner query is; null where it asks for nothing. */
export function lowerEmbedded(embedded: Embedded): Expression | null {
  const { stages } = logicOf(embedded);
  const [first] = stages;
  return first?.type === "filter" ? first.expression : null;
}

function logicOf(embedded: Embedded): Logic {
  switch (embedded.language) {
    case "kuery":
      return kuery.lower(embedded.ast);
    case "lucene":
      return lucene.lower(embedded.ast);
    default:
      return embedded satisfies never;
  }
}

function moveAll(diagnostics: readonly Diagnostic[], places: Places): readonly Diagnostic[] {
  return diagnostics.map((one) => ({ ...one, span: places(one.span) }));
}

/**
 * The same tree with every span moved; parts without places are shared. Inner languages cap their depth, so this cannot
 * go deep.
 */
function moved<Node>(node: Node, places: Places): Node {
  if (Array.isArray(node)) {
    let items: unknown[] | undefined;
    for (let index = 0; index < node.length; index++) {
      const now: unknown = moved(node[index], places);
      if (now === node[index]) continue;
      items ??= [...node];
      items[index] = now;
    }
    return (items ?? node) as Node;
  }
  if (typeof node !== "object" || node === null) return node;
  let copy: Record<string, unknown> | undefined;
  for (const key in node) {
    const value: unknown = node[key];
    if (typeof value !== "object") continue;
    const now = key === "span" ? places(value as Span) : moved(value, places);
    if (now === value) continue;
    copy ??= { ...(node as Record<string, unknown>) };
    copy[key] = now;
  }
  return (copy ?? node) as Node;
}
