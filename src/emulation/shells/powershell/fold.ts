import { decodeBase64 } from "../powershell-arguments.ts";
import { itemsOf, joinedValue, listValue, numberValue, textValue, type Value } from "./values.ts";

/** Values that one operator or method may make. */
const maximumItems = 1000;

/** What an operator gives; null where that is not known. Both sides are certain. */
export function foldBinary(operator: string, left: Value, right: Value): Value | null {
  switch (operator) {
    case "+":
      if (left.items !== undefined) return listValue([...left.items, ...itemsOf(right)].slice(0, maximumItems));
      if (left.number !== undefined && right.number !== undefined) return numberValue(left.number + right.number);
      return textValue(left.text + right.text);
    case "-":
    case "/":
    case "%":
      return left.number === undefined || right.number === undefined
        ? null
        : arithmetic(operator, left.number, right.number);
    case "*":
      if (left.number !== undefined && right.number !== undefined) return numberValue(left.number * right.number);
      if (right.number === undefined || right.number < 0 || right.number * left.text.length > 10_000) return null;
      return left.items === undefined ? textValue(left.text.repeat(right.number)) : null;
    case "f":
      return textValue(format(left.text, itemsOf(right)));
    case "..":
      return range(left, right);
    case "join":
      return textValue(
        itemsOf(left)
          .map((one) => one.text)
          .join(right.text),
      );
    case "split":
      return isPlainPattern(right.text) ? listOf(left.text.split(unescapePattern(right.text))) : null;
    case "replace": {
      const [pattern, by = textValue("")] = itemsOf(right);
      if (pattern === undefined || !isPlainPattern(pattern.text) || by.text.includes("$")) return null;
      return textValue(replaceIgnoringCase(left.text, unescapePattern(pattern.text), by.text));
    }
    case "as":
      return left;
    default:
      return null;
  }
}

function arithmetic(operator: string, left: number, right: number): Value | null {
  const result = operator === "-" ? left - right : operator === "/" ? left / right : left % right;
  return Number.isFinite(result) ? numberValue(result) : null;
}

function range(left: Value, right: Value): Value | null {
  const [from, to] = [left.number ?? Number(left.text), right.number ?? Number(right.text)];
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || Math.abs(to - from) >= maximumItems) return null;
  const by = from <= to ? 1 : -1;
  return listValue(Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => numberValue(from + by * index)));
}

function listOf(texts: readonly string[]): Value {
  return listValue(texts.slice(0, maximumItems).map(textValue));
}

/** A regular expression that asks for one text; others are not run. */
function isPlainPattern(pattern: string): boolean {
  return !/[[\](){}.*+?^$|]/.test(pattern.replace(/\\[^\w]/g, "")) && !/\\\w/.test(pattern.replaceAll("\\\\", ""));
}

function unescapePattern(pattern: string): string {
  return pattern.replace(/\\(.)/gs, "$1");
}

function replaceIgnoringCase(text: string, wanted: string, by: string): string {
  if (wanted === "") return text;
  const small = text.toLowerCase();
  const parts: string[] = [];
  let from = 0;
  for (let at = small.indexOf(wanted.toLowerCase()); at >= 0; at = small.indexOf(wanted.toLowerCase(), from)) {
    parts.push(text.slice(from, at), by);
    from = at + wanted.length;
  }
  return [...parts, text.slice(from)].join("");
}

/** `{0}`, `{1,5}`, `{2:X}` of a format; what a format adds to a number is left out. */
function format(pattern: string, values: readonly Value[]): string {
  return pattern.replace(/\{\{|\}\}|\{(\d{1,3})[^}]*\}/g, (found, number: string | undefined) =>
    number === undefined ? found.slice(1) : (values[Number(number)]?.text ?? ""),
  );
}

/** What a method of a value gives; null where that is not known. The value and its arguments are certain. */
export function foldMethod(target: Value, name: string, args: readonly Value[]): Value | null {
  const [first, second] = args;
  const text = target.text;
  switch (name.toLowerCase()) {
    case "tostring":
      return args.length === 0 ? textValue(text) : null;
    case "trim":
      return textValue(trimmed(trimmed(text, first?.text, "start"), first?.text, "end"));
    case "trimend":
      return textValue(trimmed(text, first?.text, "end"));
    case "trimstart":
      return textValue(trimmed(text, first?.text, "start"));
    case "tolower":
    case "tolowerinvariant":
      return textValue(text.toLowerCase());
    case "toupper":
    case "toupperinvariant":
      return textValue(text.toUpperCase());
    case "replace":
      return first === undefined || first.text === ""
        ? null
        : textValue(text.replaceAll(first.text, () => second?.text ?? ""));
    case "substring":
      return textValue(
        text.slice(Number(first?.text), second === undefined ? undefined : Number(first?.text) + Number(second.text)),
      );
    case "insert":
      return textValue(text.slice(0, Number(first?.text)) + (second?.text ?? "") + text.slice(Number(first?.text)));
    case "split":
      return first === undefined ? listOf(text.split(/\s+/)) : listOf(splitAtAny(text, first.text));
    case "tochararray":
      return listOf([...text]);
    default:
      return null;
  }
}

/** Takes blanks, or the characters that are named, off one end. */
function trimmed(text: string, marks: string | undefined, end: "start" | "end"): string {
  if (marks === undefined || marks === "") return end === "start" ? text.trimStart() : text.trimEnd();
  let [from, to] = [0, text.length];
  if (end === "start") while (from < to && marks.includes(text[from] ?? "")) from++;
  else while (to > from && marks.includes(text[to - 1] ?? "")) to--;
  return text.slice(from, to);
}

/** Methods of texts and dates: nothing that a machine could log comes of them. */
const quiet = new Set(
  [
    "tostring trim trimstart trimend tolower tolowerinvariant toupper toupperinvariant replace substring insert split",
    "tochararray contains startswith endswith indexof lastindexof padleft padright equals compareto gettype",
    "adddays addhours addminutes addseconds addmonths",
  ].flatMap((one) => one.split(" ")),
);

export function isQuiet(method: string): boolean {
  return quiet.has(method.toLowerCase());
}

function splitAtAny(text: string, marks: string): readonly string[] {
  const parts = [""];
  for (const char of text) {
    if (marks.includes(char)) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts;
}

/** `[type]::Method(…)`: `type` in small letters without `system.`. Null where what it gives is not known. */
export function foldStatic(
  type: string,
  name: string,
  args: readonly Value[],
  environment: (name: string) => Value | null,
): Value | null {
  const [first, second] = args;
  const method = name.toLowerCase();
  if (!args.every((one) => one.certain)) return null;
  switch (`${type}.${method}`) {
    case "convert.frombase64string":
      return bytesValue(decodeBase64(first?.text ?? ""));
    case "convert.tobase64string":
      return first?.bytes === undefined ? null : textValue(toBase64(first.bytes));
    case "string.join":
      return textValue(
        args
          .slice(1)
          .flatMap(itemsOf)
          .map((one) => one.text)
          .join(first?.text ?? ""),
      );
    case "string.concat":
      return textValue(
        args
          .flatMap(itemsOf)
          .map((one) => one.text)
          .join(""),
      );
    case "string.format":
      return textValue(format(first?.text ?? "", args.slice(1).flatMap(itemsOf)));
    case "scriptblock.create":
    case "management.automation.scriptblock.create":
      return { text: first?.text ?? "", certain: true, script: first?.text ?? "" };
    case "io.path.combine":
      return textValue(args.map((one) => one.text.replace(/\\$/, "")).join("\\"));
    case "io.path.gettemppath": {
      const folder = environment("temp");
      return folder === null ? null : joinedValue(`${folder.text}\\`, folder);
    }
    case "io.path.getfilename":
      return textValue(first?.text.replace(/^.*[\\/]/s, "") ?? "");
    case "io.path.getdirectoryname":
      return textValue(first?.text.replace(/[\\/][^\\/]*$/, "") ?? "");
    case "io.path.getextension":
      return textValue(/\.[^.\\/]*$/.exec(first?.text ?? "")?.[0] ?? "");
    case "environment.getenvironmentvariable":
      return environment(first?.text ?? "");
    case "environment.expandenvironmentvariables":
      return expandEnvironment(first?.text ?? "", environment);
    case "environment.getfolderpath":
      return specialFolder(first?.text ?? "", environment);
    case "convert.toint16":
    case "convert.toint32":
    case "convert.tobyte":
    case "int.parse":
      return integer(first?.text ?? "", second === undefined ? 10 : Number(second.text));
    default:
      return null;
  }
}

/** Source of the bases: https://learn.microsoft.com/en-us/dotnet/api/system.convert.toint32 */
function integer(text: string, base: number): Value | null {
  if (![2, 8, 10, 16].includes(base) || !/^[-+]?[\da-f]+$/i.test(text.trim())) return null;
  const number = Number.parseInt(text, base);
  return Number.isSafeInteger(number) ? numberValue(number) : null;
}

function expandEnvironment(text: string, environment: (name: string) => Value | null): Value {
  let certain = true;
  const filled = text.replace(/%([^%]+)%/g, (whole, name: string) => {
    const value = environment(name);
    certain &&= value !== null;
    return value?.text ?? whole;
  });
  return { text: filled, certain };
}

/** Source: https://learn.microsoft.com/en-us/dotnet/api/system.environment.specialfolder */
const specialFolders: Readonly<Record<string, readonly [variable: string, rest: string]>> = {
  applicationdata: ["appdata", ""],
  commonapplicationdata: ["programdata", ""],
  commonstartup: ["programdata", "\\Microsoft\\Windows\\Start Menu\\Programs\\Startup"],
  desktop: ["userprofile", "\\Desktop"],
  localapplicationdata: ["localappdata", ""],
  mydocuments: ["userprofile", "\\Documents"],
  personal: ["userprofile", "\\Documents"],
  programfiles: ["programfiles", ""],
  startmenu: ["appdata", "\\Microsoft\\Windows\\Start Menu"],
  startup: ["appdata", "\\Microsoft\\Windows\\Start Menu\\Programs\\Startup"],
  system: ["systemroot", "\\system32"],
  userprofile: ["userprofile", ""],
  windows: ["systemroot", ""],
};

function specialFolder(name: string, environment: (name: string) => Value | null): Value | null {
  const small = name.toLowerCase();
  if (!Object.hasOwn(specialFolders, small)) return null;
  const [variable = "", rest = ""] = specialFolders[small] ?? [];
  const folder = environment(variable);
  return folder === null ? null : joinedValue(folder.text + rest, folder);
}

export function bytesValue(bytes: Uint8Array | null): Value | null {
  return bytes === null ? null : { text: "System.Byte[]", certain: true, bytes };
}

/** `[Text.Encoding]::UTF8` and its like, by what stands behind the colons. */
export function foldEncoding(encoding: string, method: string, value: Value): Value | null {
  const wide = /unicode$/i.test(encoding);
  if (!wide && !/(?:utf8|ascii|default)$/i.test(encoding)) return null;
  if (/^getstring$/i.test(method) && value.bytes !== undefined) {
    return textValue(new TextDecoder(wide ? "utf-16le" : "utf-8").decode(value.bytes));
  }
  if (!/^getbytes$/i.test(method) || !value.certain) return null;
  if (!wide) return bytesValue(new TextEncoder().encode(value.text));
  const units = Uint16Array.from({ length: value.text.length }, (_, index) => value.text.charCodeAt(index));
  return bytesValue(
    Uint8Array.from({ length: units.length * 2 }, (_, index) => ((units[index >> 1] ?? 0) >> (8 * (index % 2))) & 255),
  );
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** `[char]65`, `[int]"5"`, `[string]…`; null where the type makes something else of the value. */
export function foldCast(type: string, value: Value): Value | null {
  switch (type.toLowerCase().replace(/^system\./, "")) {
    case "char": {
      const code = value.number ?? (value.text.length === 1 ? value.text.charCodeAt(0) : Number(value.text));
      return Number.isInteger(code) && code >= 0 && code < 0x10000 ? textValue(String.fromCharCode(code)) : null;
    }
    case "int":
    case "int32":
    case "int64":
    case "long":
    case "byte":
    case "uint32":
      return value.text.length === 1 && value.number === undefined && !/\d/.test(value.text)
        ? numberValue(value.text.charCodeAt(0))
        : integer(value.text, 10);
    case "char[]":
      return value.items === undefined
        ? listOf([...value.text])
        : listValue(value.items.map((one) => foldCast("char", one) ?? one));
    case "void":
      return textValue("");
    default:
      return value;
  }
}
