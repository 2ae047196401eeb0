import { isMap, isSeq } from "yaml";
import type { AtomicExecutor, AtomicTest, ShellName } from "../../emulation/atomic-test.ts";
import { lineStarts, positionAt } from "../../kit/span.ts";
import type { EmulationItem } from "../emulation-source.ts";
import { listOf, recordOf, textOf, textsOf, type Untyped } from "../untyped.ts";
import type { YamlObject } from "../yaml-object.ts";

/** What the files call shells. */
const shells: ReadonlyMap<string, ShellName> = new Map([
  ["command_prompt", "cmd"],
  ["powershell", "powershell"],
  ["sh", "sh"],
  ["bash", "bash"],
  ["manual", "manual"],
]);

/** The tests of a technique's file. One that lacks what it cannot be without is a failure at its line. */
export function readTests(path: string, raw: string, object: YamlObject): readonly EmulationItem[] {
  const starts = lineStarts(raw);
  const list = listOf(object.value.atomic_tests);
  const no = (index: number, code: string, message: string): EmulationItem => ({
    type: "failure",
    failure: { path, line: positionAt(starts, offsetOf(object, index)).line, code, message },
  });
  const technique = textOf(object.value.attack_technique).trim().toUpperCase();
  if (!/^T\d{4}(?:\.\d{3})?$/.test(technique)) {
    return [no(-1, "atomics/not-a-technique", "Expected the id of a technique as attack_technique.")];
  }
  if (list.length === 0) return [no(-1, "atomics/not-a-technique", "Expected a list of tests as atomic_tests.")];
  return list.map((one, index): EmulationItem => {
    const test = recordOf(one);
    const name = textOf(test.name).trim();
    const guid = textOf(test.auto_generated_guid).trim().toLowerCase();
    const executor = recordOf(test.executor);
    const shell = shells.get(textOf(executor.name).trim().toLowerCase());
    if (name === "") return no(index, "atomics/not-a-test", "Expected the name of the test.");
    if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(guid)) {
      return no(index, "atomics/not-a-test", "Expected a GUID as auto_generated_guid of the test.");
    }
    if (shell === undefined) {
      const known = [...shells.keys()].join(", ");
      return no(index, "atomics/not-a-test", `Expected one of ${known} as the name of the executor.`);
    }
    return {
      type: "test",
      test: {
        guid,
        technique,
        number: index + 1,
        name,
        description: textOf(test.description),
        platforms: textsOf(test.supported_platforms),
        inputs: inputsOf(test.input_arguments),
        executor: executorOf(executor, shell),
        prerequisites: prerequisitesOf(test, shell),
        path,
      },
    };
  });
}

/** Where a test begins in the file; 0 for the file itself. */
function offsetOf(object: YamlObject, index: number): number {
  const contents = object.document.contents;
  const list = isMap(contents) ? contents.get("atomic_tests", true) : null;
  const item = isSeq(list)
    ? (list.items[index] as { readonly range?: readonly number[] | null } | undefined)
    : undefined;
  return item?.range?.[0] ?? 0;
}

function inputsOf(value: unknown): AtomicTest["inputs"] {
  const inputs: Record<string, AtomicTest["inputs"][string]> = Object.create(null);
  for (const [name, one] of Object.entries(recordOf(value))) {
    const { description, type, default: given } = recordOf(one);
    inputs[name] = { description: textOf(description).trim(), type: textOf(type).trim(), default: textOf(given) };
  }
  return inputs;
}

function executorOf(executor: Untyped, shell: ShellName): AtomicExecutor {
  return {
    shell,
    elevated: executor.elevation_required === true,
    command: textOf(shell === "manual" ? executor.steps : executor.command),
    cleanup: textOf(executor.cleanup_command),
  };
}

function prerequisitesOf(test: Untyped, shell: ShellName): AtomicTest["prerequisites"] {
  const named = shells.get(textOf(test.dependency_executor_name).trim().toLowerCase());
  return listOf(test.dependencies).map((one) => {
    const { description, prereq_command: check, get_prereq_command: get } = recordOf(one);
    return { description: textOf(description).trim(), check: textOf(check), get: textOf(get), shell: named ?? shell };
  });
}
