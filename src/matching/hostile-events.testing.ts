import type { EventData } from "./readers/log-format.ts";

type Random = () => number;

/** Values that events of attackers, or of broken programs, may hold. */
function strangeValue(random: Random, needles: readonly string[], letters: number): unknown {
  const below = (limit: number): number => Math.floor(random() * limit);
  const needle = needles[below(needles.length)] ?? "a";
  const size = [10, 100, 1_000, 10_000, letters][below(100) === 0 ? 4 : below(4)] ?? 10;
  const filled = (text: string): string => text.repeat(Math.ceil(size / Math.max(1, text.length))).slice(0, size);
  switch (below(16)) {
    case 0:
      return filled(needle);
    case 1:
      return filled(`${needle} ${needles[below(needles.length)]} `);
    case 2:
      return filled(
        ["a", "-", " ", "\\", "0", "é", "ſ", "İ", "😀", "\ud800", "\u0000", "::", "%25", "${", "(("][below(15)] ?? "",
      );
    case 3:
      return [1e308, -0, 5e-324, Number.MAX_SAFE_INTEGER + 2, 2 ** 70, 1 / 3][below(6)];
    case 4:
      return ["NaN", "Infinity", "-0", "1e999", "0x", " 5 ", "0".repeat(size), "٣", "null", "undefined"][below(10)];
    case 5:
      return [
        "+275760-09-13T00:00:00.001Z",
        "9999-99-99T99:99:99Z",
        "-1",
        "99999999999999999999",
        8.64e15 + 1,
        -8.64e15,
      ][below(6)];
    case 6: {
      let deep: unknown = needle;
      for (let at = below(300); at > 0; at--)
        deep = at % 3 === 0 ? [deep] : { [at % 2 === 0 ? "__proto__x" : "a.b"]: deep };
      return deep;
    }
    case 7:
      return Array.from({ length: below(50) }, () => [needle, [needle, null, [1, true]]]);
    case 8:
      return JSON.parse(
        '{"__proto__":{"polluted":"x"},"constructor":{"prototype":{"polluted":1}},"toString":"x","length":-1}',
      );
    case 9:
      return Object.fromEntries(
        Array.from({ length: below(100) === 0 ? 3_000 : 10 }, (_, at) => [`${needle}${at}`, at]),
      );
    case 10:
      return needle.toUpperCase();
    case 11:
      return [null, true, false, "", {}, []][below(6)];
    case 12:
      return Array.from({ length: below(100) === 0 ? 20_000 : 20 }, (_, at) => `${needle}${at}`);
    default:
      return `${needle}${filled(needles[below(needles.length)] ?? "x").slice(0, 200)}`;
  }
}

/** A copy of an event with some of its members made strange. `letters`: of the longest text. */
export function strangeEvent(base: EventData, random: Random, needles: readonly string[], letters: number): EventData {
  const below = (limit: number): number => Math.floor(random() * limit);
  const copy = (value: unknown, depth: number): unknown => {
    if (random() < 0.06) return strangeValue(random, needles, letters);
    if (typeof value !== "object" || value === null || depth > 8) return value;
    if (Array.isArray(value)) return value.map((one) => copy(one, depth + 1));
    const made: Record<string, unknown> = {};
    for (const [name, one] of Object.entries(value)) {
      if (random() < 0.02) continue;
      const called =
        random() < 0.01
          ? (["constructor", "toString", "", ".", "a..b", "*", name.toUpperCase()][below(7)] ?? name)
          : name;
      made[called] = copy(one, depth + 1);
    }
    return made;
  };
  const made = copy(base, 0);
  return typeof made === "object" && made !== null && !Array.isArray(made) ? (made as EventData) : { value: made };
}

/** The largest events that readers let through, and others that cost most, by what they are. */
export function extremeEvents(needles: readonly string[]): ReadonlyMap<string, EventData> {
  const process = (data: object): EventData => ({
    Event: {
      System: {
        Provider: { Name: "Microsoft-Windows-Sysmon" },
        EventID: 1,
        Channel: "Microsoft-Windows-Sysmon/Operational",
        TimeCreated: { SystemTime: "2026-03-02T06:00:00Z" },
      },
      EventData: data,
    },
  });
  const ecs = (data: object): EventData => ({
    "@timestamp": "2026-03-02T06:00:00Z",
    event: { category: "process", type: "start" },
    host: { os: { type: "windows" } },
    ...data,
  });
  const million = (text: string): string => text.repeat(Math.ceil(1_000_000 / text.length)).slice(0, 1_000_000);
  const keys = (count: number, of: (at: number) => string): object =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [of(at), at]));
  const all = needles.join(" ");
  const fields = [
    "CommandLine",
    "ParentCommandLine",
    "Image",
    "ParentImage",
    "OriginalFileName",
    "Description",
    "User",
  ];
  let deep: unknown = "x";
  for (let at = 0; at < 2_000; at++) deep = at % 2 === 0 ? { a: deep } : [deep];
  return new Map<string, EventData>([
    ["a value of 1 MB", process({ CommandLine: million("a") })],
    ["1 MB of one needle", process({ CommandLine: million(needles[0] ?? "a") })],
    ["1 MB of all needles", process({ CommandLine: million(all) })],
    ["all needles in every field", process(Object.fromEntries(fields.map((one) => [one, million(all)])))],
    ["1 MB of dashes", process({ CommandLine: million("-/\u2013") })],
    ["1 MB of words", process({ CommandLine: million("a b c ") })],
    ["1 MB of quotes", process({ CommandLine: million('"a\\" ') })],
    ["1 MB beyond ASCII", process({ CommandLine: million("ſİΣ😀") })],
    ["16 MB", process({ CommandLine: million("ab ").repeat(16) })],
    ["100,000 names", process(keys(100_000, (at) => `name${at}`))],
    ["100,000 names, ECS", ecs(keys(100_000, (at) => `name${at}`))],
    ["10,000 names of members", ecs({ a: keys(10_000, (at) => `b${at}.c.d.e`) })],
    ["a name of 1 MB with dots", ecs({ [million("a.")]: 1 })],
    ["names under a name of 1 MB", ecs({ [million("ab")]: keys(10_000, (at) => `b${at}`) })],
    ["200,000 values of one name", process({ CommandLine: Array.from({ length: 200_000 }, (_, at) => `a${at}`) })],
    ["200,000 values, ECS", ecs({ process: { command_line: Array.from({ length: 200_000 }, (_, at) => `a ${at}`) } })],
    ["a list in lists, 2,000 deep", ecs({ process: deep })],
    ["a million nulls", ecs({ process: { args: Array.from({ length: 1_000_000 }, () => null) } })],
    [
      "unnamed data",
      process({ Data: Array.from({ length: 100_000 }, (_, at) => ({ "@Name": `x${at}`, "#text": all })) }),
    ],
  ]);
}
