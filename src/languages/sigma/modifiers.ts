import type { SigmaValue } from "./ast.ts";
import { clip } from "./condition-reader.ts";

type ValueType = SigmaValue["type"];

/**
 * shape: where in the field the value stands. encode: what is done to the value first. kind: what sort of comparison
 * it is (at most one). flag: belongs to `re`. part: a number taken out of a date. link: how values are joined or negated.
 */
export type ModifierRole = "shape" | "encode" | "kind" | "flag" | "part" | "link";

export interface Modifier {
  readonly name: string;
  readonly role: ModifierRole;
  /** Types of value that it can be put on. */
  readonly accepts: readonly ValueType[];
  /** Modifiers that may not stand in the same chain. */
  readonly excludes: readonly string[];
  /** One of these must stand before it. */
  readonly after?: readonly string[];
  /** None of these may stand before it: modifiers are applied from left to right. */
  readonly notAfter?: readonly string[];
  readonly meaning: string;
}

const anything = ["string", "number", "boolean", "null"] as const;
const written = ["string", "number"] as const;
const shapes = ["contains", "startswith", "endswith"] as const;
const encodings = ["base64", "base64offset", "utf16", "utf16le", "utf16be", "wide", "windash"] as const;
const comparisons = ["lt", "lte", "gt", "gte"] as const;
const kinds = ["re", "cidr", "exists", "fieldref", ...comparisons] as const;
const parts = ["minute", "hour", "day", "week", "month", "year"] as const;

const others = (all: readonly string[], name: string): readonly string[] => all.filter((one) => one !== name);

const shape = (name: string, meaning: string): Modifier => ({
  name,
  role: "shape",
  accepts: written,
  excludes: [...others(shapes, name), "re", "cidr", "exists", ...comparisons, ...parts],
  meaning,
});

const encode = (name: string, notAfter: readonly string[], meaning: string): Modifier => ({
  name,
  role: "encode",
  accepts: written,
  excludes: [...kinds, ...parts],
  notAfter,
  meaning,
});

const compare = (name: string, meaning: string): Modifier => ({
  name,
  role: "kind",
  accepts: ["number"],
  excludes: [...others(kinds, name), ...shapes, ...encodings, "cased", "expand"],
  meaning,
});

const flag = (name: string, meaning: string): Modifier => ({
  name,
  role: "flag",
  accepts: written,
  excludes: [],
  after: ["re", "i", "m", "s"],
  meaning,
});

const part = (name: string, meaning: string): Modifier => ({
  name,
  role: "part",
  accepts: ["number"],
  excludes: [...others(parts, name), ...shapes, ...encodings, "re", "cidr", "exists", "fieldref", "cased"],
  meaning,
});

/** Modifiers Appendix of the Sigma specification, version 2.1.0; which of them go together follows from their meaning. */
export const modifiers: readonly Modifier[] = [
  shape("contains", "anywhere in the field"),
  shape("startswith", "at the beginning of the field"),
  shape("endswith", "at the end of the field"),
  { name: "all", role: "link", accepts: anything, excludes: ["exists"], meaning: "all values must hold, not any" },
  { name: "neq", role: "link", accepts: written, excludes: ["exists"], meaning: "none of the values holds" },
  {
    name: "cased",
    role: "link",
    accepts: written,
    excludes: ["cidr", "exists", ...comparisons, ...parts],
    meaning: "upper and lower case differ",
  },
  {
    name: "expand",
    role: "link",
    accepts: written,
    excludes: ["exists", "fieldref", ...comparisons, ...encodings],
    meaning: "%name% is a placeholder",
  },
  {
    name: "re",
    role: "kind",
    accepts: written,
    excludes: [...others(kinds, "re"), ...shapes, ...encodings, ...parts],
    meaning: "a regular expression (PCRE subset)",
  },
  flag("i", "the expression ignores case"),
  flag("m", "^ and $ also match at line ends"),
  flag("s", "the dot also matches a line end"),
  {
    name: "cidr",
    role: "kind",
    accepts: ["string"],
    excludes: [...others(kinds, "cidr"), ...shapes, ...encodings, ...parts],
    meaning: "an address in this network",
  },
  {
    name: "exists",
    role: "kind",
    accepts: ["boolean"],
    excludes: [...others(kinds, "exists"), ...shapes, ...encodings, ...parts],
    meaning: "the field is there (true) or not (false)",
  },
  {
    name: "fieldref",
    role: "kind",
    accepts: ["string"],
    excludes: [...others(kinds, "fieldref"), ...encodings, ...parts],
    meaning: "the value is the name of another field",
  },
  compare("lt", "less than"),
  compare("lte", "less than or equal"),
  compare("gt", "greater than"),
  compare("gte", "greater than or equal"),
  encode("base64", [...shapes], "as Base64"),
  encode("base64offset", [...shapes], "as Base64 at any of the three offsets"),
  encode("utf16le", [...shapes, "base64", "base64offset"], "as UTF-16, low byte first"),
  encode("wide", [...shapes, "base64", "base64offset"], "another name of utf16le"),
  encode("utf16be", [...shapes, "base64", "base64offset"], "as UTF-16, high byte first"),
  encode("utf16", [...shapes, "base64", "base64offset"], "as UTF-16 with a byte order mark"),
  encode("windash", ["base64", "base64offset"], "with any of the dashes - / – — ― in place of another"),
  part("minute", "minute of the date, 0–59"),
  part("hour", "hour of the date, 0–23"),
  part("day", "day of the month, 1–31"),
  part("week", "week of the year, 1–52"),
  part("month", "month of the date, 1–12"),
  part("year", "year of the date"),
];

const byName = new Map(modifiers.map((one) => [one.name, one]));

export function modifierOf(name: string): Modifier | null {
  return byName.get(name) ?? null;
}

/** What is wrong with a chain. */
export interface ChainFault {
  readonly code: "sigma/unknown-modifier" | "sigma/modifier-chain" | "sigma/repeated-modifier";
  readonly message: string;
}

/** The faults of a chain of modifiers; empty for one that the specification gives a meaning. */
export function chainFaults(chain: readonly string[]): readonly ChainFault[] {
  const faults: ChainFault[] = [];
  const before = new Set<string>();
  for (const name of chain) {
    const modifier = modifierOf(name);
    if (modifier === null) {
      faults.push({ code: "sigma/unknown-modifier", message: `Sigma has no modifier "${clip(name)}".` });
    } else if (before.has(name)) {
      faults.push({ code: "sigma/repeated-modifier", message: `The modifier "${name}" stands twice.` });
    } else {
      const problem = misplaced(modifier, before);
      if (problem !== null) faults.push({ code: "sigma/modifier-chain", message: problem });
    }
    before.add(name);
  }
  return faults;
}

function misplaced(modifier: Modifier, before: ReadonlySet<string>): string | null {
  const { name, after, notAfter = [] } = modifier;
  if (after !== undefined && !after.some((one) => before.has(one))) return `"${name}" must follow "${after[0]}".`;
  const early = notAfter.find((one) => before.has(one));
  if (early !== undefined) return `"${name}" must stand before "${early}".`;
  const other = [...before].find((one) => modifier.excludes.includes(one) || modifierOf(one)?.excludes.includes(name));
  return other === undefined ? null : `"${name}" and "${other}" cannot stand together.`;
}

/** Types of value that all modifiers of a chain accept. */
export function acceptedTypes(chain: readonly string[]): ReadonlySet<ValueType> {
  const accepted = new Set<ValueType>(anything);
  for (const name of chain) {
    const types = modifierOf(name)?.accepts ?? anything;
    for (const type of accepted) if (!types.includes(type)) accepted.delete(type);
  }
  return accepted;
}
