/** What a piece of a query is, as far as its looks go; null for all that needs no colour. */
export interface HighlightedPiece {
  readonly text: string;
  readonly kind: "comment" | "string" | "number" | "word" | null;
}

/** How a language looks: enough to colour it, far from enough to understand it. */
interface Looks {
  readonly comments: readonly ("//" | "--" | "#" | "/*" | "```")[];
  /** What stands around texts; `/` for regular expressions. */
  readonly quotes: readonly ('"""' | '"' | "'" | "`" | "/")[];
  /** A backslash in a text takes the character after it. */
  readonly escapes: boolean;
  readonly words: readonly string[];
}

const booleanWords = ["and", "or", "not", "in", "true", "false", "null"];
const sqlWords =
  "select from where and or not in like ilike is null between exists case when then else end as on join left inner union all distinct group by having order asc desc limit with true false regexp matches imatches last start stop hours minutes days interval filter over partition";

const looks: Readonly<Record<string, Looks>> = {
  eql: {
    comments: ["//", "/*"],
    quotes: ['"""', '"', "`"],
    escapes: true,
    words: [
      ...booleanWords,
      ..."any where process file registry network library dns authentication driver api sequence sample by with maxspan until join like like~ in~ regex regex~ head tail".split(
        " ",
      ),
    ],
  },
  esql: {
    comments: ["//", "/*"],
    quotes: ['"""', '"', "`"],
    escapes: true,
    words: [
      ...booleanWords,
      ..."from where eval stats by keep drop rename sort limit dissect grok enrich lookup join on row inlinestats mv_expand metadata as like rlike is asc desc with".split(
        " ",
      ),
    ],
  },
  kuery: { comments: [], quotes: ['"'], escapes: true, words: booleanWords },
  lucene: { comments: [], quotes: ['"', "/"], escapes: true, words: ["and", "or", "not", "to"] },
  spl: {
    comments: ["```"],
    quotes: ['"', "'"],
    escapes: true,
    words: [
      ...booleanWords,
      ..."search where eval stats tstats eventstats streamstats by as from rename table fields sort dedup bin bucket span timechart chart lookup inputlookup outputlookup join append rex spath mvexpand fillnull transaction head tail values count dc sum min max avg earliest latest first last summariesonly allow_old_summaries like match if case coalesce datamodel prestats xor over".split(
        " ",
      ),
    ],
  },
  kusto: {
    comments: ["//"],
    quotes: ['"', "'", "`"],
    escapes: true,
    words: [
      ...booleanWords,
      ..."let where extend project project-away project-rename project-reorder summarize by join kind on union distinct take top limit sort order asc desc parse parse-where mv-expand mv-apply evaluate datatable materialize make-series invoke as with has has_cs has_any has_all hasprefix hassuffix contains contains_cs startswith endswith matches regex between ago now bin count dcount make_set make_list any arg_max arg_min tostring toint tolong todatetime dynamic datetime timespan in~ isnotempty isempty iff case".split(
        " ",
      ),
    ],
  },
  "yara-l": {
    comments: ["//", "/*"],
    quotes: ['"', "`", "/"],
    escapes: true,
    words: [
      ...booleanWords,
      ..."rule meta events match over condition outcome options nocase any all re if before after".split(" "),
    ],
  },
  sigma: {
    comments: ["#"],
    quotes: ['"', "'"],
    escapes: false,
    words: [
      ...booleanWords,
      ..."title id name status description references author date modified tags logsource category product service definition detection condition falsepositives level fields related license correlation type rules group-by timespan aliases generate of them".split(
        " ",
      ),
    ],
  },
  logscale: {
    comments: ["//", "/*"],
    quotes: ['"', "'", "/"],
    escapes: true,
    words: [
      ...booleanWords,
      ..."groupBy count test regex case in select table sort head tail rename drop join selfJoin selfJoinFilter bucket span eval match cidr default field values function collect min max sum avg".split(
        " ",
      ),
    ],
  },
  aql: { comments: ["--"], quotes: ['"', "'"], escapes: false, words: sqlWords.split(" ") },
  sql: { comments: ["--", "/*"], quotes: ['"', "'"], escapes: false, words: sqlWords.split(" ") },
  sumo: {
    comments: ["//", "/*"],
    quotes: ['"'],
    escapes: true,
    words: [
      ...booleanWords,
      ..."where parse json auto field as fields count by timeslice sort top limit if matches nodrop keyvalue regex lookup join on if else count_distinct first last min max sum avg values transaction total".split(
        " ",
      ),
    ],
  },
};

/** Languages that go by several names. */
const sameAs: Readonly<Record<string, string>> = { qradar: "aql", "sumo-logic": "sumo", "google-secops": "yara-l" };

const commentPatterns: Readonly<Record<Looks["comments"][number], string>> = {
  "//": "\\/\\/[^\\n]*",
  "--": "--[^\\n]*",
  "#": "(?<=^|[ \\t])#[^\\n]*",
  "/*": "\\/\\*[\\s\\S]*?(?:\\*\\/|$(?![\\s\\S]))",
  "```": "```[\\s\\S]*?(?:```|$(?![\\s\\S]))",
};

function textPattern(quote: Looks["quotes"][number], escapes: boolean): string {
  if (quote === '"""') return '"""[\\s\\S]*?(?:"""|$(?![\\s\\S]))';
  if (quote === "/") return "(?<=[=~(:,]\\s?|^)\\/(?![/*])(?:[^/\\\\\\n]|\\\\.)+\\/[a-z]*";
  return escapes ? `${quote}(?:[^${quote}\\\\\\n]|\\\\.)*${quote}?` : `${quote}[^${quote}\\n]*${quote}?`;
}

interface Scanner {
  readonly pattern: RegExp;
  readonly words: ReadonlySet<string>;
}

const scanners = new Map(
  Object.entries(looks).map(([language, one]): readonly [string, Scanner] => {
    const comments = one.comments.map((mark) => commentPatterns[mark]).join("|") || "(?!)";
    const texts = one.quotes.map((quote) => textPattern(quote, one.escapes)).join("|");
    const pattern = new RegExp(
      `(?<comment>${comments})|(?<string>${texts})|(?<word>[A-Za-z_@$][\\w.@$-]*~?)|(?<number>\\d[\\w.]*)`,
      "gm",
    );
    return [language, { pattern, words: new Set(one.words.map((word) => word.toLowerCase())) }];
  }),
);

/** A query cut where its colour changes; the pieces joined are the query. A language that is not known has one piece. */
export function highlight(text: string, language: string): readonly HighlightedPiece[] {
  const scanner = scanners.get(sameAs[language] ?? language);
  if (scanner === undefined) return [{ text, kind: null }];
  const pieces: HighlightedPiece[] = [];
  let done = 0;
  for (const { 0: found, index, groups = {} } of text.matchAll(scanner.pattern)) {
    const kind = kindOf(groups, scanner.words);
    if (kind === null) continue;
    if (index > done) pieces.push({ text: text.slice(done, index), kind: null });
    pieces.push({ text: found, kind });
    done = index + found.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), kind: null });
  return pieces;
}

function kindOf(groups: Readonly<Record<string, string>>, words: ReadonlySet<string>): HighlightedPiece["kind"] {
  if (groups.comment !== undefined) return "comment";
  if (groups.string !== undefined) return "string";
  if (groups.number !== undefined) return "number";
  return words.has((groups.word ?? "").toLowerCase()) ? "word" : null;
}
