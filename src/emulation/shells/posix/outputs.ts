import type { ShellWord } from "../command.ts";
import { decodeBase64 } from "../powershell-arguments.ts";
import type { ShValue } from "./state.ts";

/** Nothing is written. */
export const silence: ShValue = { text: "", certain: true };

/**
 * What a few programs write whose answer does not depend on the machine, or hardly does: where `which` finds a program
 * is a guess, and told as uncertain. Null for all others.
 */
export function outputOfProgram(words: readonly ShellWord[], input: ShValue | null): ShValue | null {
  const [first, ...args] = words;
  if (first === undefined) return silence;
  if (!words.every((one) => one.certain)) return null;
  const values = args.map((one) => one.value);
  const [operand] = values.filter((one) => !one.startsWith("-"));
  switch (first.value.slice(first.value.lastIndexOf("/") + 1)) {
    case "echo":
      return certain(echoed(values));
    case "printf":
      return certain(printed(values));
    case "true":
    case ":":
      return silence;
    case "cat":
      return values.length === 0 ? input : null;
    case "base64":
      return input === null || !input.certain ? null : certain(base64(values, input.text));
    case "rev":
      return input === null || values.length > 0 ? null : { ...input, text: reversed(input.text) };
    case "which":
    case "command":
      return operand === undefined ? null : guess(operand.startsWith("/") ? operand : `/usr/bin/${operand}`);
    case "whoami":
      return guess("root");
    case "uname":
      return values.length === 0 || values[0] === "-s" ? guess("Linux") : null;
    case "mktemp":
      return guess(operand ?? "/tmp/tmp.XXXXXXXXXX");
    default:
      return null;
  }
}

/** What several commands write one after the other. Of guesses the first is taken: the others are there in its stead. */
export function joinOutputs(outputs: readonly (ShValue | null)[]): ShValue | null {
  const known = outputs.filter((one) => one !== null);
  const guessed = known.find((one) => !one.certain);
  if (guessed !== undefined) return guessed;
  return known.length < outputs.length ? null : certain(known.map((one) => one.text).join(""));
}

function certain(text: string | null): ShValue | null {
  return text === null ? null : { text, certain: true };
}

function guess(text: string): ShValue {
  return { text: `${text}\n`, certain: false };
}

function base64(options: readonly string[], input: string): string | null {
  if (options.some((one) => ["-d", "-D", "--decode", "-di"].includes(one))) {
    const bytes = decodeBase64(input);
    return bytes === null ? null : new TextDecoder().decode(bytes);
  }
  let bytes = "";
  for (const byte of new TextEncoder().encode(input)) bytes += String.fromCharCode(byte);
  const encoded = btoa(bytes);
  return options.length === 0 ? encoded.replace(/.{1,76}/g, "$&\n") : `${encoded}\n`;
}

function reversed(text: string): string {
  return text
    .split("\n")
    .map((one) => [...one].reverse().join(""))
    .join("\n");
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
