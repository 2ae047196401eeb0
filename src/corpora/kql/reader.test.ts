import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RuleDocument } from "../../rule/document.ts";
import { kqlReader, readPage } from "./index.ts";

function rule(path: string, text: string): RuleDocument {
  const item = readPage(path, text);
  if (item?.type !== "rule") throw new Error(`no rule but ${JSON.stringify(item)}`);
  return item.rule;
}

const page = `# *A shell* of CVE-2024-1234

## Query Information

#### MITRE ATT&CK Technique(s)

| Technique ID | Title    | Link    |
| ---  | --- | --- |
| T1059.003 | Command Shell | https://attack.mitre.org/techniques/T1059/003/ |
| t1204| User Execution | |

#### Description
Somebody opens a shell:
\`\`\`PowerShell
cmd.exe | more
\`\`\`
Then this happens.

#### Risk
It is **bad**.

#### False positives
- Administrators
- Tests

#### Author <Optional>
- **Name:** Ann
- **Github:** [https://github.com/ann](https://github.com/ann)

#### References
- [one](https://example.org/one)
- https://example.org/two

## Defender XDR
\`\`\`KQL
DeviceProcessEvents
| where FileName == "cmd.exe"
\`\`\`
## Sentinel
Same there.
\`\`\`
DeviceProcessEvents | count
\`\`\`
`;

describe("a page", () => {
  test("may say all in its headings", () => {
    const { facts, references, sections } = rule(
      "TI/a.md",
      "# A feed\n\n#### Source: Somebody\n#### Feed link: https://example.org/all(v=1).txt\n\n" +
        "## Step: two\n```kql\nT | count\n```\n#### References\n(https://example.org/one)\n",
    );
    expect(facts).toEqual({ Category: "TI", Source: "Somebody" });
    expect(references).toEqual(["https://example.org/one", "https://example.org/all(v=1).txt"]);
    expect(sections).toEqual([]);
  });

  test("keeps its metadata", () => {
    expect(rule("Threat Hunting/Shell.md", page)).toMatchObject({
      corpus: "kql",
      id: "Threat Hunting/Shell.md",
      path: "Threat Hunting/Shell.md",
      title: "A shell of CVE-2024-1234",
      description: "Somebody opens a shell:\n\n```PowerShell\ncmd.exe | more\n```\n\nThen this happens.",
      kind: "hunt",
      lifecycle: "active",
      authors: ["Ann"],
      licence: "BSD-3-Clause",
      references: ["https://example.org/one", "https://example.org/two"],
      falsePositives: ["Administrators", "Tests"],
      attack: [
        { kind: "technique", id: "T1059.003", written: "T1059.003" },
        { kind: "technique", id: "T1204", written: "t1204" },
      ],
      cves: ["CVE-2024-1234"],
      sections: [
        { title: "Risk", markdown: "It is **bad**." },
        { title: "Sentinel", markdown: "Same there." },
      ],
      facts: { Category: "Threat Hunting" },
      queryless: false,
      diagnostics: [],
    });
  });

  test("has a query for each fence of Kusto, where it stands", () => {
    const read = rule("a.md", page);
    expect(read.queries).toEqual([
      {
        role: "main",
        language: "kusto",
        text: 'DeviceProcessEvents\n| where FileName == "cmd.exe"',
        title: "Defender XDR",
        offset: page.indexOf("DeviceProcessEvents"),
        line: 36,
      },
      {
        role: "main",
        language: "kusto",
        text: "DeviceProcessEvents | count",
        title: "Sentinel",
        offset: page.lastIndexOf("DeviceProcessEvents"),
        line: 42,
      },
    ]);
    expect(read.kind).toBe("rule");
    expect(read.facts).toEqual({});
  });

  test("without headings is named by its file, and introduced by its text", () => {
    const read = rule("Fun/Odd One.md", "Some words.\n\n```kql\nT\n```\n");
    expect(read).toMatchObject({ title: "Odd One", description: "Some words.", sections: [] });
    expect(read.queries[0]).not.toHaveProperty("title");
  });

  test("is named by its first heading, even where that is none of the first level", () => {
    expect(rule("a.md", "## Two\n\n### Description\nx\n### Sentinel\n```kql\nT\n```").title).toBe("Two");
    expect(rule("a.md", "## Query Information\n\n## Sentinel\n```kql\nT\n```").title).toBe("a");
  });

  test("keeps the words under its title beside its description", () => {
    expect(rule("a.md", "# T\nIntro.\n## Description\nMore.\n```kql\nT\n```")).toMatchObject({
      description: "More.",
      sections: [{ title: "Introduction", markdown: "Intro." }],
    });
  });

  test("names an account where an author has no name", () => {
    expect(rule("a.md", "# T\n## Author\n- **Github: https://github.com/ben**\n## S\n```kql\nT\n```").authors).toEqual([
      "ben",
    ]);
  });

  test("whose tag runs on into the query is mended with a warning", () => {
    const text = "# T\n```KQLSigninLogs\n| count\n```\n";
    const read = rule("a.md", text);
    expect(read.queries).toMatchObject([{ text: "SigninLogs\n| count", offset: 10, line: 2 }]);
    expect(read.diagnostics).toMatchObject([
      { code: "kql/query-on-fence-line", severity: "warning", span: { start: 7, end: 20 } },
    ]);
  });

  test("whose fence is not closed loses no query", () => {
    const read = rule("a.md", "# T\n## A\n```kql\nT | count\n## B\n```kql\nU | count\n");
    expect(read.queries.map((one) => [one.title, one.text])).toEqual([
      ["A", "T | count"],
      ["B", "U | count"],
    ]);
    expect(read.diagnostics.map((one) => one.code)).toEqual(["kql/unclosed-fence", "kql/unclosed-fence"]);
  });

  test("without a query in Kusto is none", () => {
    expect(readPage("a.md", "# T\n```bash\nls | sort\n```\n")).toBeNull();
    expect(readPage("a.md", "# T\n```kql\n```\n")).toBeNull();
    expect(readPage("a.md", "# T\n")).toBeNull();
  });

  test("that is far too long is not read", () => {
    expect(readPage("a.md", `\`\`\`kql\nT\n\`\`\`\n${"a\n".repeat(70_000)}`)).toMatchObject({
      type: "failure",
      failure: { code: "kql/too-long" },
    });
  });
});

describe("a folder of pages", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kql-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("is read but for notes and the template, and names pages without a query", () => {
    for (const [path, text] of [
      ["a/one.md", "# One\n```kql\nT\n```"],
      ["DetectionTemplate.md", "# Title\n```kql\nT\n```"],
      ["README.md", "# Note"],
      ["b.md", "# B\n```\nnet user\n```"],
      ["empty.md", ""],
      ["c.txt", "T"],
    ] as const) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const reading = kqlReader.read(folder);
    expect(reading.files).toBe(3);
    expect(
      [...reading.items].map((one) =>
        one.type === "rule" ? one.rule.title : one.type === "failure" && one.failure.code,
      ),
    ).toEqual(["One", "kql/no-query", "corpus/empty"]);
  });

  test("knows where a page can be seen", () => {
    expect(kqlReader.fileUrl("abc", "Threat Hunting/a b.md")).toBe(
      "https://github.com/Bert-JanP/Hunting-Queries-Detection-Rules/blob/abc/Threat%20Hunting/a%20b.md",
    );
  });
});
