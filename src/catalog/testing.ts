import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** GUIDs of the tests that `writeTestCorpora` makes up. */
export const madeTests = {
  windows: "5f0c7a52-2d0e-4a58-8f0f-0d8a3c1e9b01",
  manual: "5f0c7a52-2d0e-4a58-8f0f-0d8a3c1e9b02",
} as const;

const atomics = `attack_technique: T1033
display_name: System Owner/User Discovery
atomic_tests:
- name: Ask who runs the shell <here>
  auto_generated_guid: ${madeTests.windows}
  description: |
    Asks for the **account**, and keeps the answer. <b>No HTML</b>
  supported_platforms: [windows]
  input_arguments:
    answer: { description: File for the answer, type: path, default: 'C:\\Temp\\who&where.txt' }
  dependency_executor_name: command_prompt
  dependencies:
  - description: The folder must be there.
    prereq_command: if exist C:\\Temp (exit 0) else (exit 1)
    get_prereq_command: mkdir C:\\Temp
  executor:
    name: command_prompt
    elevation_required: true
    command: |
      whoami /all > "#{answer}"
      net user "<i>guest</i>" /domain
      echo nothing of note
    cleanup_command: del "#{answer}"
- name: Look at the badge
  auto_generated_guid: ${madeTests.manual}
  description: Ask the person.
  supported_platforms: [windows, linux]
  executor:
    name: manual
    steps: |
      1. Walk to the desk.
      2. Read the badge.
`;

const rule = (id: string, title: string, option: string, more = ""): string => `title: ${title}
id: 00000000-0000-4000-8000-00000000000${id}
status: test
level: low
tags: [attack.discovery, attack.t1033]
logsource: { category: process_creation, product: windows }
detection:
  selection:
    Image|endswith: '\\whoami.exe'
    CommandLine|contains: '${option}'
  condition: selection
${more}`;

const simulation = `simulation:
  - type: atomic-red-team
    name: Ask who runs the shell
    technique: T1033
    atomic_guid: ${madeTests.windows}
`;

/** A folder of corpora with two tests and two rules: one names a test and fires on it, the other stays silent. */
export function writeTestCorpora(): string {
  const folder = mkdtempSync(join(tmpdir(), "detectionary corpora "));
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put("atomics/atomics/T1033/T1033.yaml", atomics);
  put("sigma/rules/whoami_all.yml", rule("1", "Whoami Asked for All", "/all", simulation));
  put("sigma/rules/whoami_groups.yml", rule("2", "Whoami Asked for Groups", "/groups"));
  return folder;
}
