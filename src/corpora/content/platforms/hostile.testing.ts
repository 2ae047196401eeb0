/** Texts that somebody could hope to break out of a literal with. */
const pieces = [
  '"',
  "'",
  "`",
  "\\",
  "\n",
  "\r",
  "\t",
  "\0",
  "\u2028",
  "\u0085",
  "$",
  "${",
  "$(",
  "{{",
  "}}",
  "*",
  "?",
  "%",
  "_",
  "|",
  ";",
  "--",
  "//",
  "/*",
  "*/",
  "#",
  "```",
  '"""',
  "'''",
  '@"',
  "@'",
  "h'",
  ")",
  "(",
  "]",
  "[",
  "}",
  "{",
  '\\"',
  "\\'",
  "\\\\",
  "\\n",
  "\\u0027",
  "\\x22",
  "' OR '1'='1",
  '" or true or "',
  "*) OR (*",
  "| delete",
  "\u202e",
  "é",
  "ß",
  "😀",
  "\ud800",
  " ",
  "  ",
  "a",
  "Z",
  "0",
  "<",
  ">",
  "&",
  "=",
  "~",
  ":",
  ",",
  "..",
  "\\E",
  "\\Q",
  "(?i)",
  "[[:alpha:]]",
  "^",
  "+",
  "!",
  "\u00a0",
] as const;

/** A generator of pseudo-random numbers below 1, so that a failing case can be had again. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A hostile text of some pieces; a long one has 100 KB. */
export function hostileText(random: () => number, long = false): string {
  const count = 1 + Math.floor(random() * 7);
  let text = "";
  for (let i = 0; i < count; i++) text += pieces[Math.floor(random() * pieces.length)] ?? "";
  return long ? text.padEnd(100_000, `${text} and so on and on and on `) : text;
}
