import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { readCheckedYaml } from "../checked-yaml.ts";
import { fieldFile, schemaFile } from "./field-files.ts";
import { vocabulary } from "./index.ts";

/** The guide for contributors shows real lines and a real message: they are to stay so. */

const root = new URL("../../../../", import.meta.url);
const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, root)), "utf8");
const guide = read("docs/contributing-vocabulary.md");
const blocks = [...guide.matchAll(/```(yaml|text)\n(.*?)```/gsu)].map(([, kind, text]) => ({ kind, text: text ?? "" }));

const schema = schemaFile(
  (id) => vocabulary().field(id) !== null,
  (prefix) => vocabulary().tables.namespaces.some((one) => one.prefix === prefix),
);

function faultOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return "";
}

it("tells the message that the wrong line of the guide gives", () => {
  const path = "content/vocabulary/schemas/sumo.yaml";
  const wrong = read(path).replace(
    "\n      commandLine: process.command_line\n",
    "\n      commandLine: process.comand_line\n",
  );
  const fault = faultOf(() => readCheckedYaml(path, wrong, schema));
  // Lines and scopes are counted, and move with every line that somebody adds.
  const still = (text: string): string => text.replaceAll(/(?<=\.yaml:|scopes\.)\d+/gu, "N").trim();
  const told = blocks.find(({ kind, text }) => kind === "text" && text.startsWith("Error: "));
  expect(still(told?.text ?? "")).toBe(still(fault));
});

it.each(blocks.filter(({ kind }) => kind === "yaml").map(({ text }) => text))(
  "shows lines that the tables have: %s",
  (text) => {
    const tables = ["schemas/sumo.yaml", "schemas/logscale.yaml", "fields/core.yaml"].map((one) =>
      read(`content/vocabulary/${one}`),
    );
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    expect(lines.filter((line) => !tables.some((table) => table.split("\n").includes(line)))).toEqual([]);
  },
);

it("shows a field file that can be read", () => {
  const block = blocks.find(({ text }) => text.startsWith("facets:"));
  expect(() => fieldFile.parse(parse(block?.text ?? ""))).not.toThrow();
});
