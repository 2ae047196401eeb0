-- Made after the rows are in: one sorted pass each instead of an update per row.
CREATE INDEX predicate_by_rule ON predicate (rule, position);
CREATE INDEX rule_indicator_by_rule ON rule_indicator (rule, indicator, negated);
CREATE UNIQUE INDEX indicator_by_meaning ON indicator (field, operator, value);
CREATE INDEX rule_technique_by_rule ON rule_technique (rule, technique);
CREATE INDEX rule_tactic_by_rule ON rule_tactic (rule, tactic);
CREATE INDEX technique_by_parent ON technique (parent);
CREATE INDEX diagnostic_by_corpus ON diagnostic (corpus, severity, code);
CREATE INDEX diagnostic_by_rule ON diagnostic (rule);
CREATE INDEX opaque_by_corpus ON opaque (corpus, language, reason);
CREATE INDEX attack_use_by_source ON attack_use (source);
ANALYZE;
