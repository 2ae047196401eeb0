import { rulesFolder } from "./authored-package.ts";

/** The files of an empty package: path below its folder → text. Whoever fills it is told by `validate` what is missing. */
export function packageSkeleton(
  technique: string,
  ids: { readonly rule: string },
  date: string,
): ReadonlyMap<string, string> {
  const name = `${technique.toLowerCase().replace(".", "_")}_what_happened`;
  return new Map([
    ["package.yaml", packageText(technique, name)],
    [`${rulesFolder}/${name}.yml`, ruleText(technique, name, ids.rule, date)],
    ["telemetry/what-happened.ndjson", ""],
    ["telemetry/benign.ndjson", ""],
  ]);
}

function packageText(technique: string, name: string): string {
  const test = (id: string): string => `  - id: ${id}
    title: ""
    target: windows
    behaviour: ""
    # atomic: GUID of a test of Atomic Red Team that does the same
    shell: powershell
    elevated: false
    prerequisites: []
    command: ""
    cleanup: ""
    signals:
      - event: ""
        fields: {}
    telemetry: telemetry/what-happened.ndjson
    recorded: by-hand
    fires: [${name}]
`;
  return `# docs/authoring-packages.md says what belongs where; "detectionary validate ${technique}" says what is missing.
technique: ${technique}
title: ""
targets: [windows]
description: ""
usedBy: { groups: [], software: [] }
severity: { level: medium, why: "" }
confidence: { level: medium, why: "" }
rules:
  - rule: ${name}
    catches: ""
    leavesOut: ""
falsePositives:
  - what: ""
    tell: ""
    knob: known-programs
knobs:
  - id: known-programs
    title: ""
    why: ""
    rules: [${name}]
    exclude: { field: Image, values: [], example: [] }
tests:
${["first", "second", "third"].map(test).join("")}benign:
  - id: look-alikes
    title: ""
    telemetry: telemetry/benign.ndjson
    difference: ""
investigation:
  - question: ""
    answer: ""
    fields: []
    pivots:
      - title: ""
        logsource: { product: windows, category: process_creation }
        selection: { Computer: "{{Computer}}" }
response:
  contain: [{ step: "", how: "" }]
  eradicate: [{ step: "", how: "" }]
  recover: [{ step: "", how: "" }]
  evidence: [{ step: "", how: "" }]
  escalate: []
references:
  - { title: "", url: "https://attack.mitre.org/techniques/${technique.replace(".", "/")}/" }
`;
}

function ruleText(technique: string, name: string, id: string, date: string): string {
  return `title: ""
id: ${id}
name: ${name}
status: experimental
description: ""
references: []
author: Detectionary authors
date: ${date}
license: Apache-2.0
tags:
  - attack.${technique.toLowerCase()}
logsource:
  product: windows
  category: process_creation
detection:
  selection:
    Image|endswith: '\\'
  condition: selection
falsepositives: []
level: medium
`;
}
