import { randomFrom } from "../../languages/mutation.ts";
import type { LogFormat } from "./log-format.ts";
import { readPieces, type Whole } from "./testing.ts";

/** What readers stumble over; each stands in the syntax of at least one format. */
const pieces = [
  "{",
  "}",
  "[",
  "]",
  '"',
  "\\",
  "\\u0000",
  ":",
  ",",
  ";",
  "\t",
  "\n",
  "\r\n",
  "\u001e",
  "\u001d",
  "\u0000",
  "\ufeff",
  "é",
  "😀",
  "1e999",
  "null",
  '{"__proto__":{"polluted":1}}',
  '{"Records":[{',
  '{"hits":{"hits":[{',
  "<",
  ">",
  "</",
  "/>",
  "<Event>",
  "</Event>",
  "<Event",
  "<![CDATA[",
  "]]>",
  "<!--",
  "-->",
  "<!DOCTYPE a [",
  "<?",
  "&amp;",
  "&#x0;",
  "'",
  '""',
  "=",
  "msg='",
  "type=EXECVE msg=audit(1.000:1): a0=",
  "a0[0]=",
  "<13>",
  "<191>1 - - - - - [",
  "sep=;\n",
  "#TYPE x\n",
].map((one) => new TextEncoder().encode(one));

/** Openings that are repeated. */
const nests = ['{"a":', "[", "<a>", "<Event>", '"', "[[{", '{"Records":[', '<a b="', "(", "\\", ",", "\n{"].map((one) =>
  new TextEncoder().encode(one),
);

/** One damaged variant of a file. */
function mutate(file: Uint8Array, other: Uint8Array, random: () => number): Uint8Array {
  const pick = (limit: number): number => Math.floor(random() * limit);
  const at = pick(file.length + 1);
  const length = pick(Math.min(200, file.length - at) + 1);
  const before = file.subarray(0, at);
  const after = file.subarray(at);
  const piece = pieces[pick(pieces.length)] ?? new Uint8Array(0);
  switch (pick(9)) {
    case 0:
      return join(before, Uint8Array.of(pick(256)), after.subarray(1));
    case 1:
      return join(before, after.subarray(length));
    case 2:
      return before;
    case 3:
      return join(before, piece, after);
    case 4:
      return join(before, ...Array.from({ length: 1 + pick(20) }, () => piece), after.subarray(length));
    case 5:
      return join(before, other.subarray(pick(other.length + 1)));
    case 6:
      return join(before, after.subarray(0, length), after.subarray(0, length), after);
    case 7:
      return mutate(mutate(file, other, random), other, random);
    default: {
      if (pick(10) > 0)
        return join(
          before,
          Uint8Array.from({ length: pick(20) }, () => pick(256)),
          after,
        );
      const nest = nests[pick(nests.length)] ?? piece;
      return join(before, ...Array.from({ length: 10_000 }, () => nest), after);
    }
  }
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of parts) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}

export interface ReaderFuzzResult {
  readonly cases: number;
  readonly records: number;
  readonly faults: number;
  /** The longest that one file took, in milliseconds. */
  readonly slowestMs: number;
  readonly failures: readonly { readonly file: Uint8Array; readonly error: string }[];
}

export interface ReaderFuzzOptions {
  readonly seeds: readonly Uint8Array[];
  readonly count: number;
  readonly seed: number;
  readonly now: () => number;
}

/**
 * Reads damaged files. A failure is an exception, a record that is none, a number or an offset that cannot be, and a file that
 * comes to something else when it is cut into pieces.
 */
export function fuzzFormat(format: LogFormat, options: ReaderFuzzOptions): ReaderFuzzResult {
  const random = randomFrom(options.seed);
  const failures: { file: Uint8Array; error: string }[] = [];
  let records = 0;
  let faults = 0;
  let slowestMs = 0;
  for (let i = 0; i < options.count; i++) {
    const choose = (): Uint8Array => options.seeds[Math.floor(random() * options.seeds.length)] ?? new Uint8Array(0);
    const file = mutate(choose(), choose(), random);
    const size = 1 + Math.floor(random() * 200);
    try {
      const started = options.now();
      const whole = readPieces(format, file, () => file.length);
      slowestMs = Math.max(slowestMs, options.now() - started);
      records += whole.events.length;
      faults += whole.faults.length;
      const error =
        wrongIn(whole, file) ??
        differenceOf(
          whole,
          readPieces(format, file, (from) => Math.min(file.length, from + size)),
          size,
        );
      if (error !== null) failures.push({ file, error });
    } catch (error) {
      failures.push({ file, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  return { cases: options.count, records, faults, slowestMs, failures };
}

function wrongIn({ events, numbers, faults }: Whole, file: Uint8Array): string | null {
  if ((Object.prototype as Record<string, unknown>).polluted !== undefined)
    return "A record changed what all objects have.";
  if (events.some((one) => typeof one !== "object" || one === null || Array.isArray(one)))
    return "A record is no object.";
  const all = [...numbers, ...faults.flatMap((one) => one.number ?? [])].sort((a, b) => a - b);
  if (all.some((one, index) => one !== index + 1)) return `Numbers are not 1, 2, 3 …: ${all.slice(0, 50).join(", ")}`;
  const strange = faults.find((one) => one.offset !== null && (one.offset < 0 || one.offset > file.length));
  return strange === undefined ? null : `A fault lies at ${strange.offset} of ${file.length} bytes.`;
}

function differenceOf(whole: Whole, cut: Whole, size: number): string | null {
  const [a, b] = [JSON.stringify(whole), JSON.stringify(cut)];
  if (a === b) return null;
  const at = [...a].findIndex((one, index) => one !== b[index]);
  return `In pieces of ${size} bytes: ${b.slice(Math.max(0, at - 100), at + 200)} instead of ${a.slice(Math.max(0, at - 100), at + 200)}`;
}
