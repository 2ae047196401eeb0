import type { SourceContext } from "../context.ts";
import { isLike, type Like, openLike } from "../like.ts";
import type { SchemaEntry, SchemaScope, SchemaTable } from "./tables.ts";

/** Why a raw name means a field: the scope that says so, and where that was learned. */
export interface Naming {
  readonly field: string;
  readonly schema: string;
  /** Title of the scope. */
  readonly scope: string;
  readonly source: { readonly title: string; readonly url: string };
}

/** A field as a schema calls it in the log sources of one scope. */
export interface SchemaName {
  readonly name: string;
  readonly scope: string;
  readonly source: { readonly title: string; readonly url: string };
}

/** One schema, ready to be asked in both directions. */
export interface Schema {
  readonly id: string;
  readonly title: string;
  readonly languages: readonly string[];
  /** What a raw name means in a log source; null where the schema does not tell. */
  readonly read: (raw: string, context: SourceContext) => Naming | null;
  /** Every name that the schema has for a field, the one to show first. */
  readonly namesOf: (field: string) => readonly SchemaName[];
  /** The names that mean a field in one log source, the one to write first. */
  readonly namesIn: (field: string, context: SourceContext) => readonly string[];
}

interface OpenScope {
  readonly scope: SchemaScope;
  readonly conditions: readonly { readonly key: string; readonly patterns: readonly Like[] }[];
  readonly exact: ReadonlyMap<string, SchemaEntry>;
  /** Field → the names without a `*` that mean it, in their order. */
  readonly names: ReadonlyMap<string, readonly { readonly name: string; readonly shown: boolean }[]>;
  /** Names with a `*`, split at the dots. */
  readonly patterns: readonly { readonly parts: readonly Like[]; readonly entry: SchemaEntry }[];
}

/** `isField`: is this an id of the vocabulary? */
export function openSchema(table: SchemaTable, isField: (id: string) => boolean): Schema {
  const scopes = table.scopes.map(openScope);
  const fittingIn = rememberFitting(scopes);
  const shown = namesByField(table);
  const namespaces = table.scopes.filter((one) => one.otherwise !== undefined);
  const identities = table.scopes.filter((one) => one.identity === true);
  const sourceOf = (key: string) => table.sources[key] ?? { title: key, url: "" };
  const naming = ({ scope }: OpenScope, field: string, source: string = scope.source): Naming => ({
    field,
    schema: table.id,
    scope: scope.title,
    source: sourceOf(source),
  });
  const read: Schema["read"] = (raw, context) => {
    const fitting = fittingIn(context);
    for (const one of fitting) {
      const entry = one.exact.get(raw) ?? (one.patterns.length === 0 ? undefined : byPattern(one, raw));
      if (entry !== undefined) return naming(one, entry.field, entry.source);
    }
    for (const one of fitting) {
      if (one.scope.identity === true && isField(raw)) return naming(one, raw);
      if (one.scope.otherwise !== undefined) return naming(one, `${one.scope.otherwise}${raw}`);
    }
    return null;
  };
  return {
    id: table.id,
    title: table.title,
    languages: table.languages,
    read,
    // A name stands for the field itself before one that is only understood; what a narrower scope takes away goes.
    namesIn: (field, context) => {
      const fitting = fittingIn(context);
      const same = fitting.some((one) => one.scope.identity === true) && isField(field) ? [field] : [];
      const listed = fitting.flatMap((one) => one.names.get(field) ?? []);
      const shownNames = listed.filter((one) => one.shown).map((one) => one.name);
      const others = listed.filter((one) => !one.shown).map((one) => one.name);
      const inNamespace = fitting
        .filter((one) => field.startsWith(one.scope.otherwise ?? `${field}.`))
        .map((one) => field.slice(one.scope.otherwise?.length));
      const all = new Set([...same, ...shownNames, ...inNamespace, ...others]);
      return [...all].filter((name) => name !== "" && read(name, context)?.field === field);
    },
    namesOf: (field) => {
      const listed = shown.get(field) ?? [];
      const inNamespace = namespaces
        .filter((one) => field.startsWith(one.otherwise ?? "") && field !== one.otherwise)
        .map((one) => ({ name: field.slice(one.otherwise?.length), scope: one.title, source: sourceOf(one.source) }))
        .slice(0, 1);
      const same =
        identities.length > 0 && isField(field)
          ? identities.map((one) => ({ name: field, scope: one.title, source: sourceOf(one.source) })).slice(0, 1)
          : [];
      const names = new Map([...same, ...listed, ...inNamespace].map((one) => [`${one.name}\n${one.scope}`, one]));
      return [...names.values()];
    },
  };
}

function openScope(scope: SchemaScope): OpenScope {
  const entries = Object.entries(scope.fields);
  return {
    scope,
    conditions: Object.entries(scope.when).map(([key, patterns]) => ({ key, patterns: patterns.map(openLike) })),
    exact: new Map(entries.filter(([raw]) => !raw.includes("*"))),
    names: Map.groupBy(
      entries
        .filter(([raw]) => !raw.includes("*"))
        .map(([name, entry]) => ({ name, shown: entry.shown, field: entry.field })),
      (one) => one.field,
    ),
    patterns: entries
      .filter(([raw]) => raw.includes("*"))
      .map(([raw, entry]) => ({ parts: raw.split(".").map(openLike), entry })),
  };
}

function byPattern({ patterns }: OpenScope, raw: string): SchemaEntry | undefined {
  const parts = raw.split(".");
  return patterns.find(
    (one) => one.parts.length === parts.length && one.parts.every((part, i) => isLike(part, parts[i] ?? "")),
  )?.entry;
}

function namesByField(table: SchemaTable): ReadonlyMap<string, readonly SchemaName[]> {
  const names = new Map<string, SchemaName[]>();
  for (const { title, source, fields } of table.scopes) {
    for (const [name, entry] of Object.entries(fields)) {
      if (!entry.shown) continue;
      const key = entry.source ?? source;
      const own = names.get(entry.field) ?? [];
      own.push({ name, scope: title, source: table.sources[key] ?? { title: key, url: "" } });
      names.set(entry.field, own);
    }
  }
  return names;
}

function fits({ conditions }: OpenScope, context: SourceContext): boolean {
  return conditions.every(({ key, patterns }) =>
    (context[key] ?? []).some((value) => patterns.some((pattern) => isLike(pattern, value))),
  );
}

/** Events can come from any number of log sources, most of them of nobody's. */
const mostContexts = 20_000;

/** Rules ask of few log sources, again and again: what fits is worked out once for all that say the same. */
function rememberFitting(scopes: readonly OpenScope[]): (context: SourceContext) => readonly OpenScope[] {
  const keys = [...new Set(scopes.flatMap((one) => one.conditions.map(({ key }) => key)))];
  const byContext = new WeakMap<SourceContext, readonly OpenScope[]>();
  const byNames = new Map<string, readonly OpenScope[]>();
  return (context) => {
    const before = byContext.get(context);
    if (before !== undefined) return before;
    const names = keys.map((key) => context[key]?.join("\u0000") ?? "\u0002").join("\u0001");
    const fitting = byNames.get(names) ?? scopes.filter((one) => fits(one, context));
    if (byNames.size < mostContexts) byNames.set(names, fitting);
    byContext.set(context, fitting);
    return fitting;
  };
}
