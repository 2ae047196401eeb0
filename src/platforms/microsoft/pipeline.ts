import type { LogPlace } from "../log-sources/tables.ts";
import type { Condition, TargetBranch, TargetField } from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { selectorOf } from "../print/selector.ts";
import { columnOf, entityColumns, hostColumn, timeColumn } from "./columns.ts";
import { kustoDialect } from "./dialect.ts";
import { kustoName, kustoString, kustoTable } from "./literals.ts";

/** A pipeline: its table, then one operator a line. */
export type Lines = readonly string[];

/** Events of one place. Branches in the same place are one search. */
export interface Search {
  readonly place: LogPlace;
  /** The column that says when. */
  readonly time: string;
  readonly lines: Lines;
  readonly show: readonly TargetField[];
}

export function searchesOf(branches: readonly TargetBranch[]): readonly Search[] {
  const byPlace = new Map<LogPlace, TargetBranch[]>();
  for (const one of branches) byPlace.set(one.place, [...(byPlace.get(one.place) ?? []), one]);
  return [...byPlace].map(([place, own]) => searchIn(place, own));
}

function searchIn(place: LogPlace, branches: readonly TargetBranch[]): Search {
  const conditions = branches.map((one) => one.condition);
  const show = new Map(branches.flatMap((one) => one.show).map((field) => [field.name, field]));
  return {
    place,
    time: timeColumn(place.types),
    lines: [
      tableOf(place),
      ...selector(place),
      ...new Set(conditions.includes(null) ? [] : filters(either(conditions)).filter((one) => !isChosen(one, place))),
    ],
    show: [...show.values()],
  };
}

function tableOf({ from }: LogPlace): string {
  const tables = from.map(kustoTable);
  return tables.length === 1 && from[0]?.includes("*") === false
    ? (tables[0] ?? "")
    : `union isfuzzy=true ${tables.join(", ")}`;
}

function selector({ where, types = {} }: LogPlace): Lines {
  const parts = selectorOf(Object.entries(where), (name, values) => chosen(name, values, types));
  if (parts.length === 0) return [];
  return [whereLine(parts.length === 1 && parts[0] !== undefined ? parts[0] : { type: "and", operands: parts })];
}

/** Values as the product writes them; letter case counts, which is faster. */
function chosen(name: string, values: readonly string[], types: Readonly<Record<string, string>>): string {
  const column = columnOf({ name, canonical: null, type: "keyword", listed: true, types });
  const plain = values.filter((one) => !one.includes("*"));
  const isNumber = column.type === "number" && plain.every((one) => /^\d+$/u.test(one));
  const texts = plain.map((one) => (isNumber ? one : kustoString(one)));
  const left = isNumber ? column.own : column.text;
  const parts = values.filter((one) => one.includes("*")).map((one) => open(column.text, one));
  if (texts.length === 1) parts.unshift(`${left} == ${texts[0]}`);
  else if (texts.length > 1) parts.unshift(`${left} in (${texts.join(", ")})`);
  return parts.length === 1 ? (parts[0] ?? "") : `(${parts.join(" or ")})`;
}

function open(column: string, value: string): string {
  const inner = value.replace(/^\*|\*$/gu, "");
  if (inner.includes("*")) {
    const regex = value
      .split("*")
      .map((one) => one.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"))
      .join(".*");
    return `${column} matches regex ${kustoString(`(?is)^${regex}$`)}`;
  }
  const [start, end] = [value.startsWith("*"), value.endsWith("*")];
  return `${column} ${start ? (end ? "contains" : "endswith") : "startswith"} ${kustoString(inner)}`;
}

function either(conditions: readonly (Condition | null)[]): Condition {
  const all = conditions.filter((one) => one !== null);
  const [only] = all;
  return all.length === 1 && only !== undefined ? only : { type: "or", operands: all };
}

/** What must all hold stands in lines of its own. */
function filters(condition: Condition): Lines {
  return condition.type === "and" ? condition.operands.map(whereLine) : [whereLine(condition)];
}

/** Is this what chooses the events of the place anyway? */
function isChosen(line: string, { where }: LogPlace): boolean {
  return Object.entries(where).some(
    ([name, [value, ...others]]) =>
      value !== undefined && others.length === 0 && line === `| where ${kustoName(name)} =~ ${kustoString(value)}`,
  );
}

export function whereLine(condition: Condition): string {
  return `| where ${layOut(kustoDialect, condition, "    ")}`;
}

/** A column for a field, computed where it is none of the table; each under a name of its own. */
export interface Shown {
  /** How it is made: `Image = tostring(EventData.Image)`, or the column itself. */
  readonly made: string;
  readonly name: string;
}

export function shownColumns(fields: readonly TargetField[], taken: readonly string[]): readonly Shown[] {
  const used = new Set(taken);
  const found: Shown[] = [];
  for (const field of fields) {
    const { own, text, alias, isColumn } = columnOf(field);
    if (isColumn) {
      if (used.has(own)) continue;
      used.add(own);
      found.push({ made: own, name: own });
      continue;
    }
    let name = alias === "" || /^\d/u.test(alias) ? `Column_${alias}` : kustoName(alias);
    if (name.startsWith("[")) name = `Column_${alias}`;
    for (let count = 2; used.has(name); count++) name = `${alias}${count}`;
    used.add(name);
    found.push({ made: `${name} = ${text}`, name });
  }
  return found;
}

/** `| project a, b`, over several lines where it is long. */
export function listLine(operator: string, items: readonly string[]): string {
  const line = `| ${operator} ${items.join(", ")}`;
  if (line.length <= 110) return line;
  const rows: string[] = [];
  for (const item of items) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + item.length < 100) rows[rows.length - 1] = `${last}, ${item}`;
    else rows.push(item);
  }
  return `| ${operator}\n    ${rows.join(",\n    ")}`;
}

/** The columns that are shown; without any, the table's own are. */
export function projection(columns: readonly string[]): Lines {
  return columns.length === 0 ? [] : [listLine("project", columns)];
}

/** The columns of a result: when, where, what an analyst looks at, and what alerts need. None where nothing is looked at. */
export function resultColumns({ place, time, show }: Search): readonly string[] {
  const host = hostColumn(place.types);
  const first = host === null ? [time] : [time, kustoName(host)];
  const last = entityColumns(place.types).map(kustoName);
  if (show.length === 0 && last.length === 0) return [];
  return [...first, ...shownColumns(show, [...first, ...last]).map((one) => one.made), ...last];
}

/** Several pipelines as one table. */
export function unionOf(all: readonly Lines[]): Lines {
  const [only] = all;
  if (all.length === 1 && only !== undefined) return only;
  return [
    "union isfuzzy=true",
    ...all.map((one, at) => `  (\n${indented(one, "    ")}\n  )${at < all.length - 1 ? "," : ""}`),
  ];
}

/** Every line moved to the right. */
export function indented(lines: Lines, by: string): string {
  return lines
    .join("\n")
    .split("\n")
    .map((one) => `${by}${one}`)
    .join("\n");
}
