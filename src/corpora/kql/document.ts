import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { lineStarts, positionAt, span } from "../../kit/span.ts";
import type { AttackTag, RuleDocument, RuleKind, RuleQuery } from "../../rule/document.ts";
import { addressesIn } from "../addresses.ts";
import { cvesOf } from "../cve.ts";
import { blocksOf, type Fence } from "./markdown.ts";
import {
  addressesOf,
  authorsOf,
  markdownOf,
  type Part,
  partsOf,
  pointsOf,
  roleOf,
  techniquesOf,
  titlePart,
} from "./page.ts";
import { gluedTag, looksLikeKusto, tagMeaning } from "./query-text.ts";

/** Folders whose queries are run by hand, in search of something or after an incident. */
const huntFolders = /^(?:Threat Hunting|Threat Hunting Cases|DFIR)\//u;

/** The rule that a page is; null for a page without a single query. Never throws, whatever the page holds. */
export function pageDocument(path: string, raw: string): RuleDocument | null {
  const parts = partsOf(blocksOf(raw));
  const lines = lineStarts(raw);
  const found = parts.flatMap((part) =>
    part.blocks.flatMap((block) => {
      const query = block.type === "fence" ? queryAt(raw, block) : null;
      return block.type === "fence" && query !== null ? [{ part, fence: block, ...query }] : [];
    }),
  );
  if (found.length === 0) return null;
  const top = titlePart(parts);
  const fences = new Set(found.map((one) => one.fence));
  const text = (part: Part): string => markdownOf(raw, part, fences);
  const ofRole = (role: ReturnType<typeof roleOf>): readonly Part[] =>
    parts.filter((one) => one !== top && one.depth > 0 && roleOf(one) === role);
  const described = ofRole("description")
    .map(text)
    .filter((one) => one !== "");
  const introduced = [...(top === null ? [] : [top]), ...parts.filter((one) => one.depth === 0)].map(text);
  const introduction = introduced.filter((one) => one !== "").join("\n\n");
  const title = top?.title || titleOfPath(path);
  return {
    corpus: "kql",
    id: path,
    path,
    title,
    description: described.length > 0 ? described.join("\n\n") : introduction,
    kind: kindOf(path),
    status: "",
    lifecycle: /(?:^|\/)deprecated[^/]*\//iu.test(path) ? "deprecated" : "active",
    severity: null,
    riskScore: null,
    authors: ofRole("authors").flatMap((one) => authorsOf(raw, one)),
    licence: "BSD-3-Clause",
    created: null,
    modified: null,
    references: [
      ...new Set([
        ...ofRole("references").flatMap((one) => addressesOf(raw, one)),
        ...ofRole("other").flatMap((one) => addressesIn(one.title)),
      ]),
    ],
    falsePositives: ofRole("false positives").flatMap((one) => pointsOf(raw, one)),
    tags: [],
    attack: distinctTags(parts.flatMap((one) => techniquesOf(raw, one))),
    cves: cvesOf([title, path]),
    related: [],
    simulations: [],
    logSources: [],
    outputFields: [],
    sections: [
      ...(described.length > 0 && introduction !== "" ? [{ title: "Introduction", markdown: introduction }] : []),
      ...[...ofRole("frame"), ...ofRole("other")]
        .map((one) => ({ title: one.title, markdown: text(one) }))
        .filter((one) => one.markdown !== ""),
    ],
    facts: { ...categoryOf(path), ...statedInHeadings(ofRole("other")) },
    raw,
    queryless: false,
    queries: found.map(({ part, start, end }): RuleQuery => {
      const label = part === top ? "" : part.title;
      return {
        role: "main",
        language: "kusto",
        text: raw.slice(start, end),
        ...(label === "" ? {} : { title: label }),
        offset: start,
        line: positionAt(lines, start).line,
      };
    }),
    stages: [],
    diagnostics: found.flatMap(({ fence, start }) => problemsOf(fence, start)),
  };
}

/** Where a query stands within a fence; null for other code. */
function queryAt(raw: string, fence: Fence): { readonly start: number; readonly end: number } | null {
  const { tag, tagStart, contentStart, contentEnd } = fence;
  const glued = gluedTag(tag);
  if (glued !== null) return { start: tagStart + glued, end: Math.max(contentEnd, tagStart + tag.length) };
  const code = raw.slice(contentStart, contentEnd);
  if (code.trim() === "") return null;
  switch (tagMeaning(tag)) {
    case "kusto":
      return { start: contentStart, end: contentEnd };
    case "none":
      return looksLikeKusto(code) ? { start: contentStart, end: contentEnd } : null;
    case "other":
      return null;
  }
}

function problemsOf(fence: Fence, start: number): readonly Diagnostic[] {
  const glued =
    start < fence.contentStart
      ? [
          diagnostic(
            "kql/query-on-fence-line",
            "warning",
            "A query was expected to begin on the line below its fence; it was read from behind the tag.",
            span(fence.tagStart, fence.tagStart + fence.tag.length),
            "Put a line break behind the tag.",
          ),
        ]
      : [];
  const open = fence.closed
    ? []
    : [
        diagnostic(
          "kql/unclosed-fence",
          "warning",
          "A closing fence was expected behind this query; it was read up to the next heading or the end.",
          span(fence.start, fence.tagStart),
          "Add a line of three backticks behind the query.",
        ),
      ];
  return [...glued, ...open];
}

function kindOf(path: string): RuleKind {
  return huntFolders.test(path) ? "hunt" : "rule";
}

function titleOfPath(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.md$/iu, "");
}

/** `#### Source: AbuseCH`: a heading with nothing below it says all by itself. Addresses are references. */
function statedInHeadings(parts: readonly Part[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    parts.flatMap(({ title, blocks }) => {
      const [, name, value] = /^([A-Z][A-Za-z ]*): +(\S.*)$/u.exec(title) ?? [];
      return name === undefined || value === undefined || blocks.length > 0 || addressesIn(value).length > 0
        ? []
        : [[name, value]];
    }),
  );
}

function categoryOf(path: string): Readonly<Record<string, string>> {
  const folder = path.split("/").slice(0, -1).join(" / ");
  return folder === "" ? {} : { Category: folder };
}

function distinctTags(tags: readonly AttackTag[]): readonly AttackTag[] {
  return [...new Map(tags.map((one) => [one.id, one])).values()];
}
