import type { Database } from "../catalog/database.ts";
import { ownCorpus } from "../corpora/content/authored/index.ts";
import type { DerivedEvent } from "../emulation/derived-event.ts";
import { rulesNamedIn } from "../hunt/package-proof/package-rules.ts";
import type { Severity } from "../rule/document.ts";
import type { Logic } from "../rule/logic.ts";

/** What becomes of a rule on a system, as the catalog keeps it. */
export interface KeptVerdict {
  readonly verdict: "native" | "exact" | "approximated" | "not-expressible";
  /** Of `src/platforms`, in whose language it is said; null for native rules and those that cannot be said. */
  readonly platform: string | null;
  readonly code: string | null;
}

/** What is known of an active rule when detections are compared. */
export interface Standing {
  readonly key: number;
  /** `sigma:<uuid>`. */
  readonly id: string;
  readonly corpus: string;
  readonly title: string;
  readonly language: string;
  readonly kind: string;
  readonly status: string;
  readonly severity: Severity | null;
  readonly created: string | null;
  readonly modified: string | null;
  readonly licence: string;
  readonly url: string | null;
  /** Rules that look for the rarest of its indicators; null where it has none. */
  readonly rarest: number | null;
  /** Facets in which it looks for something. */
  readonly facets: number;
  readonly exclusions: number;
  /** Technique → the surest event of one of its tests on which the rule fires. */
  readonly fired: ReadonlyMap<string, DerivedEvent["certainty"]>;
  /** Techniques of those packages of ours on whose telemetry it fires: it is one of their rules. */
  readonly ownOf: readonly string[];
  /** Tests that exercise it; null where it was not run. */
  readonly exercised: number | null;
  /** By system. */
  readonly verdicts: Readonly<Record<string, KeptVerdict>>;
}

export interface Standings {
  readonly rules: ReadonlyMap<number, Standing>;
  /** Technique → the rules that stand under it. */
  readonly under: ReadonlyMap<string, readonly Standing[]>;
  /** Day of the build. */
  readonly built: string;
  /** The build kept what becomes of rules on every system. */
  readonly translated: boolean;
}

const known = new WeakMap<Database, Standings>();

/** Of all active rules, read once a catalog: one is never changed. */
export function standingsOf(database: Database): Standings {
  const before = known.get(database);
  if (before !== undefined) return before;
  const read = readStandings(database);
  known.set(database, read);
  return read;
}

type Row = Pick<
  Standing,
  | "key"
  | "id"
  | "corpus"
  | "title"
  | "language"
  | "kind"
  | "status"
  | "severity"
  | "created"
  | "modified"
  | "licence"
  | "url"
>;

function readStandings(database: Database): Standings {
  const rows = database.all<Row>(
    `SELECT r.key, r.corpus || ':' || r.id AS id, r.corpus, r.title, r.language, r.kind, r.status, r.severity, r.created, r.modified, r.licence, r.url
     FROM rule r WHERE r.lifecycle = 'active' AND r.kind <> 'filter' AND r.outcome <> 'queryless'`,
  );
  const precision = byRule<{ rule: number; rarest: number; facets: number }>(
    database,
    `SELECT u.rule, min(i.reach) AS rarest, count(DISTINCT i.facet) AS facets FROM rule_indicator u
     JOIN indicator i ON i.key = u.indicator WHERE u.negated = 0 GROUP BY u.rule`,
  );
  const exclusions = byRule<{ rule: number; exclusions: number }>(
    database,
    "SELECT rule, count(DISTINCT text) AS exclusions FROM exclusion GROUP BY rule",
  );
  const exercised = byRule<{ rule: number; tests: number | null }>(
    database,
    "SELECT rule, CASE WHEN not_run IS NULL THEN fired + silent END AS tests FROM proof_rule",
  );
  const fired = firedByRule(database);
  const own = ownRules(database);
  const counted = countedRules(database);
  const verdicts = verdictsByRule(database);
  const alerts = rows.filter((one) => !counted.has(one.key));
  const rules = new Map(
    alerts.map((row): [number, Standing] => [
      row.key,
      {
        ...row,
        rarest: precision.get(row.key)?.rarest ?? null,
        facets: precision.get(row.key)?.facets ?? 0,
        exclusions: exclusions.get(row.key)?.exclusions ?? 0,
        exercised: exercised.get(row.key)?.tests ?? null,
        fired: fired.get(row.key) ?? new Map(),
        ownOf: own.get(row.key) ?? [],
        verdicts: verdicts.get(row.key) ?? {},
      },
    ]),
  );
  const under = new Map<string, Standing[]>();
  for (const { technique, rule } of database.all<{ technique: string; rule: number }>(
    "SELECT technique, rule FROM rule_technique",
  )) {
    const standing = rules.get(rule);
    if (standing !== undefined) listIn(under, technique).push(standing);
  }
  const built = database.one<{ value: string }>("SELECT value FROM meta WHERE key = 'built_at'");
  return { rules, under, built: (built?.value ?? "").slice(0, 10), translated: verdicts.size > 0 };
}

function byRule<One extends { readonly rule: number }>(database: Database, sql: string): ReadonlyMap<number, One> {
  return new Map(database.all<One>(sql).map((one) => [one.rule, one]));
}

/** Rules that correlations of Sigma count, of which none is an alert by itself. Both stand in one corpus. */
function countedRules(database: Database): ReadonlySet<number> {
  const correlations = database.all<{ corpus: string; logic_json: string }>(
    `SELECT r.corpus, x.logic_json FROM rule r JOIN rule_text x ON x.rule = r.key
     WHERE r.kind = 'correlation' AND r.language = 'sigma' AND r.lifecycle = 'active'`,
  );
  const names = correlations.flatMap(({ corpus, logic_json }) =>
    rulesNamedIn(JSON.parse(logic_json) as Logic).map((name) => ({ corpus, name })),
  );
  const rows = database.all<{ key: number }>(
    `SELECT r.key FROM rule r JOIN rule_text x ON x.rule = r.key
     WHERE r.corpus IN (SELECT value ->> '$.corpus' FROM json_each(?1)) AND EXISTS (SELECT 1 FROM json_each(?1) one
       WHERE one.value ->> '$.corpus' = r.corpus AND one.value ->> '$.name' IN (r.id, x.document_json ->> '$.facts.name'))`,
    JSON.stringify(names),
  );
  return new Set(rows.map((one) => one.key));
}

/** Rule → the techniques of those packages of ours whose tests set it off. */
function ownRules(database: Database): ReadonlyMap<number, readonly string[]> {
  const rows = database.all<{ key: number; technique: string }>(
    `WITH fired AS (SELECT DISTINCT p.technique, name.value AS name FROM authored_package p, json_each(p.proof_json, '$.tests') test,
       json_each(test.value, '$.fired') name)
     SELECT r.key, f.technique FROM rule r JOIN rule_text x ON x.rule = r.key
     JOIN fired f ON f.name = x.document_json ->> '$.facts.name' WHERE r.corpus = ?`,
    ownCorpus,
  );
  const groups = Map.groupBy(rows, (one) => one.key);
  return new Map([...groups].map(([key, all]) => [key, all.map((one) => one.technique)]));
}

const surest = ["certain", "likely", "possible"] as const;

/** Tests stand under techniques as their upstream names them; here under the one that stands for it. */
function firedByRule(database: Database): ReadonlyMap<number, Map<string, DerivedEvent["certainty"]>> {
  const found = new Map<number, Map<string, DerivedEvent["certainty"]>>();
  const rows = database.all<{ rule: number; technique: string; certainty: DerivedEvent["certainty"] | null }>(
    `SELECT DISTINCT p.rule, coalesce(a.technique, t.technique) AS technique, p.certainty FROM proof p JOIN test t ON t.key = p.test
     LEFT JOIN technique_alias a ON a.id = t.technique WHERE p.outcome = 'fired'`,
  );
  for (const { rule, technique, certainty } of rows) {
    const own = found.get(rule) ?? new Map<string, DerivedEvent["certainty"]>();
    found.set(rule, own);
    const before = own.get(technique);
    const now = certainty ?? "possible";
    if (before === undefined || surest.indexOf(now) < surest.indexOf(before)) own.set(technique, now);
  }
  return found;
}

/** One row a rule, since a row for each of its verdicts takes five times as long to read. */
function verdictsByRule(database: Database): ReadonlyMap<number, Readonly<Record<string, KeptVerdict>>> {
  const rows = database.all<{ rule: number; verdicts: string }>(
    `SELECT rule, json_group_object(system, json_object('verdict', verdict, 'platform', platform, 'code', code)) AS verdicts
     FROM translation GROUP BY rule`,
  );
  return new Map(rows.map(({ rule, verdicts }) => [rule, JSON.parse(verdicts)]));
}

function listIn<Key, One>(map: Map<Key, One[]>, key: Key): One[] {
  const own = map.get(key) ?? [];
  map.set(key, own);
  return own;
}
