/** Expressions that make searches slow, programs large, or parsers deep; the same on every run. */
export function hostileRegexes(count: number, random: () => number): readonly string[] {
  const below = (limit: number): number => Math.floor(random() * limit);
  const made = new Set<string>(known);
  while (made.size < count) made.add(part(0));
  return [...made].slice(0, count);

  function part(depth: number): string {
    const inner = (): string => (depth > 4 ? atom() : part(depth + 1));
    switch ([0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 7, 8, 8, 8, 9, 9, 10][below(depth === 0 ? 19 : 40)] ?? 9) {
      case 0:
        return `(${inner()}+)+`;
      case 1:
        return `(?:${inner()}|${inner()}|${inner()})*${inner()}`;
      case 2:
        return `${group(inner())}{${below(30)},${30 + below(1_200)}}`;
      case 3:
        return `${inner()}.*${inner()}.*${inner()}`;
      case 4:
        return `(?${["=", "!", "<=", "<!", "i:", ">", "P<a>"][below(7)]}${inner()})`;
      case 5:
        return `(${inner()})\\${1 + below(3)}`;
      case 6:
        return `${["\\b", "^", "(?i:", "(?s)", "(?m)", "\\A", "(?x)"][below(7)]}${inner()}${["$", "\\z", "\\b", "", ")", "("][below(6)]}`;
      case 7:
        return `(?:${Array.from({ length: 2 + below(depth === 0 ? 2_000 : 10) }, (_, at) => `${atom()}${at}`).join("|")})`;
      case 8:
        return `${group(inner())}*${group(inner())}*${group(inner())}*x`;
      default:
        return `${atom()}${inner()}`;
    }
  }
  function group(text: string): string {
    return `(?:${text})`;
  }
  function atom(): string {
    return (
      [
        "a",
        "b",
        ".",
        "\\w",
        "\\d",
        "[^x]",
        "[a-z]",
        "\\p{L}",
        "\\P{Lu}",
        "\\s",
        "é",
        "\\x{1F600}",
        "[\\w-]",
        "aa",
        "\\\\",
      ][below(15)] ?? "a"
    );
  }
}

const known: readonly string[] = [
  "(a+)+$",
  "(a|a)*b",
  "(a|aa)+c",
  "(.*a){20}x",
  "(.*)*b",
  "(?:a?){500}a{500}",
  "(\\w+\\s*)+:",
  "\\p{L}{1000}x",
  "(.{1,30}x){1,30}y",
  "(x+x+)+y",
  "((a{0,30}){0,30}){0,30}b",
  "(?:x{1000}){1000}",
  ".{1000,}",
  "[^\\x00-\\x{10FFFF}]",
  "(".repeat(20_000),
  `${"(".repeat(900)}a${")".repeat(900)}`,
  "[".repeat(5_000),
  "a?".repeat(5_000),
  "(?:a|b){1000}".repeat(30),
  Array.from({ length: 5_000 }, (_, at) => `word${at}`).join("|"),
  "^(([a-z])+.)+[A-Z]([a-z])+$",
  "(?=(a+))a*b\\1",
  "(?<!a)b{0,1000}$",
  "\\",
  "a{2,1}",
  "*",
  "(?P<n>a)(?P<n>b)",
  "\\u{110000}",
  "a{99999999999}",
];
