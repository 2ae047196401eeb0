import type { ShellCommand } from "../shells/command.ts";
import { leave, notShown, now, type Origin, type Scene } from "./scene.ts";

/** Account of the imagined cloud; the number is one that documentation uses. */
const account = "123456789012";

/** Keeps what the audit log of a cloud has of a command of its tool, or of a cmdlet of its module. */
export function leaveCloudOperation(scene: Scene, name: string, command: ShellCommand, origin: Origin): void {
  if (name === "aws") leaveAws(scene, command, origin);
  const text = `${[name, ...verbsOf(command)].join(" ")} `;
  let isKnown = false;
  for (const { commands, kind, data } of scene.tables.cloud.operations) {
    if (!commands.some((one) => text.startsWith(`${one} `))) continue;
    isKnown = true;
    const why = `The service records the operation that ${commands[0] ?? name} asks for.`;
    leave(scene, kind, { ...data, ...timeOf(scene, kind) }, { ...origin, why });
  }
  if (!isKnown && cloudTool.test(name)) notShown(scene, "operations of a cloud that no table names");
}

/** Tools and cmdlets of clouds whose operations stand in the table, by name. */
const cloudTool = /^(?:az|gcloud|kubectl|[a-z]+-(?:azuread|az(?!ure)|mg|msol|aadint)[a-z]+)$/u;

/** Options of these tools that may stand before the words that say what is done, and take a value. */
const leading = new Set([
  "--context",
  "--namespace",
  "-n",
  "--project",
  "--subscription",
  "--resource-group",
  "-g",
  "--profile",
]);

/** The first words that are no options, in small letters. */
function verbsOf(command: ShellCommand): readonly string[] {
  const verbs: string[] = [];
  const words = command.words.slice(1, 40).map(({ value }) => value.toLowerCase());
  for (let at = 0; at < words.length && verbs.length < 8; at++) {
    const word = words[at] ?? "";
    if (leading.has(word)) at++;
    else if (!word.startsWith("-")) verbs.push(word);
  }
  return verbs;
}

/** The name under which each of these logs keeps its time. */
function timeOf(scene: Scene, kind: string): Readonly<Record<string, string>> {
  const time = now(scene).toISOString();
  if (kind.startsWith("azure.auditlogs")) return { activityDateTime: time };
  if (kind.startsWith("azure.")) return { eventTimestamp: time, time };
  if (kind.startsWith("gcp.")) return { timestamp: time };
  if (kind.startsWith("kubernetes.")) return { requestReceivedTimestamp: time, stageTimestamp: time };
  if (kind.startsWith("m365.")) return { CreationTime: time.slice(0, 19) };
  return { time };
}

/** Options of `aws` itself that take a value. */
const awsOptions = new Set([
  "--profile",
  "--region",
  "--output",
  "--query",
  "--endpoint-url",
  "--color",
  "--ca-bundle",
]);

/** And those that take none. */
const awsFlags = new Set([
  "--debug",
  "--no-sign-request",
  "--no-verify-ssl",
  "--no-paginate",
  "--no-cli-pager",
  "--no-cli-auto-prompt",
]);

function leaveAws(scene: Scene, command: ShellCommand, origin: Origin): void {
  const words: string[] = [];
  const parameters: Record<string, unknown> = {};
  const all = command.words.slice(1, 200).map(({ value }) => value);
  let region = "us-east-1";
  for (let at = 0; at < all.length; at++) {
    const word = all[at] ?? "";
    if (!word.startsWith("--")) {
      words.push(word);
      continue;
    }
    const negated = /^--no-(.+)$/u.exec(word)?.[1];
    if (negated !== undefined) {
      if (!awsFlags.has(word)) parameters[camel(negated)] = false;
      continue;
    }
    const next = all[at + 1];
    const value = awsFlags.has(word) || next === undefined || next.startsWith("--") ? true : next;
    if (value !== true) at++;
    if (word === "--region" && typeof value === "string") region = value;
    if (!awsOptions.has(word)) parameters[camel(word.slice(2))] = value;
  }
  const [service = "", operation = ""] = words;
  if (!/^[a-z][a-z0-9-]{0,40}$/u.test(service) || !/^[a-z][a-z0-9-]{1,60}$/u.test(operation)) return;
  if (service === "configure" || service === "help" || operation === "help") return;
  const { sources, operations } = scene.tables.cloud.aws;
  const listed = operations[`${service} ${operation}`];
  const names = listed ?? [pascal(operation)];
  for (const eventName of names) {
    const user = "operator";
    const record = {
      eventVersion: "1.08",
      userIdentity: {
        type: "IAMUser",
        principalId: "AIDAEXAMPLE",
        arn: `arn:aws:iam::${account}:user/${user}`,
        accountId: account,
        accessKeyId: "AKIAEXAMPLE",
        userName: user,
      },
      eventTime: now(scene)
        .toISOString()
        .replace(/\.\d+Z$/u, "Z"),
      eventSource: `${sources[service] ?? service}.amazonaws.com`,
      eventName,
      awsRegion: region,
      sourceIPAddress: "198.51.100.7",
      userAgent: `aws-cli/2.15.0 Python/3.11.6 Linux/6.1 command/${service}.${operation}`,
      requestParameters: Object.keys(parameters).length === 0 ? null : parameters,
      responseElements: null,
      readOnly: /^(?:Get|List|Describe|Lookup|Head)/u.test(eventName),
      eventType: "AwsApiCall",
      managementEvent: true,
      eventCategory: "Management",
      recipientAccountId: account,
    };
    const why = `CloudTrail records ${eventName}, the operation that \`aws ${service} ${operation}\` calls.`;
    leave(scene, "aws.cloudtrail", record, { ...origin, why });
  }
}

const pascal = (name: string): string =>
  name
    .split("-")
    .map((part) => `${part.slice(0, 1).toUpperCase()}${part.slice(1)}`)
    .join("");

const camel = (name: string): string => {
  const joined = pascal(name);
  return `${joined.slice(0, 1).toLowerCase()}${joined.slice(1)}`;
};
