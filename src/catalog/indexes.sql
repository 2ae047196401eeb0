-- Made after the rows are in: one sorted pass each instead of an update per row.
CREATE INDEX predicate_by_rule ON predicate (rule, position);
CREATE INDEX predicate_by_field ON predicate (field_id, rule);
CREATE INDEX rule_indicator_by_rule ON rule_indicator (rule, indicator, negated);
CREATE UNIQUE INDEX indicator_by_meaning ON indicator (field, operator, value);
CREATE INDEX indicator_by_reach ON indicator (reach DESC, key);
CREATE INDEX indicator_by_field ON indicator (field, reach DESC, excluded_by DESC);
CREATE INDEX indicator_by_exclusion ON indicator (excluded_by DESC, reach DESC, key) WHERE excluded_by > 0;
CREATE INDEX field_by_facet ON field (facet);
CREATE INDEX event_tie_by_event ON event_tie (provider, event_id, rule);
CREATE INDEX rule_technique_by_rule ON rule_technique (rule, technique);
CREATE INDEX rule_tactic_by_rule ON rule_tactic (rule, tactic);
CREATE INDEX folded_tag_by_rule ON folded_tag (rule, kind);
CREATE INDEX exclusion_by_text ON exclusion (text, rule);
CREATE INDEX technique_by_parent ON technique (parent);
CREATE INDEX diagnostic_by_corpus ON diagnostic (corpus, severity, code);
CREATE INDEX diagnostic_by_rule ON diagnostic (rule);
CREATE INDEX opaque_by_corpus ON opaque (corpus, language, reason);
CREATE INDEX attack_use_by_source ON attack_use (source);
CREATE INDEX proof_by_test ON proof (test, outcome, rule);
ANALYZE;

INSERT OR IGNORE INTO technique_alias SELECT DISTINCT named, '', id FROM folded_tag
  WHERE kind = 'technique' AND named NOT IN (SELECT id FROM technique);

UPDATE field SET predicates = counted.predicates, rules = counted.rules FROM (
  SELECT p.field_id, count(*) AS predicates, count(DISTINCT CASE WHEN r.lifecycle = 'active' THEN r.key END) AS rules
  FROM predicate p JOIN rule r ON r.key = p.rule WHERE p.derived = 0 AND p.field_id IS NOT NULL GROUP BY p.field_id
) AS counted WHERE counted.field_id = field.id;

UPDATE facet SET rules = counted.rules FROM (
  SELECT f.facet, count(DISTINCT r.key) AS rules FROM field f CROSS JOIN predicate p ON p.field_id = f.id AND p.derived = 0
  JOIN rule r ON r.key = p.rule AND r.lifecycle = 'active' WHERE f.facet IN (SELECT id FROM facet) GROUP BY f.facet
) AS counted WHERE counted.facet = facet.id;

UPDATE technique SET rules = counted.rules FROM (
  SELECT x.technique, count(*) AS rules FROM rule_technique x JOIN rule r ON r.key = x.rule AND r.lifecycle = 'active' GROUP BY x.technique
) AS counted WHERE counted.technique = technique.id;

UPDATE technique SET family_rules = counted.rules FROM (
  SELECT coalesce(t.parent, t.id) AS family, count(DISTINCT x.rule) AS rules FROM technique t JOIN rule_technique x ON x.technique = t.id
  JOIN rule r ON r.key = x.rule AND r.lifecycle = 'active' GROUP BY family
) AS counted WHERE counted.family = technique.id;

UPDATE tactic SET rules = counted.rules FROM (
  SELECT reached.tactic, count(*) AS rules FROM (
    SELECT tactic, rule FROM rule_tactic
    UNION SELECT k.tactic, x.rule FROM technique_tactic k JOIN rule_technique x ON x.technique = k.technique
  ) AS reached JOIN rule r ON r.key = reached.rule AND r.lifecycle = 'active' GROUP BY reached.tactic
) AS counted WHERE counted.tactic = tactic.short_name;
