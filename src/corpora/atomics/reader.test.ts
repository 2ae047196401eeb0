import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { atomicsSource } from "./index.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary atomics "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}

const guid = (digit: number): string => `0f2cf2a4-6d3a-4a5c-9b51-2f1a4f2b6a0${digit}`;

function read() {
  const { files, items } = atomicsSource.read(folder);
  const all = [...items];
  return {
    files,
    tests: all.flatMap((one) => (one.type === "test" ? [one.test] : [])),
    failures: all.flatMap(({ ...one }) =>
      one.type === "failure" ? [`${one.failure.code} ${one.failure.path}:${one.failure.line}`] : [],
    ),
  };
}

const whole = `attack_technique: T1033
display_name: Made
atomic_tests:
- name: Who am I
  auto_generated_guid: ${guid(1).toUpperCase()}
  description: |
    Asks for the name.
  supported_platforms: [windows, linux]
  input_arguments:
    count: { description: How often, type: integer, default: 3 }
    empty: { description: Nothing, type: string, default: }
  dependency_executor_name: powershell
  dependencies:
  - description: A file must be there
    prereq_command: if (Test-Path x) {exit 0} else {exit 1}
    get_prereq_command: New-Item x
  executor:
    name: command_prompt
    elevation_required: true
    command: |
      whoami #{count}
    cleanup_command: del x
- name: By hand
  auto_generated_guid: ${guid(2)}
  executor:
    name: manual
    steps: 1. Look.
`;

test("reads the tests of a technique as they are written", () => {
  write("atomics/T1033/T1033.yaml", whole);
  const { files, tests, failures } = read();
  expect([files, failures]).toEqual([1, []]);
  expect(tests).toEqual([
    {
      guid: guid(1),
      technique: "T1033",
      number: 1,
      name: "Who am I",
      description: "Asks for the name.\n",
      platforms: ["windows", "linux"],
      inputs: {
        count: { description: "How often", type: "integer", default: "3" },
        empty: { description: "Nothing", type: "string", default: "" },
      },
      executor: { shell: "cmd", elevated: true, command: "whoami #{count}\n", cleanup: "del x" },
      prerequisites: [
        {
          description: "A file must be there",
          check: "if (Test-Path x) {exit 0} else {exit 1}",
          get: "New-Item x",
          shell: "powershell",
        },
      ],
      path: "atomics/T1033/T1033.yaml",
    },
    {
      guid: guid(2),
      technique: "T1033",
      number: 2,
      name: "By hand",
      description: "",
      platforms: [],
      inputs: {},
      executor: { shell: "manual", elevated: false, command: "1. Look.", cleanup: "" },
      prerequisites: [],
      path: "atomics/T1033/T1033.yaml",
    },
  ]);
});

test("indexes, payloads and notes are no techniques", () => {
  write("atomics/T1033/T1033.yaml", whole);
  write("atomics/T1033/src/payload.yaml", "a: 1\n");
  write("atomics/Indexes/index.yaml", "a: 1\n");
  write("atomics/used_guids.txt", guid(1));
  expect(read().files).toBe(1);
});

test("a test that lacks what it needs is a failure at its line, and the others are read", () => {
  write(
    "atomics/T1033/T1033.yaml",
    [
      "attack_technique: T1033",
      "atomic_tests:",
      `- auto_generated_guid: ${guid(1)}`,
      "  executor: { name: sh, command: id }",
      "- name: No GUID",
      "  executor: { name: sh, command: id }",
      "- name: No executor",
      `  auto_generated_guid: ${guid(2)}`,
      "- name: Good",
      `  auto_generated_guid: ${guid(3)}`,
      "  executor: { name: sh, command: id }",
      "- 7",
      "",
    ].join("\n"),
  );
  const { tests, failures } = read();
  expect(tests.map((one) => `${one.number} ${one.name}`)).toEqual(["4 Good"]);
  expect(failures).toEqual([3, 5, 7, 12].map((line) => `atomics/not-a-test atomics/T1033/T1033.yaml:${line}`));
});

test("a file that is no technique is a failure", () => {
  write("atomics/T1001/T1001.yaml", "- a\n");
  write("atomics/T1002/T1002.yaml", "attack_technique: x\natomic_tests: []\n");
  write("atomics/T1003/T1003.yaml", "attack_technique: T1003\natomic_tests: []\n");
  write("atomics/T1004/T1004.yaml", "attack_technique: [\n");
  write("atomics/T1005/T1005.yaml", "");
  write("atomics/T1006/T1006.yaml", `${whole.replace("T1033", "T1006")}---\na: 1\n`);
  const { tests, failures } = read();
  expect(tests).toHaveLength(2);
  expect(failures.map((one) => one.replace("atomics/T", "T"))).toEqual([
    "atomics/not-a-technique T1001/T1001.yaml:1",
    "atomics/not-a-technique T1002/T1002.yaml:1",
    "atomics/not-a-technique T1003/T1003.yaml:1",
    "yaml/syntax T1004/T1004.yaml:2",
    "atomics/not-a-technique T1004/T1004.yaml:1",
    "corpus/empty T1005/T1005.yaml:1",
    "atomics/more-documents T1006/T1006.yaml:28",
  ]);
});

test("of two tests with one GUID the first stays", () => {
  write("atomics/T1033/T1033.yaml", whole);
  write("atomics/T1034/T1034.yaml", whole.replace("T1033", "T1034"));
  const { tests, failures } = read();
  expect(tests.map((one) => one.technique)).toEqual(["T1033", "T1033"]);
  expect(failures).toHaveLength(2);
  expect(failures[0]).toMatch(/^atomics\/duplicate-guid atomics\/T1034/);
});
