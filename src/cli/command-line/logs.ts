import { type Command, Option } from "commander";
import { severities } from "../hits/severity.ts";
import { type Adder, examples, lifecycle, manifestVersion, positive, repeated } from "./adder.ts";

export const addMatch: Adder = (program, terminal, done) => {
  const command = program
    .command("match <log...>")
    .description(
      "Run rules over log files, folders and patterns of them, and say what they find and why. - reads stdin.",
    );
  withRuleChoice(command)
    .option("--any-log", "do not ask which log an event is from")
    .option("--format <id>", "format of the logs; an unknown one lists those that are known (default: recognised)")
    .option("--json", "print one hit a line as JSON (NDJSON)")
    .option("--limit <number>", "print at most so many hits of each rule (default: 20 in the table)", positive)
    .option("--report <file>", "write a timeline of the hits as one HTML file")
    .option("--stats", "say all of the run: counts, rules that cannot run and why, what was forgotten")
    .option("--fail-on-hit", "exit with 1 when something is found")
    .option("--fail-on-silence", "exit with 1 when nothing is found")
    .option("--explain <rule>", "instead of hits: why this rule meets the events, or which predicates fail")
    .option("--workers <number>", "threads at most (default: as many as pay off)", positive)
    .addHelpText(
      "after",
      examples(
        "detectionary match --rules ../corpora/sigma/rules logs/",
        "detectionary match --severity high 'logs/*.evtx' --report hits.html",
        "zcat events.json.gz | detectionary match --rules rule.yml - --json",
        "detectionary match --query 'process where process.name == \"a.exe\"' --language eql events.ndjson",
        "detectionary match --rules rule.yml --explain 'Title of the rule' Security.evtx",
      ),
    )
    .addHelpText(
      "after",
      "\nReads EVTX, JSON in lines and documents, event XML, CSV, auditd and syslog, packed with gzip or not.\nWithout --rules it runs the rules that it ships. docs/matching.md says what runs, and what cannot.",
    )
    .action(async (logs, options) => {
      const { match } = await import("../commands/match.ts");
      done(await match(terminal, logs, { ...options, version: manifestVersion() }));
    });
};

export const addHunt: Adder = (program, terminal, done) => {
  const command = program
    .command("hunt")
    .description("Run rules over a table of events in a database, many rules in one scan, with the hits of match.")
    .addOption(
      new Option("--engine <name>", "what the database is")
        .choices(["clickhouse", "postgres", "duckdb"])
        .makeOptionMandatory(),
    )
    .option(
      "--url <url>",
      "http://user:password@host:8123/database, postgres://user:password@host/database, a file *.duckdb, or Parquet, NDJSON and CSV files that DuckDB reads in place (default: $DETECTIONARY_HUNT_URL)",
    )
    .option("--table <name>", "the table of events", "events");
  withRuleChoice(command)
    .option("--since <time>", "only events from then on: 2026-01-31, 2026-01-31T12:00:00Z, or 24h for a day ago")
    .option("--until <time>", "only events before then")
    .option("--timeout <seconds>", "give a query up after so many seconds", positive)
    .option(
      "--load <log...>",
      "instead of a hunt: fill the table with events of these log files, and make it if need be",
    )
    .option("--format <id>", "format of the logs to load (default: recognised)")
    .option("--json", "print one hit a line as JSON (NDJSON)")
    .option("--limit <number>", "print at most so many hits of each rule (default: 20 in the table)", positive)
    .option("--stats", "say all of the run: rules that cannot run, or only in part, and why")
    .option("--fail-on-hit", "exit with 1 when something is found")
    .option("--fail-on-silence", "exit with 1 when nothing is found")
    .addHelpText(
      "after",
      examples(
        "detectionary hunt --engine duckdb --url 'logs/*.parquet' --rules ../corpora/sigma/rules",
        "detectionary hunt --engine postgres --url postgres://hunter@db/siem --table siem.events --since 24h",
        "detectionary hunt --engine clickhouse --url http://localhost:8123/ --severity high --json",
        "detectionary hunt --engine duckdb --url events.duckdb --load logs/*.evtx",
      ),
    )
    .addHelpText(
      "after",
      "\nWhat the table has to look like stands in docs/hunting.md. Only --load writes to a database.",
    )
    .action(async (options) => {
      const { huntTable } = await import("../commands/hunt.ts");
      done(await huntTable(terminal, options));
    });
};

/** Which rules run. */
function withRuleChoice(command: Command): Command {
  return command
    .option("--rules <path>", "file or folder of rules in any format that check reads; may be repeated", repeated)
    .option("--query <text>", "one bare query instead of rules")
    .option("--language <id>", "language of the query; an unknown one lists those that are known")
    .addOption(new Option("--severity <level>", "only rules of this severity and graver ones").choices(severities))
    .option("--status <status>", "only rules of this status; may be repeated", repeated)
    .addOption(
      new Option("--lifecycle <state>", "rules of this state; may be repeated (default: active)")
        .argParser(lifecycle)
        .default(undefined),
    );
}
