import { listOf, recordOf, textOf, textsOf, type Untyped } from "../untyped.ts";
import type { DefinitionKind } from "./definitions.ts";
import { shortened } from "./short-text.ts";

/** Short facts of a data source, label → value. */
export type DataSource = Readonly<Record<string, string>>;

export const dataSourceKind: DefinitionKind<DataSource> = {
  folders: ["data_sources"],
  noun: "data source",
  needs: "a name",
  read: (name, value) => ({ key: name, definition: attributesOf(value) }),
};

function attributesOf(value: Untyped): DataSource {
  const rows: readonly (readonly [string, string])[] = [
    ["source", textOf(value.source)],
    ["sourcetype", textOf(value.sourcetype)],
    ["separator", textOf(value.separator)],
    ["separator_value", textOf(value.separator_value)],
    ["add_ons", listOf(value.supported_TA).map(addOnOf).filter(Boolean).join(", ")],
    ["data_components", textsOf(value.mitre_components).join(", ")],
  ];
  return Object.fromEntries(rows.map(([label, text]) => [label, shortened(text)]).filter(([, text]) => text !== ""));
}

function addOnOf(value: unknown): string {
  return (textOf(value) || textOf(recordOf(value).name)).trim();
}

/** Starts of names that detections write otherwise than `data_sources/` does. */
const otherSpellings: readonly (readonly [written: string, defined: string])[] = [
  ["Windows Security ", "Windows Event Log Security "],
];

/** The data source that a detection means by `name`; `defined_as` is its own name where that is another. */
export function findDataSource(known: ReadonlyMap<string, DataSource>, name: string): DataSource | null {
  const exact = known.get(name);
  if (exact !== undefined) return exact;
  for (const [written, defined] of otherSpellings) {
    if (!name.startsWith(written)) continue;
    const other = defined + name.slice(written.length);
    const found = known.get(other);
    if (found !== undefined) return { defined_as: other, ...found };
  }
  return null;
}
