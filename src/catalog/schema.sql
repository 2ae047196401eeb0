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
  canonical TEXT,
  written TEXT,                   -- how the query wrote a field that was resolved or computed
  operator TEXT NOT NULL,
  quantifier TEXT NOT NULL,
  case_sensitive INTEGER NOT NULL,
  negated INTEGER NOT NULL,
  exclusion_group INTEGER,
  derived INTEGER NOT NULL,
  selects_event INTEGER NOT NULL, -- names the event (EventID) rather than filtering on its content
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

-- Distinct (field, operator, value). Counts are over active rules, each rule once.
CREATE TABLE indicator (
  key INTEGER PRIMARY KEY,
  field TEXT,
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

CREATE TABLE exclusion (
  rule INTEGER NOT NULL,
  exclusion_group INTEGER NOT NULL,
  stage INTEGER NOT NULL,
  text TEXT NOT NULL,             -- one line, the same for equal logic
  predicates_json TEXT NOT NULL,
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

-- Contentless: the row id is the rule's key. Words are split by FTS5's unicode61; phrases do the rest.
CREATE VIRTUAL TABLE rule_search USING fts5 (title, ids, description, text, content='', tokenize='unicode61');
CREATE VIRTUAL TABLE attack_search USING fts5 (id, name, aliases, kind UNINDEXED, tokenize='unicode61');
