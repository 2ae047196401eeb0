import { Command, Option } from "commander";
import {
  type Adder,
  catalogHelp,
  examples,
  jsonHelp,
  manifestVersion,
  port,
  positive,
  repeated,
} from "./command-line/adder.ts";
import { addHunt, addMatch } from "./command-line/logs.ts";
import { addNew, addValidate } from "./command-line/packages.ts";
import type { ExitCode } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** Names, options and help of every command. What a command does is loaded when it is called. */
export function makeProgram(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const { output, messages } = terminal.streams;
  const program = new Command("detectionary")
    .description("The dictionary of detections: reads public detection rules and answers questions about them.")
    .version(manifestVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .configureOutput({
      writeOut: (text) => void output.write(text),
      writeErr: (text) => void messages.write(text),
      outputError: (text, write) => write(text.replace(/^error:/, terminal.messageStyle("red", "error:"))),
      getOutHelpWidth: () => Math.min(terminal.width, 100),
      getErrHelpWidth: () => 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError("Add --help to see how the command is used.")
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      "after",
      examples(
        "detectionary build --corpora ../corpora",
        "detectionary serve",
        "detectionary show technique T1133",
        "detectionary search rundll32.exe",
      ),
    )
    .addHelpText("after", exitHelp);
  addBuild(program, terminal, done);
  addServe(program, terminal, done);
  addShow(program, terminal, done);
  addSearch(program, terminal, done);
  addCheck(program, terminal, done);
  addParse(program, terminal, done);
  addTranslate(program, terminal, done);
  addMatch(program, terminal, done);
  addHunt(program, terminal, done);
  addValidate(program, terminal, done);
  addNew(program, terminal, done);
  return program;
}

const exitHelp = `
Exit codes: 0 done, 1 the input has errors, 2 wrong usage, 3 cannot be expressed, 70 a bug of ours.
Results go to stdout, messages to stderr.`;

const addBuild: Adder = (program, terminal, done) => {
  program
    .command("build")
    .description("Read corpora and write the catalog that all other commands ask.")
    .option(
      "--corpora <dir>",
      "folder that holds one folder a corpus: sigma, elastic, splunk, chronicle, kql, sentinel, attack, atomics",
    )
    .option(
      "--out <file>",
      "where to write the catalog (default: $DETECTIONARY_CATALOG, else .detectionary/catalog.sqlite)",
    )
    .option("--no-translations", "do not count what becomes of the rules on every platform")
    .option("--no-proof", "do not run the rules on the tests of Atomic Red Team")
    .option("--strict", "keep the old catalog, and exit with 1, when something that it understood is lost")
    .option("--json", jsonHelp)
    .addHelpText(
      "after",
      examples(
        "detectionary build",
        "detectionary build --corpora ../corpora --strict",
        "detectionary build --corpora ../corpora --out new.sqlite --json",
      ),
    )
    .addHelpText(
      "after",
      "\nWithout --corpora the catalog holds only what detectionary ships.\nThe old catalog stays in place until the new one is whole.",
    )
    .action(async (options) => {
      const { build } = await import("./commands/build.ts");
      done(await build(terminal, options));
    });
};

const addServe: Adder = (program, terminal, done) => {
  program
    .command("serve")
    .description("Serve the site.")
    .option("--port <number>", "port, 0 for any free one (default: 4600)", port)
    .option("--host <address>", "address to listen on (default: 127.0.0.1, which only this machine reaches)")
    .option("--allow-host <name...>", "further names under which browsers may ask for the site; * for any")
    .option("--log", "one line a request, on stderr")
    .option("--catalog <file>", catalogHelp)
    .option("--json", "print the address as JSON")
    .addHelpText("after", examples("detectionary serve", "detectionary serve --port 8080 --catalog new.sqlite"))
    .action(async (options) => {
      const { serveSite } = await import("./commands/serve.ts");
      done(await serveSite(terminal, { ...options, version: manifestVersion() }));
    });
};

const addShow: Adder = (program, terminal, done) => {
  const show = program
    .command("show")
    .description(
      "Show a technique, a package, a rule, a test, an event, a field, an indicator, or how the corpora were read.",
    );
  show.addHelpText("after", examples("detectionary show technique T1133", "detectionary show rule sigma:<uuid>"));
  show
    .command("technique <id>")
    .description("What rules filter on, look for and leave out when they detect a technique.")
    .option("--all", "every row of every list; without it the first ones")
    .option("--family", "count the rules of its sub-techniques, or of its technique, in the tables, too")
    .option("--catalog <file>", catalogHelp)
    .option("--json", jsonHelp)
    .addHelpText(
      "after",
      examples(
        "detectionary show technique T1133",
        "detectionary show technique T1059.001 --all",
        "detectionary show technique T1133 --json",
      ),
    )
    .action(async (id, options) => {
      const { showTechnique } = await import("./commands/show-technique.ts");
      done(await showTechnique(terminal, id, options));
    });
  show
    .command("package <technique>")
    .description(
      "All that is needed to detect a technique on a platform: queries, logs, tuning, tests, guides. Without a platform, what there is on each.",
    )
    .option("--platform <id>", "elastic, splunk, sentinel, google-secops, logscale, qradar, sumo or sigma")
    .option("--catalog <file>", catalogHelp)
    .option("--json", jsonHelp)
    .addHelpText(
      "after",
      examples(
        "detectionary show package T1133",
        "detectionary show package T1133 --platform elastic",
        "detectionary show package T1059.001 --platform chronicle --json",
      ),
    )
    .action(async (technique, options) => {
      const { showPackage } = await import("./commands/show-package.ts");
      done(await showPackage(terminal, technique, options));
    });
  show
    .command("rule <id>")
    .description(
      "One rule: what it is, its stages and predicates, what it leaves out. <id> is <corpus>:<id>, <corpus>/<slug>, or the upstream's id alone.",
    )
    .option("--raw", "print only the rule's file, as it stands")
    .option("--catalog <file>", catalogHelp)
    .option("--json", jsonHelp)
    .addHelpText(
      "after",
      examples("detectionary show rule sigma:<uuid>", "detectionary show rule elastic/<slug> --json"),
    )
    .action(async (id, options) => {
      const { showRule } = await import("./commands/show-rule.ts");
      done(await showRule(terminal, id, options));
    });
  show
    .command("test <id>")
    .description(
      "One test of Atomic Red Team: the events that it must leave, and the rules that fire on them. <id> is its GUID, or its technique and number.",
    )
    .option("--all", "every row of every list; without it the first ones")
    .option("--catalog <file>", catalogHelp)
    .option("--json", jsonHelp)
    .addHelpText("after", examples("detectionary show test T1059.001-3", "detectionary show test <uuid> --json"))
    .action(async (id, options) => {
      const { showTest } = await import("./commands/show-test.ts");
      done(await showTest(terminal, id, options));
    });
  show
    .command("corpora")
    .description("How each corpus was read: rules, predicates with a common name, ties to events, folded ATT&CK tags.")
    .option("--catalog <file>", catalogHelp)
    .option("--json", jsonHelp)
    .action(async (options) => {
      const { showCorpora } = await import("./commands/show-corpora.ts");
      done(await showCorpora(terminal, options));
    });
  show
    .command("event <id...>")
    .description(
      "One event: its fields, what rules look for in it, how to switch it on. <id> is a provider and an id; a provider alone lists its events.",
    )
    .option("--all", "every row of every list; without it the first ones")
    .option("--catalog <file>", catalogHelp)
    .option("--json", jsonHelp)
    .addHelpText(
      "after",
      examples(
        "detectionary show event Microsoft-Windows-Sysmon 1",
        "detectionary show event 4688 --json",
        "detectionary show event 'AWS CloudTrail'",
      ),
    )
    .action(async (words, options) => {
      const { showEvent } = await import("./commands/show-event.ts");
      done(await showEvent(terminal, words.join(" "), options));
    });
  show
    .command("field <id>")
    .description(
      "One field: its names in each schema, operators, values and techniques. <id> is an id, a facet, or a name that a schema has.",
    )
    .option("--all", "every row of every list; without it the first ones")
    .option("--all-forms", "count the other forms of the same thing, too: the path and the base name of a program")
    .option("--catalog <file>", catalogHelp)
    .option("--json", jsonHelp)
    .addHelpText(
      "after",
      examples(
        "detectionary show field process.command_line",
        "detectionary show field process.name --all-forms",
        "detectionary show field ParentImage --json",
      ),
    )
    .action(async (id, options) => {
      const { showField } = await import("./commands/show-field.ts");
      done(await showField(terminal, id, options));
    });
  show
    .command("indicator <id...>")
    .description(
      "One indicator: who looks for it, who leaves it out, what it is worth on its own. <id> is its id, or a field, an operator and a value.",
    )
    .option("--all", "every row of every list; without it the first ones")
    .option("--catalog <file>", catalogHelp)
    .option("--json", jsonHelp)
    .addHelpText(
      "after",
      examples(
        "detectionary show indicator 49fb9c3910d60b0b",
        "detectionary show indicator 'process.name eq powershell.exe'",
        "detectionary show indicator Image ends_with '\\powershell.exe' --json",
      ),
    )
    .action(async (words, options) => {
      const { showIndicator } = await import("./commands/show-indicator.ts");
      done(await showIndicator(terminal, words.join(" "), options));
    });
};

const addSearch: Adder = (program, terminal, done) => {
  program
    .command("search <query...>")
    .description("Find rules and ATT&CK objects by any text: names, ids, values, paths.")
    .option("--corpus <id>", "only rules of this corpus")
    .option("--technique <id>", "only rules of this technique")
    .option("--page <number>", "page of results", positive, 1)
    .option("--catalog <file>", catalogHelp)
    .option("--json", jsonHelp)
    .addHelpText(
      "after",
      examples(
        "detectionary search rundll32.exe",
        "detectionary search --corpus sigma scheduled task",
        "detectionary search -- -EncodedCommand",
        "detectionary search 'C:\\Windows\\Temp' --json",
      ),
    )
    .action(async (words, options) => {
      const { search } = await import("./commands/search.ts");
      done(await search(terminal, words.join(" "), options));
    });
};

const addCheck: Adder = (program, terminal, done) => {
  program
    .command("check <path...>")
    .description(
      "Check rule files, recognised by their content or ending, and bare queries. With --language, - reads stdin.",
    )
    .option("--language <id>", "each path holds one query in this language; an unknown one lists those that are known")
    .option("--all", "print what is only worth knowing, too")
    .addOption(new Option("--format <name>", "how to print what is found").choices(["text", "json", "sarif"]))
    .option("--json", "the same as --format json")
    .addHelpText(
      "after",
      examples(
        "detectionary check rule.yml",
        "detectionary check rules/ --format sarif > rules.sarif",
        "detectionary check query.spl",
        "echo 'process.name:(cmd.exe OR pwsh.exe)' | detectionary check --language lucene -",
      ),
    )
    .addHelpText(
      "after",
      "\nReads Sigma, Splunk and Sentinel YAML, Elastic TOML, YARA-L and Markdown with Kusto queries.\nPrints path:line:column: message [code]; exits with 1 when there is an error.",
    )
    .action(async (paths, options) => {
      const { check } = await import("./commands/check.ts");
      done(await check(terminal, paths, { ...options, version: manifestVersion() }));
    });
};

const addParse: Adder = (program, terminal, done) => {
  program
    .command("parse <file>")
    .description("Parse one query and show what it means: ast, logic, predicates, diagnostics. - reads stdin.")
    .requiredOption("--language <id>", "language of the query; an unknown one lists those that are known")
    .option("--json", jsonHelp)
    .addHelpText(
      "after",
      examples(
        "detectionary parse --language eql query.eql",
        "echo 'process.name : cmd.exe' | detectionary parse --language kuery - --json",
      ),
    )
    .action(async (file, options) => {
      const { parse } = await import("./commands/parse.ts");
      done(await parse(terminal, file, options));
    });
};

const addTranslate: Adder = (program, terminal, done) => {
  program
    .command("translate <file>")
    .description(
      "Translate the rules of a file, in any format that check reads, to the query language of a platform. - reads stdin.",
    )
    .requiredOption(
      "--to <platform>",
      "id, language or vendor of a platform, or all; may be repeated; an unknown one lists those that are known",
      repeated,
    )
    .option(
      "--settings <file>",
      "YAML of what your own platform calls logs and fields; may be repeated, one a platform",
      repeated,
    )
    .option("--allow-broader", "leave out what cannot be said, although the query then finds more, and mark it")
    .option("--language <id>", "the file holds one query in this language")
    .option("--json", jsonHelp)
    .addHelpText(
      "after",
      examples(
        "detectionary translate rule.yml --to splunk",
        "detectionary translate rule.toml --to sigma --settings mine.yaml > rule.yml",
        "detectionary translate rule.yml --to all --json",
        "echo 'process where process.name == \"a.exe\"' | detectionary translate - --language eql --to kql",
      ),
    )
    .addHelpText(
      "after",
      "\nThe query goes to stdout, and what became of each part of the rule to stderr.\nExits with 3 when a rule cannot be expressed: a query that finds more than the rule is never printed unasked.",
    )
    .action(async (file, options) => {
      const { translate } = await import("./commands/translate.ts");
      done(await translate(terminal, file, options));
    });
};
