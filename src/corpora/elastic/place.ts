/** Where a query stands in its file. */
export interface Place {
  /** null where the text does not stand there letter for letter, because of escapes. */
  readonly offset: number | null;
  /** 1-based. */
  readonly line: number;
}

/** Finds values in one TOML file. The parser gives no places, so keys at the start of a line are looked at in turn. */
export interface Places {
  /** Of the string value of a key. */
  readonly ofText: (key: string, text: string) => Place;
  /** Of strings in the list value of a key, in order; each may be a part of its string. */
  readonly ofItems: (key: string, texts: readonly string[]) => readonly Place[];
  /** Lines of the headers `[[name]]`. */
  readonly linesOfTables: (name: string) => readonly number[];
}

/** What is looked at before a place is given up, so that no file costs more than its length times this. */
const attempts = 100;

export function openPlaces(raw: string): Places {
  const lineOf = countLines(raw);
  return {
    ofText: (key, text) => {
      const values = lineHeads(raw, key)
        .flatMap((start) => contentStart(raw, start + key.length))
        .slice(0, attempts);
      const offset = values.find((at) => raw.startsWith(text, at));
      if (offset !== undefined) return { offset, line: lineOf(offset) };
      return { offset: null, line: lineOf(values[0] ?? 0) };
    },
    ofItems: (key, texts) => {
      let from = lineHeads(raw, key).find((start) => contentStart(raw, start + key.length).length > 0) ?? 0;
      return texts.map((text, index) => {
        const offset = text === "" || index >= attempts ? -1 : raw.indexOf(text, from);
        if (offset < 0) return { offset: null, line: lineOf(from) };
        from = offset + text.length;
        return { offset, line: lineOf(offset) };
      });
    },
    linesOfTables: (name) => lineHeads(raw, `[[${name}]]`).map(lineOf),
  };
}

/** Lines of offsets; goes on from the last one, as long as offsets grow. */
function countLines(raw: string): (offset: number) => number {
  let line = 1;
  let next = raw.indexOf("\n");
  let last = 0;
  return (offset) => {
    if (offset < last) {
      line = 1;
      next = raw.indexOf("\n");
    }
    last = offset;
    while (next >= 0 && next < offset) {
      line++;
      next = raw.indexOf("\n", next + 1);
    }
    return line;
  };
}

/** Offsets of the lines that begin with these words. */
function lineHeads(raw: string, words: string): readonly number[] {
  const heads = raw.startsWith(words) ? [0] : [];
  for (let at = raw.indexOf(`\n${words}`); at >= 0; at = raw.indexOf(`\n${words}`, at + 1)) heads.push(at + 1);
  return heads;
}

/** After the end of a key: offset of the first character of its value, within the quotes of a string; none without `=`. */
function contentStart(raw: string, keyEnd: number): readonly number[] {
  let at = skipBlanks(raw, keyEnd);
  if (raw[at] !== "=") return [];
  at = skipBlanks(raw, at + 1);
  const quote = raw[at];
  if (quote !== '"' && quote !== "'") return [at];
  if (!raw.startsWith(quote.repeat(3), at)) return [at + 1];
  if (raw.startsWith("\r\n", at + 3)) return [at + 5];
  return [raw[at + 3] === "\n" ? at + 4 : at + 3];
}

function skipBlanks(raw: string, from: number): number {
  let at = from;
  while (raw[at] === " " || raw[at] === "\t") at++;
  return at;
}
