import type { SigmaDetection, SigmaSearch } from "../../languages/sigma/ast.ts";
import { parse } from "../../languages/sigma/parser.ts";

/** For the shared fuzz test: what is wrong with a rule file, and the texts of its values with Sigma's own escapes undone. */
export function checkQuery(text: string): {
  readonly problems: readonly string[];
  readonly literals: readonly string[];
} {
  const { ast, diagnostics } = parse(text);
  const literals = ast.documents.flatMap((one) =>
    one.type === "rule" && one.detection !== null ? textsOf(one.detection) : [],
  );
  return { problems: diagnostics.map((one) => `${one.code}: ${one.message}`), literals };
}

function textsOf({ identifiers }: SigmaDetection): readonly string[] {
  return identifiers.flatMap(({ search }) => valuesOf(search, false));
}

function valuesOf(search: SigmaSearch, asIs: boolean): readonly string[] {
  switch (search.type) {
    case "map":
      return search.items.flatMap(({ modifiers, values }) =>
        values.flatMap((one) => valuesOf(one, modifiers.includes("re"))),
      );
    case "list":
      return search.entries.flatMap((one) => valuesOf(one, false));
    case "string":
      return [asIs ? search.text : search.text.replaceAll(/\\([*?\\])/gu, "$1")];
    case "number":
    case "boolean":
      return [search.text];
    default:
      return [];
  }
}
