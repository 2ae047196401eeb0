import type { LogPlace } from "../log-sources/tables.ts";
import type { Condition, TargetBranch } from "../platform.ts";
import { sumoField, sumoPattern, sumoString } from "./literals.ts";

/** Messages of the log platform, whose fields a query must first read out of their JSON; records have theirs already. */
export function isMessage(place: LogPlace): boolean {
  return place.context.format?.includes("json") === true;
}

/**
 * Where the events are, as the keyword expression says it: partitions (`_index`) or source categories, and of records the
 * vendor, product and event. A value with `*` stands there without double quotes, in which `*` would be itself.
 * https://www.sumologic.com/help/docs/cse/records-signals-entities-insights/search-cse-records-in-sumo/
 */
export function scopeOf(place: LogPlace): string {
  const from = place.from.map(fromTerm);
  const parts = [group(from)];
  if (!isMessage(place)) {
    for (const [name, values] of Object.entries(place.where)) {
      const terms = values.map((one) => term(name, one));
      if (!terms.includes(null)) parts.push(group(terms.filter((one) => one !== null)));
    }
  }
  return parts.join(" ");
}

function group(terms: readonly string[]): string {
  return terms.length === 1 ? (terms[0] ?? "*") : `(${terms.join(" OR ")})`;
}

/** `_index=…` and `_sourceCategory=…`; a name without a field is taken for a source category. */
function fromTerm(from: string): string {
  const found = /^(_[A-Za-z]+)=(.*)$/su.exec(from);
  const [name, value] = [found?.[1] ?? "_sourceCategory", found?.[2] ?? from];
  return term(name, value) ?? `${name}=${sumoString(value.replace(/[\\\p{Cc}\p{Zl}\p{Zp}]|\{(?=\{)/gu, "?")) ?? '""'}`;
}

/** null for what has both a wildcard and characters that need double quotes. */
function term(name: string, value: string): string | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/u.test(name)) return null;
  if (/^[A-Za-z0-9\-_:/.+@#$%^*]+$/u.test(value) && !/\/[/*]/u.test(value)) {
    return /^[A-Za-z0-9_*-]+$/u.test(value) || value.includes("*") ? `${name}=${value}` : `${name}="${value}"`;
  }
  const text = value.includes("*") ? null : sumoString(value);
  return text === null ? null : `${name}=${text}`;
}

/** The same as a condition of `where`: what the keyword expression cannot say, and the fields that tell branches apart. */
export function placeTests(place: LogPlace, apart: ReadonlySet<string> = new Set()): readonly Condition[] {
  const tests: Condition[] = [];
  for (const [name, values] of Object.entries(place.where)) {
    const field = sumoField(name);
    if (field === null) continue;
    if (!apart.has(name) && !isMessage(place) && values.every((one) => term(name, one) !== null)) continue;
    const plain = values.filter((one) => !one.includes("*"));
    const wild = values.filter((one) => one.includes("*"));
    const parts = [
      ...(plain.length === 0 ? [] : [among(field, plain)]),
      ...wild.map(
        (one) =>
          `${field} matches ${sumoPattern(one.split("*").flatMap((part, at) => (at === 0 ? [part] : [null, part])))}`,
      ),
    ];
    const written = parts.map((text): Condition => ({ type: "written", written: { text, binds: "atom" } }));
    const [only] = written;
    if (only !== undefined) tests.push(written.length === 1 ? only : { type: "or", operands: written });
  }
  return tests;
}

/** The fields of which not all places have the same values. */
export function fieldsApart(places: readonly LogPlace[]): ReadonlySet<string> {
  const names = new Set(places.flatMap((one) => Object.keys(one.where)));
  return new Set([...names].filter((name) => new Set(places.map((one) => JSON.stringify(one.where[name]))).size > 1));
}

function among(field: string, values: readonly string[]): string {
  const texts = values.map((one) => sumoString(one) ?? '""');
  return texts.length === 1 ? `${field} = ${texts[0]}` : `${field} in (${texts.join(", ")})`;
}

/** Branches in one query: the places of all, each written once. */
export function scopeOfAll(branches: readonly TargetBranch[], keywords: readonly string[]): string {
  const scopes = [...new Set(branches.map(({ place }) => scopeOf(place)))];
  const places = scopes.length === 1 ? (scopes[0] ?? "*") : scopes.map((one) => `(${one})`).join("\nOR ");
  const open = scopes.length > 1 && keywords.length > 0;
  return [open ? `(${places})` : places, ...keywords].join(open ? "\n" : " ");
}
