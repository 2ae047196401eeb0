import { lineStarts, positionAt } from "../../kit/span.ts";
import type { ReadFailure } from "../corpus.ts";
import { listOf, recordOf, textOf } from "../untyped.ts";

export type StixFile =
  | { readonly type: "objects"; readonly objects: readonly unknown[] }
  | { readonly type: "failure"; readonly failure: ReadFailure };

/** The objects of a STIX file, which is a bundle or a single object. */
export function readStixFile(path: string, text: string): StixFile {
  const fail = (code: string, message: string, line = 1): StixFile => ({
    type: "failure",
    failure: { path, line, code, message },
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    return fail("attack/invalid-json", `This file is not JSON: ${sentence(reason)}.`, lineOf(reason, text));
  }
  const root = recordOf(value);
  if (textOf(root.type) === "") return fail("attack/not-stix", "A STIX file holds a bundle or an object with a type.");
  if (root.type !== "bundle") return { type: "objects", objects: [root] };
  if (!Array.isArray(root.objects)) return fail("attack/not-stix", "This bundle has no list of objects.");
  return { type: "objects", objects: listOf(root.objects) };
}

/** V8 names the place of a fault but for a file that ends too early, and quotes the text around it; the quote is left out. */
function sentence(reason: string): string {
  return reason.split(/, "|, \.\.\.| in JSON| \(line/, 1)[0] ?? reason;
}

function lineOf(reason: string, text: string): number {
  const position = /position (\d+)/.exec(reason);
  const offset = position === null ? text.length : Number(position[1]);
  return positionAt(lineStarts(text), offset).line;
}
