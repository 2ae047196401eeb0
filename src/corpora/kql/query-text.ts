/** Words behind a fence that say Kusto, in lower case. */
const kustoTags: ReadonlySet<string> = new Set(["kql", "kusto", "csl"]);

/** Operators after which a pipe is one of Kusto's. Few shells and languages have a program of such a name. */
const operators = [
  "as|count|distinct|evaluate|extend|filter|find|getschema|invoke|join|limit|lookup|make-series|mv-apply|mv-expand",
  "mvexpand|order|parse|parse-kv|parse-where|partition|project|project-away|project-keep|project-rename",
  "project-reorder|render|sample|scan|search|serialize|sort|summarize|take|top|union|where",
].join("|");

const piped = new RegExp(`\\|\\s*(?:${operators})(?![\\w-])`, "u");

/** What a query may begin with: a piped operator, a statement, or a source with a pipe or nothing but a comment behind it. */
const beginnings: readonly RegExp[] = [
  new RegExp(`^\\|\\s*(?:${operators})(?![\\w-])`, "u"),
  /^(?:let|set|declare|alias|restrict)\s+[\w[]/u,
  new RegExp(
    `^(?:\\[['"][^'"\\]\\n]*['"]\\]|[A-Za-z_]\\w*(?:\\([^()\\n]*\\))?(?:\\.\\w+)*)\\s*(?:;|//|\\|\\s*(?:${operators})(?![\\w-]))`,
    "u",
  ),
];

/** Operators that may stand at the beginning and have their table behind them; a shell knows some of their names. */
const leading = /^(?:union|search|find|print|range|datatable|externaldata)[\s(]/u;

/** What the tag of a fence says of the code: `kusto`, `other`, or nothing. */
export function tagMeaning(tag: string): "kusto" | "other" | "none" {
  const word = tag.toLowerCase();
  if (word === "") return "none";
  return kustoTags.has(word) ? "kusto" : "other";
}

/** Length of the tag where it runs on into the query (```` ```KQLSigninLogs ````); null where it does not. */
export function gluedTag(tag: string): number | null {
  return /^(?:kql|KQL)[A-Z]\w*$/u.test(tag) ? 3 : null;
}

/**
 * Is code without a tag a Kusto query? It must begin as one, after its comments: with a piped operator, a `let`, or a
 * table or function with a piped operator behind it. Command lines, lists, JSON and addresses do not.
 */
export function looksLikeKusto(code: string): boolean {
  const text = withoutLeadingComments(code);
  if (leading.test(text)) return piped.test(text) || text.includes("(");
  return beginnings.some((one) => one.test(text)) && (piped.test(text) || /^(?:let|set|declare)\s/u.test(text));
}

function withoutLeadingComments(code: string): string {
  let at = 0;
  for (;;) {
    while (at < code.length && (code.charCodeAt(at) <= 32 || code[at] === "\uFEFF")) at++;
    if (!code.startsWith("//", at)) return code.slice(at);
    const end = code.indexOf("\n", at);
    if (end < 0) return "";
    at = end;
  }
}
