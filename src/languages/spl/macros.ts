import type { Environment } from "../language.ts";
import type { MacroCall } from "./ast.ts";
import type { SplToken } from "./lexer.ts";
import { type Reading, report } from "./reading.ts";
import { unquoteSearch } from "./text.ts";

/** Reads `name`, `name(a, "b, c")`: the token holds the backticks. */
export function readMacroCall(reading: Reading, token: SplToken): MacroCall {
  const closed = token.text.length > 1 && token.text.endsWith("`");
  const text = token.text.slice(1, closed ? -1 : undefined).trim();
  const open = text.indexOf("(");
  const name = (open < 0 ? text : text.slice(0, open)).trim();
  if (name === "")
    report(reading, "macro-name", "error", "The name of a macro is expected between backticks.", token.span);
  const inside = open < 0 ? "" : text.slice(open + 1, text.endsWith(")") ? -1 : undefined);
  return { type: "macro", name, arguments: splitArguments(inside).map(unquoteSearch), text, span: token.span };
}

/** Splits at the commas that stand outside quotes and parentheses. */
function splitArguments(text: string): readonly string[] {
  if (text.trim() === "") return [];
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "\\") at++;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === "(") depth++;
    else if (char === ")") depth--;
    else if (char === "," && depth <= 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

/** What a macro call stands for. */
export type Expansion =
  | { readonly type: "text"; readonly text: string }
  /** Of the vendor's add-ons, or generated for each detection: changes nothing that a rule says. */
  | { readonly type: "neutral"; readonly kind: "builtin" | "generated" }
  /** Its definition must be run to know its text. */
  | { readonly type: "evaluated" }
  | { readonly type: "unresolved" };

/**
 * Macros that Splunk's Common Information Model add-on ships, which therefore stand in no corpus. The one there is
 * takes the data model prefix off all field names; `Scope` sees through that prefix in any case.
 */
const builtins: ReadonlySet<string> = new Set(["drop_dm_object_name"]);

export function expandMacro(call: MacroCall, environment: Environment | undefined): Expansion {
  const macros = environment?.macros;
  const count = call.arguments.length;
  const found = macros?.get(count === 0 ? call.name : `${call.name}(${count})`) ?? macros?.get(call.name);
  if (found !== undefined && found.arguments.length === count) {
    if (found.isEval === true) return { type: "evaluated" };
    return { type: "text", text: substitute(found.definition, found.arguments, call.arguments) };
  }
  if (builtins.has(call.name)) return { type: "neutral", kind: "builtin" };
  if (count === 0 && call.name.endsWith("_filter")) return { type: "neutral", kind: "generated" };
  return { type: "unresolved" };
}

/** Puts values in the place of `$name$`, in one pass: a value is not looked through again. */
function substitute(definition: string, names: readonly string[], values: readonly string[]): string {
  if (names.length === 0) return definition;
  let out = "";
  let at = 0;
  for (;;) {
    const open = definition.indexOf("$", at);
    const close = open < 0 ? -1 : definition.indexOf("$", open + 1);
    if (close < 0) return out + definition.slice(at);
    const index = names.indexOf(definition.slice(open + 1, close));
    if (index < 0) {
      out += definition.slice(at, close);
      at = close;
    } else {
      out += definition.slice(at, open) + (values[index] ?? "");
      at = close + 1;
    }
  }
}
