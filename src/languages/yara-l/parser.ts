import { tooLong } from "../../kit/diagnostic.ts";
import { cover, span } from "../../kit/span.ts";
import { takeOperator } from "../../kit/tokens.ts";
import { errorFrom } from "../error-node.ts";
import type { ParseResult } from "../language.ts";
import type { Document, ErrorNode, NamedStage, Rule, Search, Sections } from "./ast.ts";
import { beginsBlock, blockName, openReader, type Reader } from "./reader.ts";
import { sections } from "./sections.ts";

/** Rules of one text that are read; a public collection holds one a file. */
const mostRules = 1000;

/** Reads any text as YARA-L 2.0; never throws. A text beyond `limits.length` is one error node. */
export function parse(text: string): ParseResult<Document> {
  const whole = span(0, text.length);
  const refusal = tooLong("yara-l", text);
  if (refusal !== null) {
    const stray: ErrorNode = { type: "error", text, span: whole };
    return {
      ast: { type: "document", rules: [], search: null, stray: [stray], span: whole },
      diagnostics: [refusal],
    };
  }
  const reader = openReader(text);
  if (reader.cursor.peek().type === "end") {
    reader.report("empty", "error", "A rule, or the conditions of a search, were expected.", whole);
  }
  const isRule = beginsBlock(reader, "rule");
  const [rules, stray]: [Rule[], ErrorNode[]] = [[], []];
  const search = isRule ? null : searchFrom(reader, stray);
  while (reader.cursor.peek().type !== "end") {
    if (rules.length >= mostRules) tooMany(reader, stray);
    else if (beginsBlock(reader, "rule")) rules.push(rule(reader));
    else outside(reader, stray);
  }
  return { ast: { type: "document", rules, search, stray, span: whole }, diagnostics: reader.diagnostics() };
}

/** What stands between or after rules and belongs to none. */
function outside(reader: Reader, stray: ErrorNode[]): void {
  const start = reader.cursor.peek().span;
  reader.report("expected-rule", "error", "The next rule, or the end, was expected here.", start);
  do reader.cursor.next();
  while (reader.cursor.peek().type !== "end" && !beginsBlock(reader, "rule"));
  stray.push(errorFrom(reader, start.start));
}

function tooMany(reader: Reader, stray: ErrorNode[]): void {
  const { span: at } = reader.cursor.peek();
  reader.report("too-many", "error", `At most ${mostRules} rules were expected; the rest is not read.`, at);
  while (reader.cursor.peek().type !== "end") reader.cursor.next();
  stray.push(errorFrom(reader, at.start));
}

function rule(reader: Reader): Rule {
  const { cursor } = reader;
  const start = cursor.peek().span;
  const name = blockName(reader, "rule");
  const opening = cursor.next().span;
  const body = sections(reader, "rule");
  close(reader, opening, body);
  const at = cover(start, cursor.last());
  for (const required of ["events", "condition"] as const) {
    // A header with a slip of the finger is told already, and is the section that is missing.
    if (isMissing(body[required]) && body.stray.length === 0) {
      reader.report("missing-section", "error", `A section \`${required}\` was expected in this rule.`, start);
    }
  }
  return { type: "rule", name, ...body, span: at };
}

function isMissing(part: unknown): boolean {
  return part === null || (Array.isArray(part) && part.length === 0);
}

function close(reader: Reader, opening: { readonly start: number; readonly end: number }, body: Sections): void {
  if (takeOperator(reader, "}")) return;
  const given = body.stray.length === 0 || reader.cursor.peek().type === "end";
  if (given) reader.report("unclosed-block", "error", "A closing brace was expected for this one.", opening);
}

/** A search: named stages, then its own conditions. Null where there is nothing but a rule that begins later. */
function searchFrom(reader: Reader, stray: ErrorNode[]): Search | null {
  const { cursor } = reader;
  const start = cursor.peek().span;
  const stages: NamedStage[] = [];
  while (beginsBlock(reader, "stage")) {
    const first = cursor.peek().span;
    const name = blockName(reader, "stage");
    const opening = cursor.next().span;
    const body = sections(reader, "search");
    close(reader, opening, body);
    stages.push({ type: "stage", name, ...body, span: cover(first, cursor.last()) });
  }
  if (cursor.peek().type === "end" && stages.length === 0) return null;
  const body = sections(reader, "search");
  if (beginsBlock(reader, "rule") && stages.length === 0) {
    reader.report("expected-rule", "error", "A rule was expected here.", start);
    stray.push(errorFrom(reader, start.start));
    return null;
  }
  return { type: "search", stages, ...body, span: cover(start, cover(start, cursor.last())) };
}
