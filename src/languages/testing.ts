import type { Expression, Opaque, Predicate } from "../rule/expression.ts";
import type { Stage } from "../rule/logic.ts";
import { showValue } from "../rule/pattern.ts";
import type { Language } from "./language.ts";

/** For tests: an expression on one line, brackets around every junction. `leaf` writes what a language's tests look at. */
export function sketch(one: Expression, leaf: (one: Predicate | Opaque) => string): string {
  switch (one.type) {
    case "and":
    case "or":
      return `(${one.operands.map((operand) => sketch(operand, leaf)).join(` ${one.type} `)})`;
    case "not":
      return `not ${sketch(one.operand, leaf)}`;
    case "opaque":
    case "predicate":
      return leaf(one);
    default:
      return one satisfies never;
  }
}

/** For tests: `eq field "a"|"b"`, `&` between values of which all must hold, `~` where case is folded. */
export function showShort(one: Expression): string {
  return sketch(one, (leaf) => {
    if (leaf.type === "opaque") return `opaque[${leaf.reason}: ${leaf.text}]`;
    const values = leaf.values.map((value) => (typeof value === "string" ? `"${value}"` : showValue(value)));
    const name = `${leaf.operator}${leaf.caseSensitive ? "" : "~"} ${leaf.field?.raw ?? "any"}`;
    return [name, values.join(leaf.quantifier === "all" ? "&" : "|")].join(" ").trim();
  });
}

/** For tests: an expression on one line, `(and x eq "a" (not y exists))`. */
export function show(one: Expression): string {
  switch (one.type) {
    case "and":
    case "or":
      return `(${one.type} ${one.operands.map(show).join(" ")})`;
    case "not":
      return `(not ${show(one.operand)})`;
    case "opaque":
      return `<${one.reason}: ${one.text}>`;
    case "predicate": {
      const from = one.field?.derivedFrom;
      const name =
        one.field === null
          ? "*"
          : one.field.raw + (from === undefined ? "" : `{${from.kind} ${from.fields.join(",")}}`);
      const values = one.values.map((value) => (typeof value === "string" ? JSON.stringify(value) : showValue(value)));
      return [
        name,
        one.operator + (one.caseSensitive ? "" : "~"),
        ...values,
        ...(one.origin === undefined ? [] : [`from ${one.origin}`]),
      ].join(" ");
    }
    default:
      return one satisfies never;
  }
}

/** For tests: a stage on one line. */
export function showStage(stage: Stage): string {
  switch (stage.type) {
    case "filter":
      return `filter ${show(stage.expression)}`;
    case "join":
      return `join ${stage.kind} on ${stage.on.join(",")} [${stage.logic.stages.map(showStage).join("; ")}]`;
    case "union":
      return `union ${stage.branches.map((one) => `[${one.stages.map(showStage).join("; ")}]`).join(" ")}`;
    case "sequence":
      return `sequence by ${stage.by.join(",")} in ${stage.maxspan} ${stage.steps.map((one) => `[${one.logic.stages.map(showStage).join("; ")}]`).join(" ")}`;
    case "aggregate": {
      const functions = stage.functions.map(
        (one) =>
          `${one.function}(${one.field ?? ""})${one.as === null ? "" : ` as ${one.as}`}${one.filter === undefined ? "" : ` where ${show(one.filter)}`}`,
      );
      return `aggregate ${functions.join(", ")} by ${stage.by.join(",")}${stage.window === undefined ? "" : ` window ${stage.window}`}`;
    }
    default: {
      const { type, span: _span, ...rest } = stage;
      return `${type} ${JSON.stringify(rest)}`;
    }
  }
}

/** For tests: how often each feature occurs, and in how many texts: `3239/784`. `texts` are the features of each. */
export function census(texts: readonly (readonly string[])[]): ReadonlyMap<string, string> {
  const found = new Map<string, { times: number; readonly texts: Set<number> }>();
  for (const [index, features] of texts.entries()) {
    for (const feature of features) {
      const entry = found.get(feature) ?? { times: 0, texts: new Set() };
      found.set(feature, entry);
      entry.times++;
      entry.texts.add(index);
    }
  }
  return new Map([...found].map(([feature, entry]) => [feature, `${entry.times}/${entry.texts.size}`]));
}

/** For tests: everything in a tree that has a type, outermost first; what stands under the key `but` is passed over. */
export function nodesIn(tree: unknown, but?: string): readonly { readonly type: unknown }[] {
  if (typeof tree !== "object" || tree === null) return [];
  const inner = Object.entries(tree).flatMap(([key, value]) => (key === but ? [] : nodesIn(value, but)));
  return "type" in tree ? [tree, ...inner] : inner;
}

/** The same language, which notes the code of every diagnostic that it gives. */
export function noting(language: Language, codes: Set<string>): Language {
  return {
    ...language,
    parse: (text, environment) => {
      const result = language.parse(text, environment);
      for (const { code } of result.diagnostics) codes.add(code);
      return result;
    },
  };
}
