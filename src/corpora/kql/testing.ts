import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { runInThisContext } from "node:vm";
import type { Query } from "../../languages/kusto/ast.ts";

/** For tests and benchmarks: Microsoft's own parser of Kusto, against which ours is held. */
export interface KustoOracle {
  /** The text's tree, however broken the text is. */
  readonly parse: (text: string) => OracleTree;
  /** What is wrong with its syntax; empty where nothing is. Names and types are not looked at. */
  readonly errors: (tree: OracleTree) => readonly string[];
  readonly facts: (tree: OracleTree) => KustoFacts;
}

export interface OracleTree {
  readonly Syntax: OracleNode;
  readonly GetDiagnostics: () => OracleList<{
    readonly Severity: string;
    readonly Code: string;
    readonly Message: string;
  }>;
}

interface OracleList<Item> {
  readonly Count: number;
  readonly getItem: (index: number) => Item;
}

/** A node or token. The library is C# that a compiler turned into scripts, so its members are typed by what is used here. */
interface OracleNode {
  readonly ChildCount: number;
  readonly GetChild: (index: number) => OracleNode | null;
  readonly SimpleName?: string;
  readonly LiteralValue?: unknown;
  readonly ValueText?: string;
  readonly Expression?: OracleNode;
  readonly ToString: () => string;
}

/** What two trees of one text must agree on: lists with repetitions, sorted. */
export interface KustoFacts {
  /** Names of columns, tables, variables and functions, where they are used and where they are made. */
  readonly names: readonly string[];
  /** Names where a table stands: before a pipe, in a join, union, find or search, or alone. */
  readonly tables: readonly string[];
  /** Decoded values, those within `dynamic(…)` too. */
  readonly strings: readonly string[];
}

let loaded: KustoOracle | null = null;

/** Takes about half a second and 190 MB, once a process. The two scripts put their names into the global scope. */
export function loadKustoOracle(): KustoOracle {
  if (loaded !== null) return loaded;
  const folder = dirname(createRequire(import.meta.url).resolve("@kusto/language-service-next/package.json"));
  for (const name of ["bridge.min.js", "Kusto.Language.Bridge.min.js"]) {
    runInThisContext(readFileSync(join(folder, name), "utf8"), { filename: name });
  }
  const { KustoCode } = (
    globalThis as unknown as { Kusto: { Language: { KustoCode: { Parse: (text: string) => OracleTree } } } }
  ).Kusto.Language;
  loaded = { parse: (text) => KustoCode.Parse(text), errors: errorsOf, facts: factsOf };
  return loaded;
}

function errorsOf(tree: OracleTree): readonly string[] {
  const list = tree.GetDiagnostics();
  return Array.from({ length: list.Count }, (_, index) => list.getItem(index))
    .filter((one) => one.Severity === "Error")
    .map((one) => `${one.Code} ${one.Message}`);
}

/** Expressions that the library has a node of its own for, although they are written as calls. */
const callNodes: Readonly<Record<string, string>> = {
  ToScalarExpression: "toscalar",
  ToTableExpression: "totable",
  MaterializeExpression: "materialize",
};

/** Nodes whose `Expression` is a table where it is a name. */
const tableHolders = new Set(["PipeExpression", "JoinOperator", "LookupOperator", "ExpressionStatement"]);

/** Nodes with a list of tables. */
const tableLists = new Set(["UnionOperator", "FindInClause", "SearchInClause"]);

function factsOf(tree: OracleTree): KustoFacts {
  const names: string[] = [];
  const tables: string[] = [];
  const strings: string[] = [];
  const visit = (node: OracleNode, ofOption: boolean): void => {
    const type = typeOf(node);
    if (type === "NameReference" || type === "NameDeclaration") {
      if (!ofOption) names.push(node.SimpleName ?? "");
      return;
    }
    if (type === "LiteralExpression" || type === "CompoundStringLiteralExpression") {
      if (typeof node.LiteralValue === "string" && isQuoted(node.ToString())) strings.push(node.LiteralValue);
      return;
    }
    const called = callNodes[type];
    if (called !== undefined) names.push(called);
    if (tableHolders.has(type)) tables.push(...nameOf(node.Expression));
    for (let index = 0; index < node.ChildCount; index++) {
      const child = node.GetChild(index);
      if (child === null) continue;
      if (type === "JsonPair" && index === 0) strings.push(child.ValueText ?? "");
      if (tableLists.has(type)) tables.push(...listedNames(child));
      visit(child, ofOption || type === "NamedParameter");
    }
  };
  visit(tree.Syntax, false);
  return { names: names.sort(), tables: tables.sort(), strings: strings.sort() };
}

function typeOf(node: OracleNode): string {
  const full = (node.constructor as { readonly $$name?: string }).$$name ?? "";
  // A generic type has its arguments behind a dollar sign: `SyntaxList$1$…`.
  return full.split("$", 1)[0]?.split(".").at(-1) ?? "";
}

function isQuoted(written: string): boolean {
  return /^\s*[hH]?@?(?:["'`]|~~~)/u.test(written);
}

function nameOf(node: OracleNode | undefined): readonly string[] {
  if (node === undefined) return [];
  const type = typeOf(node);
  if (type === "ParenthesizedExpression") return nameOf(node.Expression);
  return type === "NameReference" ? [node.SimpleName ?? ""] : [];
}

/** Names among the elements of a list of expressions. */
function listedNames(list: OracleNode): readonly string[] {
  return Array.from({ length: list.ChildCount }, (_, index) => list.GetChild(index)).flatMap((element) => {
    if (element === null || typeOf(element) !== "SeparatedElement") return [];
    return nameOf(element.GetChild(0) ?? undefined);
  });
}

/** The same facts of our own tree. */
export function factsOfAst(ast: Query): KustoFacts {
  const names: string[] = [];
  const tables: string[] = [];
  const strings: string[] = [];
  const visit = (value: unknown, ofOption: boolean): void => {
    if (Array.isArray(value)) for (const one of value) visit(one, ofOption);
    if (!isNode(value)) return;
    if (value.type === "name" && !ofOption) names.push(String(value.name));
    if (value.type === "wildcard") names.push(String(value.pattern));
    if (value.type === "call") names.push(String(value.name));
    if (value.type === "string") strings.push(String(value.value));
    if (value.type === "entry") strings.push(String(value.key));
    for (const key of tableKeys[value.type] ?? []) {
      const found = tableNames(value[key]);
      tables.push(...found);
      names.push(...found.filter((one) => one === "*"));
    }
    const option = ofOption || value.type === "option";
    for (const part of Object.values(value)) visit(part, option);
  };
  visit(ast, false);
  return { names: names.sort(), tables: tables.sort(), strings: strings.sort() };
}

/** Where the tables of our nodes stand. */
const tableKeys: Readonly<Record<string, readonly string[]>> = {
  pipeline: ["source"],
  expression: ["expression"],
  join: ["right"],
  lookup: ["right"],
  union: ["tables"],
  search: ["tables"],
  find: ["tables"],
};

interface AnyNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function tableNames(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((one) => {
    if (!isNode(one)) return [];
    if (one.type === "star") return ["*"];
    return one.type === "name" ? [String(one.name)] : one.type === "wildcard" ? [String(one.pattern)] : [];
  });
}
