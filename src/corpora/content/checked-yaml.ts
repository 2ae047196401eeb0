import { isCollection, isScalar, visit } from "yaml";
import type { z } from "zod";
import { lineStarts, positionAt } from "../../kit/span.ts";
import { readYaml, yamlValue } from "../../kit/yaml.ts";

/**
 * The data of a file that we ship. `name` is its path in the project. Throws one error with `name:line: what is wrong` for
 * every fault, because whoever edits the file is to see all of them, and where.
 */
export function readCheckedYaml<Schema extends z.ZodType>(
  name: string,
  text: string,
  schema: Schema,
): z.output<Schema> {
  const starts = lineStarts(text);
  const at = (offset: number): string => `${name}:${positionAt(starts, offset).line}`;
  const { documents, diagnostics } = readYaml(text);
  const [document] = documents;
  const broken = diagnostics.map((one) => `${at(one.span.start)}: ${one.message}`);
  if (broken.length > 0) throw new Error(broken.join("\n"));
  if (document === undefined || documents.length !== 1) throw new Error(`${name}:1: One YAML document was expected.`);
  const twice = repeatedKeys(document).map(({ key, offset }) => `${at(offset)}: ${key} stands here a second time.`);
  if (twice.length > 0) throw new Error(twice.join("\n"));
  const read = yamlValue(document);
  const checked = schema.safeParse(read.value);
  if (checked.success) return checked.data;
  const faults = checked.error.issues.map(({ path, message }) => {
    const { offset, key } = placeOf(document, path);
    return `${at(offset)}: ${key}${message}`;
  });
  throw new Error([...new Set(faults)].join("\n"));
}

/** Keys that a map has already: the reader of rules lets the last one win, but in a file of ours one of the two is a mistake. */
function repeatedKeys(
  document: ReturnType<typeof readYaml>["documents"][number],
): readonly { readonly key: string; readonly offset: number }[] {
  const repeated: { readonly key: string; readonly offset: number }[] = [];
  visit(document, {
    Map: (_place, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const text = String(key.value);
        if (seen.has(text)) repeated.push({ key: text, offset: rangeOf(key) ?? 0 });
        seen.add(text);
      }
    },
  });
  return repeated;
}

/** Where the deepest part of a path stands that the document has, and the name of that place. */
function placeOf(
  document: ReturnType<typeof readYaml>["documents"][number],
  path: readonly PropertyKey[],
): { readonly offset: number; readonly key: string } {
  const keys = path.map((one) => (typeof one === "symbol" ? String(one) : one));
  for (let length = keys.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(keys.slice(0, length - 1), true);
    const node = document.getIn(keys.slice(0, length), true);
    const range = rangeOf(node) ?? (isCollection(parent) ? rangeOf(parent) : null);
    if (range !== null) return { offset: range, key: `${keys.join(".")}: ` };
  }
  return { offset: 0, key: keys.length === 0 ? "" : `${keys.join(".")}: ` };
}

function rangeOf(node: unknown): number | null {
  const range = (node as { readonly range?: readonly number[] | null } | undefined)?.range;
  return range?.[0] ?? null;
}
