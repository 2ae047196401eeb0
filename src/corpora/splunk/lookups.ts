import type { LookupDefinition } from "../../languages/language.ts";
import type { ReadFailure } from "../corpus.ts";
import { readFirstLine } from "../files.ts";
import { textOf, textsOf, type Untyped } from "../untyped.ts";
import { csvHeader } from "./csv-header.ts";
import type { DefinitionFile, DefinitionKind } from "./definitions.ts";

/** Lookup tables by name: CSV files, KV store collections and the models of the machine learning toolkit. */
export const lookupKind: DefinitionKind<LookupDefinition> = {
  folders: ["lookups"],
  noun: "lookup",
  needs: "a name",
  read: (name, value, file) => {
    const { fields, failures } = fieldsOf(value, file);
    return {
      key: name,
      definition: { fields, wildcardFields: wildcardFieldsOf(value), caseSensitive: isCaseSensitive(value) },
      failures,
    };
  },
};

interface Fields {
  readonly fields: readonly string[];
  readonly failures: readonly ReadFailure[];
}

/** A table's own header says more than `fields`, which one lookup of 2024 has beside it and which names one column only. */
function fieldsOf(value: Untyped, file: DefinitionFile): Fields {
  const listed = namesOf(value.fields_list);
  if (listed.length > 0) return { fields: listed, failures: [] };
  const table = tableOf(value, file.path);
  if (table === null) return { fields: namesOf(value.fields), failures: [] };
  const header = readFirstLine(file.folder, table);
  return header.type === "failure"
    ? { fields: namesOf(value.fields), failures: [header.failure] }
    : { fields: unique(csvHeader(header.text)), failures: [] };
}

/** Path of the CSV file, which stands beside its definition; in 2026 it has the same name and is not named. */
function tableOf(value: Untyped, path: string): string | null {
  const filename = textOf(value.filename).trim();
  if (filename.toLowerCase().endsWith(".csv")) return `${path.slice(0, path.lastIndexOf("/") + 1)}${filename}`;
  if (filename !== "" || textOf(value.lookup_type).trim().toLowerCase() !== "csv") return null;
  return path.replace(/\.ya?ml$/, ".csv");
}

/** `WILDCARD(a), WILDCARD(b)`, as one text (2024) or as a list (2026). */
function wildcardFieldsOf(value: Untyped): readonly string[] {
  const written = textsOf(value.match_type).join(",");
  return unique([...written.matchAll(/WILDCARD\(([^()]*)\)/gi)].map(([, field = ""]) => field.trim()));
}

/** True unless said otherwise: transforms.conf.spec, `case_sensitive_match`. */
function isCaseSensitive(value: Untyped): boolean {
  return !["false", "0"].includes(textOf(value.case_sensitive_match).trim().toLowerCase());
}

function namesOf(value: unknown): readonly string[] {
  return unique(textsOf(value).flatMap((one) => one.split(",").map((name) => name.trim())));
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((one) => one !== ""))];
}
