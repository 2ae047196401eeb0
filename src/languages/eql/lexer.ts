import { isPair, lineEnd, quoteEnd } from "../../kit/characters.ts";
import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { type Span, span } from "../../kit/span.ts";
import type { Token } from "../../kit/tokens.ts";
import { backtickEnd, rawEnd } from "../elastic-quotes.ts";
import { decodeString } from "./strings.ts";

export type EqlToken =
  | Token<"word" | "number" | "operator" | "unknown" | "unclosed" | "end">
  /** A backticked name; `value` is the name itself. */
  | (Token<"quoted"> & { readonly value: string })
  | (Token<"string"> & { readonly value: string });

export interface Lexing {
  readonly tokens: readonly EqlToken[];
  readonly diagnostics: readonly Diagnostic[];
}

const blank = /[\s\uFEFF]+/y;
const word = /[A-Za-z_@][A-Za-z0-9_@]*/y;
const number = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const operator = /==|!=|<=|>=|[<>:=!?~,|.+\-*/%()[\]]/y;

/**
 * Cuts a text into tokens in one pass. Comments are left out. A string never goes past its line, so an unclosed
 * quote costs one line and no more.
 */
export function lex(text: string): Lexing {
  const tokens: EqlToken[] = [];
  const diagnostics: Diagnostic[] = [];
  let at = 0;
  const complain = (code: string, message: string, where: Span, hint?: string): void => {
    diagnostics.push(diagnostic(`eql/${code}`, "error", message, where, hint));
  };
  const match = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : at;
  };
  const push = (type: Exclude<EqlToken["type"], "string" | "quoted">, end: number): void => {
    tokens.push({ type, text: text.slice(at, end), span: span(at, end) });
    at = end;
  };
  const unclosed = (end: number, message: string, hint: string): void => {
    complain("unclosed-string", message, span(at, end), hint);
    push("unclosed", end);
  };

  const quote = (from: number): void => {
    const mark = text[from] ?? '"';
    const raw = text.startsWith('"""', from) || from > at;
    const marks = text.startsWith('"""', from) ? 3 : 1;
    const end = marks === 3 ? rawEnd(text, from) : quoteEnd(text, from, mark, raw);
    if (end === null) {
      unclosed(
        lineEnd(text, at),
        `A closing ${mark.repeat(marks)} was expected on this line.`,
        "Strings do not go on in the next line.",
      );
      return;
    }
    const written = text.slice(at, end);
    const where = span(at, end);
    if (from > at || mark === "'") {
      const message =
        from > at ? 'Raw strings are written in """three quotes""".' : "Strings are written in double quotes.";
      diagnostics.push(
        diagnostic("eql/legacy-string", "warning", message, where, "Elasticsearch refuses this older spelling."),
      );
    }
    const inner = text.slice(from + marks, end - marks);
    const value = raw ? inner : decodeString(inner, from + marks, diagnostics);
    tokens.push({ type: "string", text: written, value, span: where });
    at = end;
  };

  const plain = (char: string): void => {
    const named = match(word);
    const counted = char === "." && endsName(tokens.at(-1), at) ? at : match(number);
    if (named > at) push("word", named);
    else if (counted > at) push("number", counted);
    else {
      const end = match(operator);
      if (end > at) push("operator", end);
      else push("unknown", at + (isPair(text, at) ? 2 : 1));
    }
  };

  while (at < text.length) {
    const char = text[at] ?? "";
    const spaced = match(blank);
    if (spaced > at) {
      at = spaced;
    } else if (text.startsWith("//", at)) {
      at = lineEnd(text, at);
    } else if (text.startsWith("/*", at)) {
      const close = text.indexOf("*/", at + 2);
      if (close < 0) complain("unclosed-comment", "This comment never closes: */ was expected.", span(at, text.length));
      at = close < 0 ? text.length : close + 2;
    } else if (char === '"' || char === "'") {
      quote(at);
    } else if (char === "?" && (text[at + 1] === '"' || text[at + 1] === "'")) {
      quote(at + 1);
    } else if (char === "`") {
      const end = backtickEnd(text, at);
      if (end === null) {
        unclosed(lineEnd(text, at), "A closing ` was expected on this line.", "A backtick inside a name is doubled.");
      } else {
        const value = text.slice(at + 1, end - 1).replaceAll("``", "`");
        tokens.push({ type: "quoted", text: text.slice(at, end), value, span: span(at, end) });
        at = end;
      }
    } else {
      plain(char);
    }
  }
  tokens.push({ type: "end", text: "", span: span(text.length, text.length) });
  return { tokens, diagnostics };
}

/** After a name that ends here, `.5` is a path and not a number. */
function endsName(last: EqlToken | undefined, at: number): boolean {
  return (
    last !== undefined && last.span.end === at && (last.type === "word" || last.type === "quoted" || last.text === "]")
  );
}
