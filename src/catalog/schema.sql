-- One catalog: written once by the build, then only read. Text columns named *_json hold JSON.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE corpus (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  repository TEXT NOT NULL,
  commit_id TEXT,                 -- null where the folder does not tell
  licence TEXT NOT NULL,
  files INTEGER NOT NULL,
  rules INTEGER NOT NULL,
  active INTEGER NOT NULL,
  parsed INTEGER NOT NULL,        -- rules of which every query was understood without an error
  queryless INTEGER NOT NULL,     -- rules that have no query to parse
  unread INTEGER NOT NULL,        -- rules whose query is kept as text: its language has no parser
  failed INTEGER NOT NULL,        -- rules with an error in a query, and files that could not be read
  nodes INTEGER NOT NULL,
  opaque INTEGER NOT NULL,
  predicates INTEGER NOT NULL,
  mapped INTEGER NOT NULL,        -- predicates of which the vocabulary knows what they filter on
  tied_json TEXT NOT NULL,        -- rules by the strongest tie to an event: stated, category, inferred, none
  folded INTEGER NOT NULL         -- ATT&CK tags that stand under another id than they name
) STRICT, WITHOUT ROWID;

CREATE TABLE rule (
  key INTEGER PRIMARY KEY,
  corpus TEXT NOT NULL,
  id TEXT NOT NULL,
  slug TEXT NOT NULL,
  path TEXT NOT NULL,
  url TEXT,                       -- the file at its upstream, where that is public
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  language TEXT NOT NULL,         -- of its main query; '' for a rule without one
  outcome TEXT NOT NULL,          -- parsed, failed, queryless, unread
  status TEXT NOT NULL,
  lifecycle TEXT NOT NULL,        -- active, deprecated, unsupported
  severity TEXT,
  created TEXT,
  modified TEXT,
  licence TEXT NOT NULL,
  UNIQUE (corpus, id),
  UNIQUE (corpus, slug)
) STRICT;

-- What only the page of one rule needs: apart, so that lists and counts touch few pages.
CREATE TABLE rule_text (
  rule INTEGER PRIMARY KEY,
  description TEXT NOT NULL,
  document_json TEXT NOT NULL,    -- the RuleDocument without raw, queries and diagnostics
  raw TEXT NOT NULL,
  logic_json TEXT NOT NULL
) STRICT;

CREATE TABLE rule_query (
  rule INTEGER NOT NULL,
  position INTEGER NOT NULL,
  role TEXT NOT NULL,
  title TEXT,                     -- what the upstream calls it among several of a rule
  language TEXT NOT NULL,
  outcome TEXT NOT NULL,          -- parsed, failed, unread
  text TEXT,                      -- null where it stands in the rule's raw text, at "offset"
  offset INTEGER,
  length INTEGER NOT NULL,
  line INTEGER NOT NULL,
  nodes INTEGER NOT NULL,
  opaque INTEGER NOT NULL,
  PRIMARY KEY (rule, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE stage (
  rule INTEGER NOT NULL,
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  origin TEXT,
  PRIMARY KEY (rule, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE predicate (
  key INTEGER PRIMARY KEY,
  rule INTEGER NOT NULL,
  position INTEGER NOT NULL,
  stage INTEGER NOT NULL,
  field TEXT,                     -- as the rule's own schema names it; null for a keyword
  canonical TEXT,                 -- in the common vocabulary; null where it does not know the name, and for what the rule computed
  field_id TEXT,                  -- what it is counted under: canonical, else "<schema>:<field>"; null for keywords and computed values
  facet TEXT,                     -- of which field_id is a form; field_id itself where it has no other
  named_by TEXT,                  -- the table that says so
  written TEXT,                   -- how the query wrote a field that was resolved or computed
  operator TEXT NOT NULL,
  quantifier TEXT NOT NULL,
  case_sensitive INTEGER NOT NULL,
  negated INTEGER NOT NULL,
  exclusion_group INTEGER,
  derived INTEGER NOT NULL,
  selects INTEGER NOT NULL,       -- chooses the log or the event (event id, data set) rather than filtering on what it says
  encoding TEXT,                  -- what is done to a value before it is compared: "wide base64offset"
  origin TEXT,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL
) STRICT;

CREATE TABLE predicate_value (
  predicate INTEGER NOT NULL,
  position INTEGER NOT NULL,
  raw TEXT NOT NULL,
  normal TEXT NOT NULL,           -- one spelling for equal meaning: folded where the predicate ignores case
  indicator INTEGER,              -- null for derived predicates and those that select the event
  PRIMARY KEY (predicate, position)
) STRICT, WITHOUT ROWID;

-- Distinct (field, operator, value) in the common vocabulary. Counts are over active rules, each rule once.
CREATE TABLE indicator (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,        -- made from what it means, so that it stays the same from build to build
  field TEXT,                     -- as field_id of a predicate
  facet TEXT,
  operator TEXT NOT NULL,
  value TEXT NOT NULL,            -- the normal form
  spelling TEXT NOT NULL,         -- as the first rule that uses it spells it
  reach INTEGER NOT NULL,
  excluded_by INTEGER NOT NULL,
  vendors_json TEXT NOT NULL      -- corpus -> rules that look for it
) STRICT;

CREATE TABLE rule_indicator (
  indicator INTEGER NOT NULL,
  rule INTEGER NOT NULL,
  negated INTEGER NOT NULL,
  PRIMARY KEY (indicator, rule, negated)
) STRICT, WITHOUT ROWID;

-- Fields of the vocabulary that rules use or that a schema has a name for, and raw names that the vocabulary does not know.
CREATE TABLE field (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  facet TEXT NOT NULL,
  role TEXT NOT NULL,
  form TEXT,
  type TEXT NOT NULL,
  letter_case TEXT NOT NULL,      -- ignored, by_platform, kept
  note TEXT,
  ecs INTEGER NOT NULL,
  mapped INTEGER NOT NULL,        -- 0: a raw name that no table maps
  predicates INTEGER NOT NULL DEFAULT 0, -- of rules of every lifecycle
  rules INTEGER NOT NULL DEFAULT 0       -- active rules that filter on it
) STRICT, WITHOUT ROWID;

CREATE TABLE facet (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  rules INTEGER NOT NULL DEFAULT 0       -- active rules that filter on one of its forms, each once
) STRICT, WITHOUT ROWID;

-- Names that schemas have for fields; the one at position 0 is shown.
CREATE TABLE field_name (
  field TEXT NOT NULL,
  schema TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  scope TEXT NOT NULL,            -- the log sources in which it holds
  source_title TEXT NOT NULL,
  source_url TEXT NOT NULL,
  PRIMARY KEY (field, schema, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE field_schema (id TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Those who write events: Windows providers, products, cloud services, tables.
CREATE TABLE provider (
  name TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  product TEXT NOT NULL,          -- windows, linux, aws, azure, defender …
  channels_json TEXT NOT NULL,
  logging TEXT,                   -- how to switch its events on, as far as that is known as a fact
  source TEXT NOT NULL,           -- address of what says so
  rules INTEGER NOT NULL DEFAULT 0 -- active rules tied to one of its events, each once
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  provider TEXT NOT NULL,
  event_id TEXT NOT NULL,
  title TEXT NOT NULL,
  category TEXT,                  -- audit policy subcategory, or what the product calls the kind of event
  logging TEXT,
  source TEXT NOT NULL,
  rules INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (provider, event_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_field (
  provider TEXT NOT NULL,
  event_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,             -- as the product logs it
  type TEXT NOT NULL,             -- in the product's words; '' where nobody says
  field TEXT,                     -- in the common vocabulary
  PRIMARY KEY (provider, event_id, position)
) STRICT, WITHOUT ROWID;

-- Why a rule needs an event. A rule without a row here is tied to none.
CREATE TABLE event_tie (
  rule INTEGER NOT NULL,
  provider TEXT NOT NULL,
  event_id TEXT NOT NULL,
  kind TEXT NOT NULL,             -- stated, category, inferred
  reason TEXT NOT NULL,
  missing_json TEXT NOT NULL,     -- raw names of fields that the rule needs and the event does not have: then the tie is partial
  PRIMARY KEY (rule, provider, event_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE exclusion (
  rule INTEGER NOT NULL,
  exclusion_group INTEGER NOT NULL,
  stage INTEGER NOT NULL,
  text TEXT NOT NULL,             -- its meaning on one line: the same for equal logic, however it is spelled
  pieces_json TEXT NOT NULL,      -- Piece[] a line, as people read it
  PRIMARY KEY (rule, exclusion_group)
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_technique (
  technique TEXT NOT NULL,
  rule INTEGER NOT NULL,
  written TEXT NOT NULL,
  PRIMARY KEY (technique, rule)
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_tactic (
  tactic TEXT NOT NULL,
  rule INTEGER NOT NULL,
  written TEXT NOT NULL,
  PRIMARY KEY (tactic, rule)
) STRICT, WITHOUT ROWID;

-- Tags of another version of ATT&CK: the rule stands under "id", and names "named".
CREATE TABLE folded_tag (
  kind TEXT NOT NULL,             -- technique, tactic
  id TEXT NOT NULL,               -- as in rule_technique and rule_tactic
  rule INTEGER NOT NULL,
  named TEXT NOT NULL,
  written TEXT NOT NULL,
  PRIMARY KEY (kind, id, rule, named)
) STRICT, WITHOUT ROWID;

-- Techniques that the loaded version of ATT&CK does not have, and the one that stands for each.
CREATE TABLE technique_alias (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,             -- '' where only rules know it
  technique TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE diagnostic (
  key INTEGER PRIMARY KEY,
  corpus TEXT NOT NULL,
  rule INTEGER,
  path TEXT NOT NULL,
  line INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  hint TEXT
) STRICT;

CREATE TABLE opaque (
  rule INTEGER NOT NULL,
  corpus TEXT NOT NULL,
  language TEXT NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE tactic (
  short_name TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  rules INTEGER NOT NULL DEFAULT 0        -- active rules tagged with it or with one of its techniques
) STRICT, WITHOUT ROWID;

CREATE TABLE technique (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  platforms_json TEXT NOT NULL,
  parent TEXT,
  revoked_by TEXT,
  deprecated INTEGER NOT NULL,
  rules INTEGER NOT NULL DEFAULT 0,       -- active rules tagged with it
  family_rules INTEGER NOT NULL DEFAULT 0 -- active rules tagged with it or with one of its sub-techniques, each once
) STRICT;

CREATE TABLE technique_tactic (
  tactic TEXT NOT NULL,
  technique TEXT NOT NULL,
  PRIMARY KEY (tactic, technique)
) STRICT, WITHOUT ROWID;

-- Groups, software, campaigns and mitigations.
CREATE TABLE attack_object (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  aliases_json TEXT NOT NULL,
  description TEXT NOT NULL,
  revoked INTEGER NOT NULL,
  deprecated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attack_use (
  technique TEXT NOT NULL,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (technique, source, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE data_component (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  log_sources_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE detection_strategy (
  technique TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  analytics_json TEXT NOT NULL,
  PRIMARY KEY (technique, id)
) STRICT, WITHOUT ROWID;

-- Tests of adversaries' behaviour, as their upstream numbers them below a technique.
CREATE TABLE test (
  key INTEGER PRIMARY KEY,
  guid TEXT NOT NULL UNIQUE,
  corpus TEXT NOT NULL,
  technique TEXT NOT NULL,        -- as the test's file has it, in whichever version of ATT&CK
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  platforms_json TEXT NOT NULL,
  shell TEXT NOT NULL,            -- powershell, cmd, sh, bash, manual
  elevated INTEGER NOT NULL,
  path TEXT NOT NULL,
  url TEXT,
  events INTEGER NOT NULL,        -- that it must leave in a log
  kinds_json TEXT NOT NULL,       -- kind of log -> events
  fired INTEGER NOT NULL,         -- rules that fire on them
  UNIQUE (technique, number, guid)
) STRICT;

-- What only the page of one test needs.
CREATE TABLE test_text (
  test INTEGER PRIMARY KEY,
  description TEXT NOT NULL,
  command TEXT NOT NULL,          -- with its inputs filled in; spans of the events refer to it
  cleanup TEXT NOT NULL,
  prerequisites_json TEXT NOT NULL,
  events_json TEXT NOT NULL,      -- DerivedEvent[]
  unshown_json TEXT NOT NULL      -- what the command does that no event shows
) STRICT;

-- What came of a rule and a test: all that fired, and of the silent ones those that a rule names and those that came closest.
CREATE TABLE proof (
  rule INTEGER NOT NULL,
  test INTEGER NOT NULL,
  linked INTEGER NOT NULL,        -- the rule itself names the test
  outcome TEXT NOT NULL,          -- fired, silent
  event INTEGER,                  -- that met the rule or came closest, from 0; null where the rule reads no log that the test leaves something in
  kind TEXT,                      -- of that event
  certainty TEXT,                 -- of that event: certain, likely, possible
  reasons_json TEXT NOT NULL,     -- Because[] of one that fired, FailedPredicate[] of a silent one
  reasons INTEGER NOT NULL,       -- how many there are; the JSON has the first of them
  PRIMARY KEY (rule, test)
) STRICT, WITHOUT ROWID;

-- Rules that were run on the tests, each once.
CREATE TABLE proof_rule (
  rule INTEGER PRIMARY KEY,
  fired INTEGER NOT NULL,         -- tests
  silent INTEGER NOT NULL,        -- tests, also those that proof does not keep
  not_run TEXT,                   -- why the engine cannot run the rule
  not_shown TEXT                  -- why the tests that it names cannot show what it asks for
) STRICT;

-- Our own detection packages, as their folders have them, and what came of their telemetry when the catalog was built.
CREATE TABLE authored_package (
  technique TEXT NOT NULL,        -- in the loaded version of ATT&CK
  written TEXT NOT NULL,          -- as the package names it
  package_json TEXT NOT NULL,
  proof_json TEXT NOT NULL,
  PRIMARY KEY (technique, written)
) STRICT, WITHOUT ROWID;

-- What becomes of an active rule on a system (elastic, splunk …). Queries are made again when they are asked for.
CREATE TABLE translation (
  system TEXT NOT NULL,
  rule INTEGER NOT NULL,
  verdict TEXT NOT NULL,          -- native, exact, approximated, not-expressible
  platform TEXT,                  -- in whose language it is said; null for native rules and those that cannot be said
  code TEXT,                      -- why it cannot be said
  PRIMARY KEY (rule, system)
) STRICT, WITHOUT ROWID;

-- Contentless: the row id is the rule's key. Words are split by FTS5's unicode61; phrases do the rest.
CREATE VIRTUAL TABLE rule_search USING fts5 (title, ids, description, text, content='', tokenize='unicode61');
CREATE VIRTUAL TABLE attack_search USING fts5 (id, name, aliases, kind UNINDEXED, tokenize='unicode61');
CREATE VIRTUAL TABLE test_search USING fts5 (name, ids, description, command, content='', tokenize='unicode61');
