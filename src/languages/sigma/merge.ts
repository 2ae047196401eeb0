import type { Json, JsonMap, SigmaAst, SigmaDetection, SigmaDocument, SigmaRule } from "./ast.ts";

/** Indexes of the documents that are rules, correlations or filters of their own, in the order of the text. */
export function ruleIndexes(ast: SigmaAst): readonly number[] {
  return ast.documents.flatMap((document, index) => {
    const part =
      document.type === "unknown" ||
      (document.type === "rule" && (document.action === "global" || document.action === "reset"));
    return part ? [] : [index];
  });
}

/** A document with everything that the `global` documents before it, or a repeated one, supply. */
export function effectiveDocument(ast: SigmaAst, index: number): SigmaDocument {
  const document = ast.documents[index];
  if (document === undefined) throw new RangeError(`there is no document ${index}`);
  if (document.type !== "rule") return document;
  return baseOf(ast, index).reduceRight<SigmaRule>((merged, base) => mergeRules(base, merged), document);
}

/** The documents that are merged into document `index`, first one first. */
function baseOf(ast: SigmaAst, index: number): readonly SigmaRule[] {
  const globals: SigmaRule[] = [];
  let previous: readonly SigmaRule[] = [];
  for (const document of ast.documents.slice(0, index)) {
    if (document.type !== "rule") continue;
    if (document.action === "global") globals.push(document);
    else if (document.action === "reset") globals.length = 0;
    else previous = document.action === "repeat" ? [...previous, document].slice(-longestRepeat) : [document];
  }
  const current = ast.documents[index];
  return current?.type === "rule" && current.action === "repeat" ? [...globals, ...previous] : globals;
}

/** Documents that repeat one another, at most. */
const longestRepeat = 16;

function mergeRules(base: SigmaRule, over: SigmaRule): SigmaRule {
  return {
    type: "rule",
    action: null,
    metadata: mergeMaps(base.metadata, over.metadata),
    logsource:
      base.logsource === null || over.logsource === null
        ? (over.logsource ?? base.logsource)
        : { ...over.logsource, entries: mergeMaps(base.logsource.entries, over.logsource.entries) },
    detection: mergeDetections(base.detection, over.detection),
    span: over.span,
  };
}

function mergeDetections(base: SigmaDetection | null, over: SigmaDetection | null): SigmaDetection | null {
  if (base === null || over === null) return over ?? base;
  const own = new Set(over.identifiers.map((one) => one.name));
  return {
    type: "detection",
    identifiers: [...base.identifiers.filter((one) => !own.has(one.name)), ...over.identifiers],
    conditions: over.conditions.length > 0 ? over.conditions : base.conditions,
    timeframe: over.timeframe ?? base.timeframe,
    span: over.span,
  };
}

function mergeMaps(base: JsonMap, over: JsonMap): JsonMap {
  const merged = new Map<string, Json>(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const below = merged.get(key);
    merged.set(key, isJsonMap(below) && isJsonMap(value) ? mergeMaps(below, value) : value);
  }
  return Object.fromEntries(merged);
}

function isJsonMap(value: Json | undefined): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
