import type { ClassItem, Regex } from "../regex/ast.ts";

/** For tests: a text that a regular expression finds; null where none is easily told. */
export function sampleOf(regex: Regex): string | null {
  switch (regex.type) {
    case "char":
      return regex.char;
    case "any":
      return "q";
    case "class":
      return classSample(regex.negated, regex.items);
    case "sequence": {
      let text = "";
      for (const part of regex.parts) {
        const one = sampleOf(part);
        if (one === null) return null;
        text += one;
      }
      return text;
    }
    case "choice":
      return regex.options.map(sampleOf).find((one) => one !== null) ?? null;
    case "repeat": {
      const one = regex.min === 0 ? "" : sampleOf(regex.part);
      return one === null ? null : one.repeat(regex.min);
    }
    case "group":
      return sampleOf(regex.part);
    case "start":
    case "end":
    case "boundary":
    case "look":
      return "";
    case "peculiar":
      return null;
    default:
      return regex satisfies never;
  }
}

const candidates = ["a", "1", "_", " ", "-", "%", ".", "\\", "/", "Z", "é", "g", ";"];

function classSample(negated: boolean, items: readonly ClassItem[]): string | null {
  const [first] = items;
  const own = first?.type === "range" && !negated ? first.from : null;
  return own ?? candidates.find((one) => items.some((item) => holds(item, one)) !== negated) ?? null;
}

function holds(item: ClassItem, char: string): boolean {
  switch (item.type) {
    case "range":
      return char >= item.from && char <= item.to;
    case "set":
      return { digit: /\d/u, word: /\w/u, space: /\s/u }[item.set].test(char) !== item.negated;
    case "peculiar":
      return false;
    default:
      return item satisfies never;
  }
}
