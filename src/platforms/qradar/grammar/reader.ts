import type { AqlProblem, AqlToken } from "./tokens.ts";
import { reservedWords } from "./words.ts";

/** Groups within groups beyond this are refused rather than followed. */
const deepest = 500;

/** A cursor over the tokens of one query. The first problem of the grammar ends the reading. */
export interface Reader {
  readonly peek: (ahead?: number) => AqlToken;
  readonly next: () => AqlToken;
  /** Does this keyword come next? Letter case does not matter. */
  readonly isWord: (word: string, ahead?: number) => boolean;
  readonly isSign: (sign: string, ahead?: number) => boolean;
  /** Takes it if it comes next. */
  readonly word: (word: string) => boolean;
  readonly sign: (sign: string) => boolean;
  readonly expectWord: (word: string) => void;
  readonly expectSign: (sign: string) => void;
  readonly fail: (message: string, at?: number) => never;
  /** Reads within one more group. */
  readonly deeper: (read: () => void) => void;
}

/** What `fail` throws, so that nothing behind the first fault is misread. */
export class GrammarFault extends Error {
  readonly problem: AqlProblem;
  constructor(problem: AqlProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

export function openReader(tokens: readonly AqlToken[]): Reader {
  let position = 0;
  let depth = 0;
  const end: AqlToken = tokens.at(-1) ?? { type: "end", value: "", at: 0 };
  const peek = (ahead = 0): AqlToken => tokens[position + ahead] ?? end;
  const next = (): AqlToken => {
    const token = peek();
    position++;
    return token;
  };
  const fail = (message: string, at = peek().at): never => {
    throw new GrammarFault({ at, message });
  };
  const isWord = (word: string, ahead = 0): boolean => {
    const token = peek(ahead);
    return token.type === "word" && token.value.toUpperCase() === word;
  };
  const isSign = (sign: string, ahead = 0): boolean => {
    const token = peek(ahead);
    return token.type === "sign" && token.value === sign;
  };
  const word = (name: string): boolean => isWord(name) && next() !== undefined;
  const sign = (name: string): boolean => isSign(name) && next() !== undefined;
  return {
    peek,
    next,
    isWord,
    isSign,
    word,
    sign,
    expectWord: (name) => {
      if (!word(name)) fail(`Expected ${name}.`);
    },
    expectSign: (name) => {
      if (!sign(name)) fail(`Expected ${JSON.stringify(name)}.`);
    },
    fail,
    deeper: (read) => {
      if (depth >= deepest) fail("Groups are nested too deep.");
      depth++;
      read();
      depth--;
    },
  };
}

/** May this token stand as the name of a property or alias without quotation marks? */
export function isPlainName({ type, value }: AqlToken): boolean {
  return type === "word" && !reservedWords.has(value.toUpperCase());
}
