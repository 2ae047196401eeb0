import type { PatternToken } from "../../rule/expression.ts";
import { tidy } from "../../rule/pattern.ts";
import type { Condition, Dialect, TargetBranch } from "../platform.ts";
import { layOut, onOneLine } from "../print/layout.ts";
import { selectorOf } from "../print/selector.ts";
import type { SqlEngine } from "./engine.ts";
import type { EventsTable } from "./events-table.ts";

/** What a query is written with. */
export interface SqlWriting {
  readonly engine: SqlEngine;
  readonly table: EventsTable;
  readonly dialect: Dialect;
}

/** Events of one table, or of several with the same columns. */
export interface TablePart {
  readonly from: string;
  readonly condition: Condition;
}

/** The branches by the tables that hold them. */
export function tableParts({ engine, dialect }: SqlWriting, branches: readonly TargetBranch[]): readonly TablePart[] {
  const byTable = new Map<string, { readonly from: string; readonly branches: TargetBranch[] }>();
  for (const branch of branches) {
    const from = tableOf(engine, branch.place.from);
    const part = byTable.get(from) ?? { from, branches: [] };
    part.branches.push(branch);
    byTable.set(from, part);
  }
  return [...byTable.values()].map((part) => ({
    from: part.from,
    condition: joined(
      "or",
      sameConditions(dialect, part.branches).map((group) => groupCondition(engine, group)),
    ),
  }));
}

function tableOf(engine: SqlEngine, names: readonly string[]): string {
  const tables = names.map((one) => (/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/u.test(one) ? one : engine.name(one)));
  const [only = "events"] = tables;
  if (tables.length <= 1) return only;
  return `(${tables.map((one) => `SELECT * FROM ${one}`).join(" UNION ALL ")}) AS events`;
}

/** Branches that ask the same of several logs. */
function sameConditions(dialect: Dialect, branches: readonly TargetBranch[]): readonly (readonly TargetBranch[])[] {
  const groups = new Map<string, TargetBranch[]>();
  for (const branch of branches) {
    const key = branch.condition === null ? "" : onOneLine(dialect, branch.condition);
    const group = groups.get(key) ?? [];
    group.push(branch);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function groupCondition(engine: SqlEngine, group: readonly TargetBranch[]): Condition {
  const selectors = group.map((one) => JSON.stringify(Object.entries(one.place.where)));
  const keys = group.map(({ place }) => Object.keys(place.where).join("\n"));
  const [first] = group;
  const own = first?.condition ?? null;
  const parts: Condition[] = [];
  // Logs that differ in one column are chosen by a list of its values.
  const [key = ""] = keys;
  if (new Set(keys).size === 1 && !key.includes("\n") && key !== "") {
    parts.push(...selector(engine, { [key]: [...new Set(group.flatMap((one) => one.place.where[key] ?? []))] }));
  } else if (new Set(selectors).size === 1) {
    parts.push(...selector(engine, first?.place.where ?? {}));
  } else {
    parts.push(
      joined(
        "or",
        group.map((one) => joined("and", selector(engine, one.place.where))),
      ),
    );
  }
  if (own !== null) parts.push(...(own.type === "and" ? own.operands : [own]));
  return joined("and", parts);
}

function selector(engine: SqlEngine, where: Readonly<Record<string, readonly string[]>>): readonly Condition[] {
  return selectorOf(Object.entries(where), (name, values) => {
    const column = engine.name(name);
    const plain = values.filter((one) => !one.includes("*")).map(engine.text);
    const wild = values.filter((one) => one.includes("*"));
    const equal =
      plain.length === 0 ? [] : [plain.length === 1 ? `${column} = ${plain[0]}` : `${column} IN (${plain.join(", ")})`];
    const like = wild.map((one) => engine.like(column, starPattern(one), false));
    const all = [...equal, ...like];
    return all.length === 1 ? (all[0] ?? "") : `(${all.join(" OR ")})`;
  });
}

/** In the tables of platforms, `*` alone is a wildcard. */
function starPattern(text: string): readonly PatternToken[] {
  return tidy(
    text
      .split("*")
      .flatMap((part, at): PatternToken[] => [
        ...(at === 0 ? [] : [{ type: "any" } as const]),
        { type: "literal", text: part },
      ]),
  );
}

export function joined(type: "and" | "or", operands: readonly Condition[]): Condition {
  const [only] = operands;
  if (only === undefined) return { type: "written", written: { text: "1 = 1", binds: "not" } };
  return operands.length === 1 ? only : { type, operands };
}

/** `FROM` and `WHERE` of one part. */
export function fromWhere({ dialect }: SqlWriting, { from, condition }: TablePart, indent = ""): string {
  return `${indent}FROM ${from}\n${indent}WHERE ${layOut(dialect, condition, `${indent}  `)}`;
}

/** All events of some branches as something to select from; `extra`: one more column, made of all of them. */
export function eventsOf(
  writing: SqlWriting,
  branches: readonly TargetBranch[],
  name: string,
  indent: string,
  extra: string | null = null,
): string {
  const parts = tableParts(writing, branches);
  const columns = extra === null ? "*" : `*, ${extra}`;
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    return `(\n${indent}  SELECT ${columns}\n${fromWhere(writing, only, `${indent}  `)}\n${indent}) AS ${name}`;
  }
  if (extra !== null) {
    return `(\n${indent}  SELECT ${columns}\n${indent}  FROM ${eventsOf(writing, branches, "events", `${indent}  `)}\n${indent}) AS ${name}`;
  }
  const texts = parts.map((one) => `${indent}  SELECT *\n${fromWhere(writing, one, `${indent}  `)}`);
  return `(\n${texts.join(`\n${indent}  UNION ALL\n`)}\n${indent}) AS ${name}`;
}

/** Items with commas, on as many lines as they need. */
export function wrapped(items: readonly string[], indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    const longer = line === "" ? item : `${line}, ${item}`;
    if (longer.length <= 92 || line === "") line = longer;
    else {
      lines.push(`${line},`);
      line = item;
    }
  }
  return [...lines, line].join(`\n${indent}`);
}
