import type { DetectionPackage, PackageTest } from "../detection-package.ts";
import { oneLine, queryText, severalLines } from "../plain-text.ts";
import { asUuid } from "./named-uuid.ts";
import type { PackageFile } from "./package-file.ts";
import { yamlFile } from "./yaml-file.ts";

/** What the format calls shells. */
const executors: Readonly<Record<string, string>> = {
  cmd: "command_prompt",
  powershell: "powershell",
  sh: "sh",
  bash: "bash",
};

/** What the format calls targets that authored packages name otherwise; it has none for network devices. */
const platforms: Readonly<Record<string, string | null>> = {
  aws: "iaas:aws",
  azure: "iaas:azure",
  gcp: "iaas:gcp",
  entra: "azure-ad",
  m365: "office-365",
  okta: "saas",
  github: "saas",
  kubernetes: "containers",
  network: null,
};

/**
 * The tests in the format of Atomic Red Team, which its runners take; none where there are no tests.
 * https://github.com/redcanaryco/atomic-red-team/blob/master/atomic_red_team/spec.yaml
 */
export function atomicTestsFile({ technique, tests }: DetectionPackage): readonly PackageFile[] {
  const distinct = [...new Map(tests.map((one) => [asUuid(one.id), one] as const).toReversed())].toReversed();
  if (distinct.length === 0) return [];
  const text = yamlFile({
    attack_technique: technique.id,
    display_name: oneLine(technique.name),
    atomic_tests: distinct.map(([guid, test]) => atomicTest(guid, test)),
  });
  return [{ path: "atomic-tests.yaml", text }];
}

function atomicTest(guid: string, test: PackageTest): object {
  const targets = test.targets.flatMap((one) => (Object.hasOwn(platforms, one) ? (platforms[one] ?? []) : [one]));
  return {
    name: oneLine(test.title) || guid,
    auto_generated_guid: guid,
    description: describe(test),
    supported_platforms: [...new Set(targets.map(oneLine))],
    executor: executor(test),
  };
}

/** Prerequisites are words, and the format has commands for them: they stand in the description. */
function describe({ behaviour, prerequisites, source }: PackageTest): string {
  return [
    severalLines(behaviour),
    ...(prerequisites.length === 0 ? [] : [`Needs:\n${prerequisites.map((one) => `- ${oneLine(one)}`).join("\n")}`]),
    `Source: ${oneLine(source.title)} (${oneLine(source.licence)})`,
  ].join("\n\n");
}

function executor({ shell, elevated, command, cleanup }: PackageTest): object {
  const name = Object.hasOwn(executors, shell) ? executors[shell] : undefined;
  const steps = queryText(command);
  if (name === undefined) return { name: "manual", steps };
  return {
    name,
    elevation_required: elevated,
    command: steps,
    ...(cleanup.trim() === "" ? {} : { cleanup_command: queryText(cleanup) }),
  };
}
