import { type Adder, examples, jsonHelp } from "./adder.ts";

export const addValidate: Adder = (program, terminal, done) => {
  program
    .command("validate [package...]")
    .description(
      "Run detection packages over their telemetry: every test must set off its rules, nothing innocent may.",
    )
    .option("--mutate", "break every predicate in turn, and say which breaks no telemetry notices")
    .option("--json", jsonHelp)
    .addHelpText(
      "after",
      examples(
        "detectionary validate",
        "detectionary validate T1053.005 --mutate",
        "detectionary validate content/packages/T1053.005/package.yaml",
      ),
    )
    .addHelpText(
      "after",
      "\nWithout a package it runs all that ship. docs/authoring-packages.md says what a package is.",
    )
    .action(async (packages, options) => {
      const { validate } = await import("../commands/validate.ts");
      done(await validate(terminal, packages, options));
    });
};

export const addNew: Adder = (program, terminal, done) => {
  program
    .command("new")
    .description("Begin something of your own.")
    .command("package <technique>")
    .description("Write the files of an empty detection package.")
    .option("--into <folder>", "folder that holds packages/ (default: the project's own content)")
    .addHelpText("after", examples("detectionary new package T1053.005"))
    .action(async (technique, options) => {
      const { newPackage } = await import("../commands/new-package.ts");
      done(newPackage(terminal, technique, options));
    });
};
