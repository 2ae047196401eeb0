import { type Document, LineCounter, parseAllDocuments } from "yaml";
import { type Diagnostic, diagnostic } from "./diagnostic.ts";
import { limits } from "./limits.ts";
import { span } from "./span.ts";

export interface YamlReading {
  /** Documents with node ranges; partial where there are errors. Empty ones are left out. */
  readonly documents: readonly Document.Parsed[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What a YAML text may hold at most; each cap answers an input on which the library takes seconds or overflows. */
const caps = { flowDepth: 64, indent: 400, compactDepth: 24, explicitKeys: 200, documents: 200, aliases: 100 } as const;

/** Reads a YAML stream from a stranger: never throws, and refuses shapes that cost more than their length. */
export function readYaml(text: string): YamlReading {
  const refusal = refuse(text);
  if (refusal !== null) return { documents: [], diagnostics: [refusal] };
  try {
    const lines = new LineCounter();
    const parsed = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false, logLevel: "error" });
    if (!Array.isArray(parsed)) return { documents: [], diagnostics: [] };
    const documents = (parsed as readonly Document.Parsed[]).filter((one) => one.contents !== null);
    const problems = (parsed as readonly Document.Parsed[]).flatMap((one) => [...one.errors]);
    return {
      documents,
      diagnostics: problems
        .slice(0, limits.diagnostics)
        .map((error) => diagnostic("yaml/syntax", "error", sentence(error.message), span(error.pos[0], error.pos[1]))),
    };
  } catch (error) {
    const reason = error instanceof Error ? sentence(error.message) : "unknown fault";
    return {
      documents: [],
      diagnostics: [diagnostic("yaml/refused", "error", `This YAML cannot be read: ${reason}`, span(0, text.length))],
    };
  }
}

/** The plain value of a document; null with a diagnostic where aliases would expand beyond measure. */
export function yamlValue(document: Document.Parsed): {
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
} {
  try {
    return { value: document.toJS({ maxAliasCount: caps.aliases }), diagnostics: [] };
  } catch {
    const at = span(document.range[0], document.range[2]);
    return {
      value: null,
      diagnostics: [diagnostic("yaml/aliases", "error", "Aliases of this document expand beyond measure.", at)],
    };
  }
}

function sentence(message: string): string {
  const first = message.split("\n", 1)[0] ?? message;
  return first.replace(/ at line \d+, column \d+:?$/, "").replace(/:$/, "");
}

/** A linear look at the text for the shapes named in `caps`. Quotes and block texts may count too: the caps leave room. */
function refuse(text: string): Diagnostic | null {
  const whole = span(0, text.length);
  const no = (message: string): Diagnostic => diagnostic("yaml/refused", "error", message, whole);
  if (text.length > limits.length) return no(`This YAML is longer than ${limits.length} characters.`);
  let flow = 0;
  let documents = 0;
  let explicitKeys = 0;
  let lineStart = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i === text.length ? 10 : text.charCodeAt(i);
    if (code === 91 || code === 123) {
      flow++;
      if (flow > caps.flowDepth) return no(`This YAML nests more than ${caps.flowDepth} brackets.`);
    } else if ((code === 93 || code === 125) && flow > 0) flow--;
    else if (code === 63 && isBlank(text, i - 1) && isBlank(text, i + 1)) {
      explicitKeys++;
      if (explicitKeys > caps.explicitKeys) return no(`This YAML has more than ${caps.explicitKeys} explicit keys.`);
    } else if (code === 10) {
      const shape = lineShape(text, lineStart, i);
      if (shape.indent > caps.indent) return no(`This YAML is indented by more than ${caps.indent} columns.`);
      if (shape.compact > caps.compactDepth)
        return no(`A line of this YAML nests more than ${caps.compactDepth} lists.`);
      if (shape.separator && ++documents > caps.documents)
        return no(`This YAML holds more than ${caps.documents} documents.`);
      if (shape.indent === 0 && i > lineStart) flow = 0;
      lineStart = i + 1;
    }
  }
  return null;
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return Number.isNaN(code) || code === 32 || code === 10 || code === 9 || code === 13;
}

function lineShape(text: string, start: number, end: number): { indent: number; compact: number; separator: boolean } {
  let at = start;
  while (at < end && text.charCodeAt(at) === 32) at++;
  const indent = at - start;
  let compact = 0;
  while (at + 1 < end && (text[at] === "-" || text[at] === "?") && (text[at + 1] === " " || text[at + 1] === "\t")) {
    compact++;
    at++;
    while (at < end && (text[at] === " " || text[at] === "\t")) at++;
  }
  return { indent, compact, separator: indent === 0 && text.startsWith("---", start) };
}
