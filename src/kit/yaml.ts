import { type Document, isAlias, isCollection, parseAllDocuments, visit } from "yaml";
import { type Diagnostic, diagnostic } from "./diagnostic.ts";
import { limits } from "./limits.ts";
import { span } from "./span.ts";

export interface YamlReading {
  /** Documents with node ranges; partial where there are errors. Empty ones are left out. */
  readonly documents: readonly Document.Parsed[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What a YAML text may hold at most. Each cap answers an input on which the library takes longer than its length lets
 * expect, or overflows. `lines` and `marks` (characters that mean something to YAML, where they can) grow with the
 * length: rule files stay below half of them.
 */
const caps = {
  flowDepth: 400,
  indent: 400,
  compactDepth: 24,
  explicitKeys: 200,
  documents: 200,
  aliases: 100,
  lines: (length: number) => 2000 + length / 40,
  marks: (length: number) => 2000 + length / 12,
} as const;

/** Reads a YAML stream from a stranger: never throws, and refuses shapes that cost more than their length. */
export function readYaml(text: string): YamlReading {
  const refusal = refuse(text);
  if (refusal !== null) return { documents: [], diagnostics: [refusal] };
  try {
    const parsed = withoutStackTraces(() =>
      parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, logLevel: "error" }),
    );
    if (!Array.isArray(parsed)) return { documents: [], diagnostics: [] };
    const documents = (parsed as readonly Document.Parsed[]).filter(
      (one) => one.contents !== null && !isBlankDocument(text, one),
    );
    const problems = (parsed as readonly Document.Parsed[]).flatMap((one) => one.errors);
    return {
      documents,
      diagnostics: problems.slice(0, limits.diagnostics).map((error) => {
        const start = Math.min(error.pos[0], text.length);
        return diagnostic(
          "yaml/syntax",
          "error",
          sentence(error.message),
          span(start, Math.min(Math.max(start, error.pos[1]), text.length)),
        );
      }),
    };
  } catch (error) {
    const reason = error instanceof Error ? sentence(error.message) : "unknown fault";
    return { documents: [], diagnostics: [refused(text, `This YAML cannot be read: ${reason}`)] };
  }
}

/** `---` with nothing behind it: the library makes a null of it, which stands at one place. */
function isBlankDocument(text: string, document: Document.Parsed): boolean {
  const range = document.contents?.range;
  return range !== undefined && range !== null && text.slice(range[0], range[1]).trim() === "";
}

/** The library makes an Error of every fault, and most of what that costs is the stack trace that nobody reads. */
function withoutStackTraces<Result>(run: () => Result): Result {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = before;
  }
}

/**
 * The plain value of a document; null with a diagnostic where aliases would expand beyond measure, or where a key is
 * itself a list or map, which the library spells out again at every level.
 */
export function yamlValue(document: Document.Parsed): {
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
} {
  const at = span(document.range[0], document.range[2]);
  const no = (code: string, message: string) => ({
    value: null,
    diagnostics: [diagnostic(code, "error", message, at)],
  });
  try {
    if (hasComplexKey(document)) return no("yaml/complex-key", "A key of this document is not a text.");
    return { value: document.toJS({ maxAliasCount: caps.aliases }), diagnostics: [] };
  } catch {
    return no("yaml/aliases", "Aliases of this document expand beyond measure.");
  }
}

function hasComplexKey(document: Document.Parsed): boolean {
  let found = false;
  visit(document, {
    Pair: (_place, { key }) => {
      found ||= isCollection(key) || isAlias(key);
      return found ? visit.BREAK : undefined;
    },
  });
  return found;
}

function sentence(message: string): string {
  const first = message.split("\n", 1)[0] ?? message;
  return first.endsWith(".") ? first : `${first}.`;
}

function refused(text: string, message: string): Diagnostic {
  return diagnostic("yaml/refused", "error", message, span(0, text.length));
}

/** A linear look at the text for the shapes named in `caps`. Quotes and block texts count too: the caps leave room. */
function refuse(text: string): Diagnostic | null {
  const no = (message: string): Diagnostic => refused(text, message);
  if (text.length > limits.length) return no(`This YAML is longer than ${limits.length} characters.`);
  const most = { lines: caps.lines(text.length), marks: caps.marks(text.length) };
  let [flow, documents, explicitKeys, lines, marks, lineStart] = [0, 0, 0, 0, 0, 0];
  // Could a mark begin something here: after white space, or after another mark?
  let open = true;
  for (let i = 0; i <= text.length; i++) {
    const code = i === text.length ? newline : text.charCodeAt(i);
    const kind = code < kinds.length ? (kinds[code] ?? 0) : other;
    if (kind === mark && (open || (code === colon && isBlank(text, i + 1)) || (code === comma && flow > 0))) marks++;
    if (code === 91 || code === 123) {
      flow++;
      if (flow > caps.flowDepth) return no(`This YAML nests more than ${caps.flowDepth} brackets.`);
    } else if ((code === 93 || code === 125) && flow > 0) flow--;
    else if (code === question && isBlank(text, i - 1) && isBlank(text, i + 1)) {
      explicitKeys++;
      if (explicitKeys > caps.explicitKeys) return no(`This YAML has more than ${caps.explicitKeys} explicit keys.`);
    } else if (code === newline) {
      const shape = lineShape(text, lineStart, i);
      if (shape.indent > caps.indent) return no(`This YAML is indented by more than ${caps.indent} columns.`);
      if (shape.compact > caps.compactDepth)
        return no(`A line of this YAML nests more than ${caps.compactDepth} lists.`);
      if (shape.separator && ++documents > caps.documents)
        return no(`This YAML holds more than ${caps.documents} documents.`);
      if (++lines > most.lines) return no("This YAML has far more lines than a rule of its length.");
      if (shape.indent === 0 && i > lineStart) flow = 0;
      lineStart = i + 1;
    }
    if (marks > most.marks) return no("This YAML has far more marks than a rule of its length.");
    open = kind !== other;
  }
  return null;
}

const newline = 10;
const comma = 44;
const colon = 58;
const question = 63;

const other = 0;
const blank = 1;
const mark = 2;

/** What an ASCII character is to the look above. */
const kinds: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code === 32 || code === 9 || code === newline || code === 13) return blank;
  return "[]{},\"'&*!|>%@`?:-#".includes(String.fromCharCode(code)) ? mark : other;
});

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return Number.isNaN(code) || (code < kinds.length && kinds[code] === blank);
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
