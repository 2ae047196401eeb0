import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseAst } from "vitest/node";

/** Codes that the source can emit, and places of which that cannot be told. */
export interface EmittedCodes {
  /** Code → files that name it. */
  readonly codes: ReadonlyMap<string, ReadonlySet<string>>;
  readonly unclear: readonly string[];
}

export interface CodeSource {
  /** Below `src`, `/` as separator. */
  readonly path: string;
  readonly text: string;
}

/** Codes that kit makes for whoever calls it. */
const madeByKit: ReadonlyMap<string, string> = new Map([
  ["collectDiagnostics", "more"],
  ["tooLong", "too-long"],
]);

/** Folders whose files report diagnostics; elsewhere a code is always written in full. */
const reporting = ["kit/", "rule/", "languages/", "emulation/shells/", "corpora/"];

type Syntax = Readonly<Record<string, unknown>> & { readonly type: string; readonly start: number };

export function readSources(folder: string): readonly CodeSource[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /(?<!\.test)\.tsx?$/.test(path) && !/(?:^|\/)(?:web|export)\//.test(path))
    .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
}

/**
 * Reads the source for codes of diagnostics. A code is a literal `prefix/name` wherever it stands; or, in a folder whose
 * reports add the prefix (`` `eql/${code}` ``), a literal where something called `code` is expected: an argument for a
 * parameter, a property, or a type of that name. `families` are template stems with all their endings.
 */
export function emittedCodes(
  sources: readonly CodeSource[],
  prefixes: ReadonlySet<string>,
  families: Readonly<Record<string, readonly string[]>> = {},
): EmittedCodes {
  const codes = new Map<string, Set<string>>();
  const unclear: string[] = [];
  const add = (code: string, path: string): void => {
    codes.set(code, (codes.get(code) ?? new Set()).add(path));
  };
  const files = sources.map((one) => ({
    ...one,
    tree: parseAst(one.text, { lang: one.path.endsWith("x") ? "tsx" : "ts" }),
  }));
  for (const group of Map.groupBy(files, ({ path }) => areaOf(path)).values()) {
    const trees = group.map(({ path, text, tree }) => ({ path, text, nodes: [...nodesOf(tree)] }));
    const known = knowledgeOf(trees.flatMap((one) => one.nodes));
    for (const { path, text, nodes } of trees) {
      const own = namesakesOf(nodes);
      const doubt = (node: Syntax): void => {
        unclear.push(
          `${path}:${text.slice(0, node.start).split("\n").length}: ${text.slice(node.start, node.start + 60).split("\n")[0]}`,
        );
      };
      const take = (code: string): void => {
        if (code === "") return;
        if (code.includes("/")) add(code, path);
        else for (const prefix of known.prefixes) add(`${prefix}/${code}`, path);
      };
      const takeValue = (node: Syntax): void => {
        for (const one of alternatives(node)) {
          const literal = textOf(one);
          if (literal !== null) take(literal);
          else if (!namesCode(one) && !isKnownTemplate(one, families)) doubt(one);
        }
      };
      for (const node of nodes) {
        const literal = textOf(node);
        const full = literal === null ? null : /^([a-z][a-z0-9-]*)\/[a-z0-9]+(?:-[a-z0-9]+)*$/.exec(literal);
        if (literal !== null && full !== null && prefixes.has(full[1] ?? "")) add(literal, path);
        if (!reporting.some((one) => path.startsWith(one))) continue;
        for (const [stem, endings] of Object.entries(families)) {
          if (templateStem(node) === stem) for (const ending of endings) add(`${stem}${ending}`, path);
        }
        for (const type of codeTypes(node)) for (const one of known.literalsOf(type)) take(one);
        for (const value of codeValues(node)) for (const one of alternatives(value)) take(textOf(one) ?? "");
        if (node.type !== "CallExpression") continue;
        const name = nameOf(node.callee as Syntax);
        const given = node.arguments as readonly Syntax[];
        const [first] = given;
        const made = madeByKit.get(name);
        if (made !== undefined && first !== undefined) {
          if (textOf(first) !== null) add(`${textOf(first)}/${made}`, path);
          else doubt(first);
        }
        const index = name === "diagnostic" ? 0 : own.has(name) ? undefined : known.places.get(name);
        const at = index === undefined ? undefined : given[index];
        if (at !== undefined) takeValue(at);
      }
    }
  }
  return { codes, unclear };
}

/** A language or a corpus; or what stands beside these. */
function areaOf(path: string): string {
  const [layer = "", name = "", ...rest] = path.split("/");
  return rest.length === 0 ? dirname(path) : `${layer}/${name}`;
}

interface Knowledge {
  /** What the reports of the folder put before a code. */
  readonly prefixes: ReadonlySet<string>;
  /** Functions that take a code, with the index of that parameter. */
  readonly places: ReadonlyMap<string, number>;
  readonly literalsOf: (type: Syntax) => readonly string[];
}

function knowledgeOf(nodes: readonly Syntax[]): Knowledge {
  const prefixes = new Set<string>();
  const places = new Map<string, number>();
  const named = new Map<string, Syntax>();
  for (const node of nodes) {
    const stem = templateStem(node);
    if (stem !== null && /^[a-z][a-z0-9-]*\/$/.test(stem)) prefixes.add(stem.slice(0, -1));
    if (node.type === "TSTypeAliasDeclaration") named.set(nameOf(node.id as Syntax), node.typeAnnotation as Syntax);
    if (node.type === "VariableDeclarator" && node.init !== null)
      named.set(nameOf(node.id as Syntax), node.init as Syntax);
    const [name, parameters] = signatureOf(node);
    const index = parameters.findIndex((one) => nameOf(one) === "code");
    if (name === "" || index < 0) continue;
    const type = typeOf(parameters[index] as Syntax);
    if (type !== null && type.type !== "TSNumberKeyword") places.set(name, index);
  }
  const literalsOf = (type: Syntax): readonly string[] => {
    const literal = textOf(type);
    if (literal !== null) return [literal];
    switch (type.type) {
      case "TSLiteralType":
        return literalsOf(type.literal as Syntax);
      case "TSUnionType":
        return (type.types as readonly Syntax[]).flatMap(literalsOf);
      case "TSTypeReference":
        return named.has(nameOf(type.typeName as Syntax))
          ? literalsOf(named.get(nameOf(type.typeName as Syntax)) as Syntax)
          : [];
      case "TSTypeOperator":
      case "TSIndexedAccessType":
        return [...nodesOf(type)]
          .filter((one) => one.type === "TSTypeQuery")
          .flatMap((one) => literalsOf(named.get(nameOf(one.exprName as Syntax)) ?? (type.typeAnnotation as Syntax)));
      case "TSAsExpression":
      case "TSSatisfiesExpression":
        return literalsOf(type.expression as Syntax);
      case "ArrayExpression":
        return (type.elements as readonly Syntax[]).flatMap(literalsOf);
      case "ObjectExpression":
        return (type.properties as readonly Syntax[]).map(keyOf);
      default:
        return [];
    }
  };
  return { prefixes, places, literalsOf };
}

/** Functions of one file that take no code, although others of that name in its folder do. */
function namesakesOf(nodes: readonly Syntax[]): ReadonlySet<string> {
  const signatures = nodes.map(signatureOf).filter(([name, parameters]) => name !== "" && parameters.length > 0);
  const taking = signatures.filter(([, parameters]) => parameters.some((one) => nameOf(one) === "code"));
  const names = new Set(taking.map(([name]) => name));
  return new Set(signatures.map(([name]) => name).filter((name) => !names.has(name)));
}

/** The name and the parameters of whatever is called: a function, a method's type, a property that holds a function. */
function signatureOf(node: Syntax): readonly [string, readonly Syntax[]] {
  const parametersOf = (one: unknown): readonly Syntax[] => {
    const inner = (one as Syntax | null)?.type === "TSTypeAnnotation" ? (one as Syntax).typeAnnotation : one;
    return ((inner as Syntax | null)?.params ?? []) as readonly Syntax[];
  };
  switch (node.type) {
    case "FunctionDeclaration":
      return [nameOf(node.id as Syntax), parametersOf(node)];
    case "VariableDeclarator":
      return [nameOf(node.id as Syntax), parametersOf(node.init)];
    case "Property":
      return [keyOf(node), parametersOf(node.value)];
    case "TSPropertySignature":
      return [keyOf(node), parametersOf(node.typeAnnotation)];
    case "Identifier":
      return [nameOf(node), parametersOf(node.typeAnnotation)];
    case "TSMethodSignature":
      return [keyOf(node), parametersOf(node)];
    default:
      return ["", []];
  }
}

/** What a property or a variable that is called `code` is made of. */
function codeValues(node: Syntax): readonly Syntax[] {
  if (node.type === "Property" && keyOf(node) === "code") return [node.value as Syntax];
  const isVariable = node.type === "VariableDeclarator" && nameOf(node.id as Syntax) === "code" && node.init !== null;
  return isVariable ? [node.init as Syntax] : [];
}

/** Types of parameters and properties that are called `code`. */
function codeTypes(node: Syntax): readonly Syntax[] {
  const isCode =
    (node.type === "Identifier" && node.name === "code") ||
    (node.type === "TSPropertySignature" && keyOf(node) === "code");
  const type = isCode ? typeOf(node) : null;
  return type === null ? [] : [type];
}

function typeOf(node: Syntax): Syntax | null {
  return ((node.typeAnnotation as Syntax | null)?.typeAnnotation as Syntax | undefined) ?? null;
}

/** The text of a template before its first expression. */
function templateStem(node: Syntax): string | null {
  if (node.type !== "TemplateLiteral") return null;
  const [first] = node.quasis as readonly { readonly value: { readonly cooked: string } }[];
  return (node.expressions as readonly Syntax[]).length === 0 ? null : (first?.value.cooked ?? null);
}

/** `` `eql/${code}` ``, whose endings are found by themselves; the stem of a family; what kit makes; or a sentence. */
function isKnownTemplate(node: Syntax, families: Readonly<Record<string, unknown>>): boolean {
  const stem = templateStem(node);
  if (stem === null) return false;
  const pieces = (node.quasis as readonly { readonly value: { readonly cooked: string } }[]).map(
    (one) => one.value.cooked,
  );
  if (stem in families || pieces.some((one) => /\s/.test(one))) return true;
  const [first, ...others] = node.expressions as readonly Syntax[];
  if (first === undefined || others.length > 0) return false;
  if (nameOf(first) === "language") return stem === "" && [...madeByKit.values()].includes((pieces[1] ?? "").slice(1));
  return /^[a-z][a-z0-9-]*\/$/.test(stem) && namesCode(first);
}

/** A value whose origin is looked at where it is made: something called `code`, one of `codes`, or none at all. */
function namesCode(node: Syntax): boolean {
  if (node.type === "Literal" && node.value === null) return true;
  const isOneOf = node.type === "MemberExpression" && nameOf(node.object as Syntax) === "codes";
  return isOneOf || nameOf(node) === "code";
}

function alternatives(node: Syntax): readonly Syntax[] {
  if (node.type !== "ConditionalExpression") return [node];
  return [node.consequent, node.alternate].flatMap((one) => alternatives(one as Syntax));
}

function textOf(node: Syntax): string | null {
  return node.type === "Literal" && typeof node.value === "string" ? node.value : null;
}

function keyOf(node: Syntax): string {
  const key = node.key as Syntax | undefined;
  return key === undefined ? "" : (textOf(key) ?? nameOf(key));
}

function nameOf(node: Syntax | null): string {
  if (node?.type === "Identifier") return String(node.name);
  return node?.type === "MemberExpression" ? nameOf(node.property as Syntax) : "";
}

function* nodesOf(node: unknown): Generator<Syntax> {
  if (typeof node !== "object" || node === null) return;
  if ("type" in node && typeof node.type === "string") yield node as Syntax;
  for (const value of Object.values(node)) yield* nodesOf(value);
}
