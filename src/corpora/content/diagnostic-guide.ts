import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { contentFolder } from "./folder.ts";

const sentence = z
  .string()
  .trim()
  .regex(/^\S.*[.!?]"?$/su);
const fileName = z.string().regex(/^(?:(?![. ])[\w. -]+\/)*(?![. ])[\w. -]+$/u);

const entry = z
  .strictObject({
    /** `<language or corpus>/<kebab-case>`. */
    code: z.string().regex(/^[a-z][a-z0-9-]*\/[a-z0-9]+(?:-[a-z0-9]+)*$/u),
    /** What it says, in words for users. */
    meaning: sentence,
    /** What to do about it. */
    remedy: sentence,
    /** A text that yields the code: a query in the language of the code's prefix, or with `file` a rule file. */
    example: z.string().optional(),
    file: fileName.optional(),
    /** Several files that yield it together, path → text. */
    files: z.record(fileName, z.string()).optional(),
    /** The files are a checkout of this corpus, which `build` reads. */
    corpus: z.string().optional(),
    /** What brings the code about where no short text can. */
    circumstances: sentence.optional(),
  })
  .refine(
    ({ example, files, circumstances }) =>
      [example, files, circumstances].filter((one) => one !== undefined).length === 1,
    {
      error: "Expected one of example, files and circumstances.",
    },
  )
  .refine(({ example, file }) => file === undefined || example !== undefined, { error: "A file needs an example." })
  .refine(({ files, corpus }) => corpus === undefined || files !== undefined, { error: "A corpus needs files." });

/** One diagnostic code, explained. */
export type DiagnosticEntry = Readonly<z.infer<typeof entry>>;

/** What stands before the slash of a code: the language or corpus that it is about. */
export function prefixOf(code: string): string {
  return code.slice(0, Math.max(0, code.indexOf("/")));
}

/** Every code with its entry, sorted. Throws where a file of `content/diagnostics` is not as it must be: that is our fault. */
export function readDiagnosticGuide(folder = join(contentFolder, "diagnostics")): ReadonlyMap<string, DiagnosticEntry> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  const entries = names.flatMap((name) => readEntries(name, readFileSync(join(folder, name), "utf8")));
  const sorted = entries.toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const guide = new Map(sorted.map((one) => [one.code, one] as const));
  if (guide.size < entries.length) throw new Error("A diagnostic code has two entries.");
  return guide;
}

function readEntries(name: string, text: string): readonly DiagnosticEntry[] {
  const read = z.array(entry).safeParse(parse(text));
  if (!read.success) throw new Error(`content/diagnostics/${name}: ${z.prettifyError(read.error)}`);
  const stray = read.data.find((one) => `${prefixOf(one.code)}.yaml` !== name);
  if (stray !== undefined) throw new Error(`content/diagnostics/${name} holds ${stray.code}.`);
  return read.data;
}

let known: ReadonlyMap<string, DiagnosticEntry> | null = null;

/** The guide that ships with this version, read once. */
export function diagnosticGuide(): ReadonlyMap<string, DiagnosticEntry> {
  known ??= readDiagnosticGuide();
  return known;
}
