import type { ShellWord } from "../command.ts";
import { decodeBase64 } from "../powershell-arguments.ts";

/** What a few programs write whose answer does not depend on the machine; null for all others. */
export function outputOfProgram(words: readonly ShellWord[], input: string | null): string | null {
  const [first, ...args] = words;
  if (first === undefined) return "";
  if (!words.every((one) => one.certain)) return null;
  const values = args.map((one) => one.value);
  switch (first.value.slice(first.value.lastIndexOf("/") + 1)) {
    case "echo":
      return echoed(values);
    case "printf":
      return printed(values);
    case "true":
    case ":":
      return "";
    case "cat":
      return values.length === 0 ? input : null;
    case "base64":
      if (input === null || !values.some((one) => ["-d", "-D", "--decode", "-di"].includes(one))) return null;
      return decoded(input);
    case "rev":
      return input === null || values.length > 0
        ? null
        : input
            .split("\n")
            .map((one) => [...one].reverse().join(""))
            .join("\n");
    default:
      return null;
  }
}

function echoed(values: readonly string[]): string {
  const flags = values.findIndex((one) => !/^-[neE]+$/.test(one));
  const words = flags < 0 ? [] : values.slice(flags);
  const options = values.slice(0, flags < 0 ? values.length : flags).join("");
  const text = words.join(" ");
  return (options.includes("e") ? unescaped(text) : text) + (options.includes("n") ? "" : "\n");
}

/** `%s` alone; other formats are not worked out. */
function printed(values: readonly string[]): string | null {
  const [format = "", ...rest] = values;
  if (/%(?![s%])/.test(format)) return null;
  let at = 0;
  return unescaped(format).replace(/%[s%]/g, (found) => (found === "%%" ? "%" : (rest[at++] ?? "")));
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", a: "\u0007", e: "\u001b" };

function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([\da-fA-F]{1,2})|0?([0-7]{3})|([ntr\\ae]))/g,
    (_, hex?: string, octal?: string, char?: string) =>
      char === undefined
        ? String.fromCharCode(Number.parseInt(hex ?? octal ?? "0", hex === undefined ? 8 : 16))
        : (escapes[char] ?? char),
  );
}

function decoded(input: string): string | null {
  const bytes = decodeBase64(input);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}
