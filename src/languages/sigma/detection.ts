import { isMap, isScalar, isSeq, type Scalar } from "yaml";
import type { Span } from "../../kit/span.ts";
import type {
  SigmaCondition,
  SigmaDetection,
  SigmaFault,
  SigmaIdentifier,
  SigmaItem,
  SigmaSearch,
  SigmaValue,
} from "./ast.ts";
import { parseCondition } from "./condition.ts";
import { acceptedTypes, chainFaults, modifierOf } from "./modifiers.ts";
import {
  type Entry,
  entriesOf,
  inside,
  jsonOf,
  type NodeReader,
  nodeSpan,
  reportDuplicates,
  scalarPlace,
  scalarText,
} from "./nodes.ts";

/** Lists in lists that a search identifier may hold. */
const deepestList = 20;

/** Reads the map below `detection` or `filter`. `own` are keys that the caller reads itself. */
export function readDetection(
  reader: NodeReader,
  entries: readonly Entry[],
  at: Span,
  own: readonly string[] = [],
): SigmaDetection {
  reportDuplicates(reader, entries);
  const identifiers: SigmaIdentifier[] = [];
  let conditions: readonly SigmaCondition[] = [];
  let timeframe: string | null = null;
  for (const entry of entries) {
    if (own.includes(entry.key)) continue;
    if (entry.key === "condition") conditions = readConditions(reader, entry);
    else if (entry.key === "timeframe") timeframe = readTimeframe(reader, entry);
    else {
      const search = readSearch(reader, entry.value, entry.span, 0);
      identifiers.push({ type: "identifier", name: entry.key, search, span: entry.span });
    }
  }
  return { type: "detection", identifiers, conditions, timeframe, span: at };
}

function readTimeframe(reader: NodeReader, entry: Entry): string | null {
  const node = reader.resolve(entry.value);
  if (isScalar(node)) return scalarText(node);
  reader.report("sigma/timeframe", "error", "Expected a duration such as 5m as timeframe.", entry.span);
  return null;
}

/** A condition, or a list of them. */
export function readConditions(reader: NodeReader, entry: Entry): readonly SigmaCondition[] {
  const node = reader.resolve(entry.value);
  const nodes = isSeq(node) ? node.items.map((item) => reader.resolve(item)) : [node];
  return nodes.flatMap((one) => {
    if (isScalar(one) && scalarText(one).trim() !== "") {
      const found = nodeSpan(reader.text, one);
      return [readCondition(reader, one, inside(entry.span, found) === found ? null : entry.span)];
    }
    reader.report("sigma/no-condition", "error", "Expected a condition such as: selection and not filter", entry.span);
    return [];
  });
}

/** `elsewhere`: where the alias stands that brought in the scalar. */
function readCondition(reader: NodeReader, scalar: Scalar, elsewhere: Span | null): SigmaCondition {
  const place = elsewhere === null ? scalarPlace(reader.text, scalar) : () => elsewhere;
  const { condition, diagnostics } = parseCondition(scalarText(scalar), place);
  reader.reportAll(diagnostics);
  return condition;
}

function readSearch(reader: NodeReader, value: unknown, at: Span, level: number): SigmaSearch {
  const node = reader.resolve(value);
  const own = node === null ? at : inside(at, nodeSpan(reader.text, value));
  if (isMap(node)) {
    const entries = entriesOf(reader, node);
    reportDuplicates(reader, entries);
    if (entries.length === 0) return nothing(reader, {}, own);
    return { type: "map", items: entries.map((entry) => readItem(reader, entry, own)), span: own };
  }
  if (isSeq(node)) {
    if (level >= deepestList) return misplaced(reader, value, own);
    if (node.items.length === 0) return nothing(reader, [], own);
    const entries = node.items.map((item) => readSearch(reader, item, own, level + 1));
    return { type: "list", entries, span: own };
  }
  return readValue(reader, value, own);
}

function nothing(reader: NodeReader, content: SigmaFault["content"], at: Span): SigmaFault {
  reader.report("sigma/empty-value", "error", "Expected at least one entry in this search identifier.", at);
  return { type: "fault", content, span: at };
}

function misplaced(reader: NodeReader, value: unknown, at: Span): SigmaFault {
  reader.report(
    "sigma/nested-value",
    "error",
    "Expected a string, a number, a truth value, null or a list of them.",
    at,
  );
  return { type: "fault", content: jsonOf(reader, value), span: at };
}

function readItem(reader: NodeReader, entry: Entry, outer: Span): SigmaItem {
  const at = inside(outer, entry.span);
  const [field = "", ...modifiers] = entry.key.split("|");
  const node = reader.resolve(entry.value);
  const list = isSeq(node);
  const values = list
    ? node.items.map((item) => readValue(reader, item, inside(at, nodeSpan(reader.text, item))))
    : [readValue(reader, entry.value, node === null ? at : inside(at, nodeSpan(reader.text, entry.value)))];
  const item: SigmaItem = { type: "item", field: field === "" ? null : field, modifiers, values, list, span: at };
  checkItem(reader, item, inside(at, entry.keySpan));
  return item;
}

function readValue(reader: NodeReader, value: unknown, at: Span): SigmaValue {
  const node = reader.resolve(value);
  if (node === null) return { type: "null", span: at };
  if (!isScalar(node)) return misplaced(reader, value, at);
  const text = scalarText(node);
  if (node.value === null) return { type: "null", span: at };
  if (typeof node.value === "boolean") return { type: "boolean", value: node.value, text, span: at };
  if (typeof node.value === "number" && isNumber(node.value, text)) {
    return { type: "number", value: node.value, text, span: at };
  }
  return { type: "string", text, span: at };
}

/**
 * YAML 1.1 and 1.2 differ on what a number is: `00000429` and `1e5` are texts to the one and numbers to the other, and
 * digits beyond 2^53 are lost. Only what both take for the same number is one; the rest keeps its spelling.
 */
function isNumber(value: number, text: string): boolean {
  const safe = Number.isSafeInteger(value) || (Number.isFinite(value) && text.includes("."));
  return safe && !Object.is(value, -0) && /^(?:[-+]?(?:0|[1-9]\d*)(?:\.\d+)?|0x[\da-fA-F]+)$/.test(text);
}

/** Does the specification give this chain, with these values, a meaning? */
function checkItem(reader: NodeReader, item: SigmaItem, keySpan: Span): void {
  if (item.values.length === 0)
    reader.report("sigma/empty-value", "error", "Expected at least one value in this list.", item.span);
  const faults = chainFaults(item.modifiers);
  for (const { code, message } of faults) {
    const hint = code === "sigma/unknown-modifier" ? hintFor(item.modifiers) : undefined;
    reader.report(code, code === "sigma/repeated-modifier" ? "warning" : "error", message, keySpan, hint);
  }
  if (faults.length > 0) return;
  if (item.modifiers.includes("all") && item.values.length === 1) {
    reader.report("sigma/all-of-one", "info", '"all" has no effect on a single value.', keySpan);
  }
  const accepted = acceptedTypes(item.modifiers);
  for (const value of item.values) {
    if (value.type === "fault" || accepted.has(value.type)) continue;
    const types = [...accepted].join(" or ") || "no value at all";
    reader.report("sigma/modifier-value", "error", `These modifiers expect ${types}, not a ${value.type}.`, value.span);
  }
}

const spellings: Readonly<Record<string, string>> = {
  regex: "re",
  regexp: "re",
  startsWith: "startswith",
  starts_with: "startswith",
  endsWith: "endswith",
  ends_with: "endswith",
  contain: "contains",
  startwith: "startswith",
  endwith: "endswith",
  any: "a plain list",
  not: "neq",
  ge: "gte",
  le: "lte",
};

function hintFor(chain: readonly string[]): string | undefined {
  const unknown = chain.find((name) => modifierOf(name) === null) ?? "";
  const known =
    modifierOf(unknown.toLowerCase())?.name ?? (Object.hasOwn(spellings, unknown) ? spellings[unknown] : undefined);
  return known === undefined ? undefined : `Did you mean ${known}?`;
}
