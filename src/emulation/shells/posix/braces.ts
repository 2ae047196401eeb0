import type { ShPart } from "./syntax.ts";

/** Parts of a word whose braces are looked at. */
const maximumParts = 100;

/** `a{b,c}` → `ab`, `ac`; `{1..3}`. Only braces that stand in one unquoted text are looked at. */
export function expandBraces(parts: readonly ShPart[], most: number): readonly (readonly ShPart[])[] {
  // Copies of a word with that many parts would be of no use to anybody.
  if (parts.length > maximumParts) return [parts];
  let made: ShPart[][] = [[]];
  for (const part of parts) {
    const texts = part.type === "text" && !part.quoted ? expandText(part.text, most) : null;
    if (texts === null) for (const one of made) one.push(part);
    else {
      const choices = texts.map((text): ShPart => ({ type: "text", text, quoted: false }));
      made = made.flatMap((before) => choices.map((one) => [...before, one])).slice(0, most);
    }
  }
  return made;
}

function expandText(text: string, most: number, depth = 0): readonly string[] | null {
  const open = text.indexOf("{");
  if (open < 0 || depth > 8) return null;
  const group = groupAt(text, open);
  if (group === null) {
    const rest = expandText(text.slice(open + 1), most, depth + 1);
    return rest === null ? null : rest.map((one) => text.slice(0, open + 1) + one);
  }
  const choices = group.choices.flatMap((one) => expandText(one, most, depth + 1) ?? [one]);
  const after = text.slice(group.end);
  const tails = expandText(after, most, depth + 1) ?? [after];
  return choices.flatMap((one) => tails.map((tail) => text.slice(0, open) + one + tail)).slice(0, most);
}

function groupAt(text: string, open: number): { readonly choices: readonly string[]; readonly end: number } | null {
  const choices: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = open + 1; at < text.length; at++) {
    const char = text[at];
    if (char === "{") depth++;
    else if (char === "," && depth === 0) {
      choices.push(text.slice(from, at));
      from = at + 1;
    } else if (char === "}" && depth-- === 0) {
      if (choices.length > 0) return { choices: [...choices, text.slice(from, at)], end: at + 1 };
      const range = rangeOf(text.slice(from, at));
      return range === null ? null : { choices: range, end: at + 1 };
    }
  }
  return null;
}

function rangeOf(text: string): readonly string[] | null {
  const numbers = /^(-?\d{1,9})\.\.(-?\d{1,9})(?:\.\.(-?\d{1,9}))?$/.exec(text);
  if (numbers !== null) {
    const [from, to, by] = [Number(numbers[1]), Number(numbers[2]), Math.abs(Number(numbers[3] ?? 1)) || 1];
    const width = /^-?0\d/.test(numbers[1] ?? "") ? (numbers[1]?.length ?? 0) : 0;
    return stepped(from, to, by).map((one) => String(one).padStart(width, "0"));
  }
  const letters = /^([a-zA-Z])\.\.([a-zA-Z])$/.exec(text);
  if (letters === null) return null;
  return stepped(letters[1]?.charCodeAt(0) ?? 0, letters[2]?.charCodeAt(0) ?? 0, 1).map((one) =>
    String.fromCharCode(one),
  );
}

function stepped(from: number, to: number, by: number): readonly number[] {
  const found: number[] = [];
  for (let at = from; found.length < 200 && (from <= to ? at <= to : at >= to); at += from <= to ? by : -by)
    found.push(at);
  return found;
}
