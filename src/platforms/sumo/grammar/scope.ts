import {
  expect,
  nested,
  peek,
  refuse,
  type Scanner,
  skipBlank,
  take,
  takeMark,
  takeString,
  takeWord,
} from "./scanner.ts";

const bare = /[A-Za-z0-9\-_:/.+@#$%^*?]+/y;
const metadata = /[A-Za-z_][A-Za-z0-9_.]*(?=[ \t]*=)/y;

/**
 * What comes before the first pipe: keywords and metadata fields with `NOT`, `AND` (also unwritten) and `OR`, in this
 * order of precedence. Case never matters here, and in keywords `*` stands for any characters, `?` for one; between
 * double quotes both are taken as they are. A word without quotes has only letters, digits and `- _ : / . + @ # $ % ^`.
 * https://www.sumologic.com/help/docs/search/get-started-with-search/build-search/keyword-search-expressions/
 */
export function readScope(scanner: Scanner): void {
  readAny(scanner);
}

function readAny(scanner: Scanner): void {
  do readAll(scanner);
  while (takeWord(scanner, "or"));
}

function readAll(scanner: Scanner): void {
  do readOne(scanner);
  while (takeWord(scanner, "and") || !ends(scanner));
}

/** Where no further term can begin. */
function ends(scanner: Scanner): boolean {
  skipBlank(scanner);
  return peek(scanner, /$|[|)]|or(?![A-Za-z0-9_.])/iy) !== null;
}

function readOne(scanner: Scanner): void {
  while (takeWord(scanner, "not") || takeMark(scanner, "!"));
  if (takeMark(scanner, "(")) {
    nested(scanner, () => readAny(scanner));
    expect(scanner, ")", "A closing ) is expected.");
    return;
  }
  skipBlank(scanner);
  const field = take(scanner, metadata);
  if (field !== null) {
    scanner.fields.add(field);
    expect(scanner, "=", "An = is expected.");
  }
  if (takeString(scanner) !== null) return;
  const from = skipBlank(scanner);
  const word = take(scanner, bare);
  if (word === null) refuse(scanner, "A keyword is expected.");
  if (/^(?:and|or|not)$/iu.test(word)) refuse(scanner, `${word} has nothing to join here.`, from);
  if (word.includes("//") || word.includes("/*")) refuse(scanner, "This begins a comment inside of a word.", from);
  const next = scanner.text[scanner.at];
  if (next !== undefined && !/[\s|()]/u.test(next)) refuse(scanner, `${next} needs double quotes around the keyword.`);
  scanner.literals.push({ kind: "string", value: word, at: from });
}
