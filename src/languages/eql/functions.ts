/** How a function that is used as a condition becomes a predicate on its first argument. */
export type Meaning = "starts_with" | "ends_with" | "contains" | "wildcard" | "regex" | "cidr" | "eq";

export interface EqlFunction {
  readonly name: string;
  readonly minimum: number;
  /** null: any number of arguments. */
  readonly maximum: number | null;
  /** `name~` is allowed. */
  readonly foldable: boolean;
  readonly returns: "boolean" | "number" | "string";
  readonly meaning?: Meaning;
  /** A mere conversion: the value is still that of the argument. */
  readonly conversion?: boolean;
  /** Endgame EQL has it, Elasticsearch does not (any more). */
  readonly legacy?: boolean;
}

/** Source: "EQL function reference" of the Elasticsearch documentation; legacy ones: "Functions" of the Endgame EQL guide. */
const functions: readonly EqlFunction[] = [
  { name: "add", minimum: 2, maximum: 2, foldable: false, returns: "number" },
  { name: "between", minimum: 3, maximum: 4, foldable: true, returns: "string" },
  { name: "cidrMatch", minimum: 2, maximum: null, foldable: false, returns: "boolean", meaning: "cidr" },
  { name: "concat", minimum: 1, maximum: null, foldable: false, returns: "string" },
  { name: "divide", minimum: 2, maximum: 2, foldable: false, returns: "number" },
  { name: "endsWith", minimum: 2, maximum: 2, foldable: true, returns: "boolean", meaning: "ends_with" },
  { name: "indexOf", minimum: 2, maximum: 3, foldable: true, returns: "number" },
  { name: "length", minimum: 1, maximum: 1, foldable: false, returns: "number" },
  { name: "modulo", minimum: 2, maximum: 2, foldable: false, returns: "number" },
  { name: "multiply", minimum: 2, maximum: 2, foldable: false, returns: "number" },
  { name: "number", minimum: 1, maximum: 2, foldable: false, returns: "number", conversion: true },
  { name: "startsWith", minimum: 2, maximum: 2, foldable: true, returns: "boolean", meaning: "starts_with" },
  { name: "string", minimum: 1, maximum: 1, foldable: false, returns: "string", conversion: true },
  { name: "stringContains", minimum: 2, maximum: 2, foldable: true, returns: "boolean", meaning: "contains" },
  { name: "substring", minimum: 2, maximum: 3, foldable: false, returns: "string" },
  { name: "subtract", minimum: 2, maximum: 2, foldable: false, returns: "number" },
  { name: "arrayContains", minimum: 2, maximum: null, foldable: true, returns: "boolean", meaning: "eq", legacy: true },
  { name: "arrayCount", minimum: 3, maximum: 3, foldable: false, returns: "number", legacy: true },
  { name: "arraySearch", minimum: 3, maximum: 3, foldable: false, returns: "boolean", legacy: true },
  { name: "match", minimum: 2, maximum: null, foldable: true, returns: "boolean", meaning: "regex", legacy: true },
  {
    name: "wildcard",
    minimum: 2,
    maximum: null,
    foldable: true,
    returns: "boolean",
    meaning: "wildcard",
    legacy: true,
  },
];

const byName: ReadonlyMap<string, EqlFunction> = new Map(functions.map((one) => [one.name.toLowerCase(), one]));

/** Rules write the names in any case (`startswith~`, `stringcontains`), so they are told apart without it. */
export function functionNamed(name: string): EqlFunction | null {
  return byName.get(name.toLowerCase()) ?? null;
}

/** Pipes by name, the legacy ones (Endgame EQL) marked. Source: "EQL pipe reference"; "Pipes" of the Endgame EQL guide. */
export const pipes: ReadonlyMap<string, { readonly legacy: boolean }> = new Map([
  ["head", { legacy: false }],
  ["tail", { legacy: false }],
  ["count", { legacy: true }],
  ["filter", { legacy: true }],
  ["sort", { legacy: true }],
  ["unique", { legacy: true }],
  ["unique_count", { legacy: true }],
]);
