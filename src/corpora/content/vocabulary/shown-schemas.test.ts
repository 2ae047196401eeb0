import { describe, expect, it } from "vitest";
import type { SourceContext } from "../../../vocabulary/context.ts";
import type { SchemaScope } from "../../../vocabulary/fields/tables.ts";
import { readCheckedYaml } from "../checked-yaml.ts";
import { schemaFile } from "./field-files.ts";
import { vocabulary } from "./index.ts";

/** The name that readers see first; null where the schema has none. */
function firstName(schema: string, field: string): string | null {
  const found = vocabulary().schemas.find((one) => one.id === schema);
  if (found === undefined) throw new Error(`No schema is called ${schema}.`);
  return found.namesOf(field)[0]?.name ?? null;
}

const shown: Readonly<Record<string, readonly (readonly [field: string, name: string | null])[]>> = {
  logscale: [
    ["process.executable", "ImageFileName"],
    ["process.name", "FileName"],
    ["process.command_line", "CommandLine"],
    ["process.parent.name", "ParentBaseFileName"],
    ["process.parent.executable", "process.parent.executable"],
    ["process.parent.command_line", "ParentCommandLine"],
    ["process.hash.sha256", "SHA256HashData"],
    ["file.path", "TargetFileName"],
    ["file.directory", "FilePath"],
    ["dll.path", "ImageFileName"],
    ["registry.key", "RegObjectName"],
    ["registry.value", "RegValueName"],
    ["registry.data.strings", "RegStringValue"],
    ["destination.ip", "RemoteAddressIP4"],
    ["source.ip", "LocalAddressIP4"],
    ["dns.question.name", "DomainName"],
    ["user.name", "UserName"],
    ["host.name", "ComputerName"],
    ["event.action", "#event_simpleName"],
    ["http.response.status_code", "http.response.status_code"],
    ["event.code", "Vendor.EventID"],
    ["winlog.event_data.GrantedAccess", "Vendor.EventData.GrantedAccess"],
    ["winlog.event_data.IntegrityLevel", "Vendor.EventData.IntegrityLevel"],
    ["aws.cloudtrail.user_identity.type", "Vendor.userIdentity.type"],
    ["winlog.channel", "Vendor.Channel"],
    ["splunk.sourcetype", null],
  ],
  qradar: [
    ["process.executable", "Process Path"],
    ["process.name", "Process Name"],
    ["process.command_line", "Command"],
    ["process.parent.executable", "Parent Process Path"],
    ["process.parent.name", "Parent Process Name"],
    ["process.parent.command_line", "Parent Command"],
    ["process.hash.md5", "MD5 Hash"],
    ["file.name", "Filename"],
    ["file.directory", "File Directory"],
    ["registry.key", "Registry Key"],
    ["registry.value", "Registry Value Name"],
    ["winlog.event_data.TargetImage", "Target Process Path"],
    ["winlog.event_data.GrantedAccess", "Granted Access"],
    ["winlog.event_data.TicketEncryptionType", "Ticket Encryption Type"],
    ["source.ip", "sourceip"],
    ["destination.port", "destinationport"],
    ["user.name", "username"],
    ["event.code", "Event ID"],
    ["registry.path", "Target Object"],
    ["registry.data.strings", "Target Details"],
    ["powershell.file.script_block_text", "ScriptBlockText"],
    ["dll.path", "ImageLoaded"],
  ],
  sumo: [
    ["process.executable", "baseImage"],
    ["process.command_line", "commandLine"],
    ["process.parent.executable", "parentBaseImage"],
    ["process.parent.command_line", "parentCommandLine"],
    ["file.path", "file_path"],
    ["file.name", "file_basename"],
    ["dll.path", "baseImage"],
    ["registry.path", "changeTarget"],
    ["source.ip", "srcDevice_ip"],
    ["destination.port", "dstPort"],
    ["dns.question.name", "dns_query"],
    ["user_agent.original", "http_userAgent"],
    ["user.name", "user_username"],
    ["host.name", "device_hostname"],
    ["winlog.event_data.SubjectUserName", "user_username"],
    ["winlog.event_data.GrantedAccess", 'fields["EventData.GrantedAccess"]'],
    ["winlog.event_data.LogonType", 'fields["EventData.LogonType"]'],
    ["cloud.region", "cloud_region"],
    ["event.action", "action"],
    ["process.name", null],
    ["registry.key", null],
    ["event.outcome", 'fields["properties.result"]'],
  ],
  ocsf: [
    ["process.executable", "process.file.path"],
    ["process.name", "process.file.name"],
    ["process.command_line", "process.cmd_line"],
    ["process.parent.executable", "process.parent_process.file.path"],
    ["process.pe.original_file_name", "process.file.internal_name"],
    ["winlog.event_data.TargetImage", "process.file.path"],
    ["winlog.event_data.GrantedAccess", "actual_permissions"],
    ["file.directory", "file.parent_folder"],
    ["dll.path", "module.file.path"],
    ["registry.key", "reg_value.path"],
    ["source.ip", "src_endpoint.ip"],
    ["destination.port", "dst_endpoint.port"],
    ["dns.question.name", "query.hostname"],
    ["url.path", "http_request.url.path"],
    ["user.name", "actor.user.name"],
    ["user.target.name", "user.name"],
    ["event.action", "api.operation"],
    ["event.provider", "api.service.name"],
    ["cloud.region", "cloud.region"],
    ["process.hash.md5", null],
    ["registry.path", null],
    ["winlog.event_data.CallTrace", null],
  ],
};

describe.each(Object.entries(shown))("the names of %s", (schema, expected) => {
  it.each(expected)("%s is %s", (field, name) => {
    expect(firstName(schema, field)).toBe(name);
  });

  it("belongs to no query language", () => {
    expect(vocabulary().schemas.find((one) => one.id === schema)?.languages).toEqual([]);
  });
});

describe("a name that depends on the log source", () => {
  const read = (schema: string, raw: string, context: SourceContext): string | undefined =>
    vocabulary()
      .schemas.find((one) => one.id === schema)
      ?.read(raw, context)?.field;

  it.each([
    ["logscale", "RemoteAddressIP4", { event_simpleName: ["NetworkConnectIP4"] }, "destination.ip"],
    ["logscale", "RemoteAddressIP4", { event_simpleName: ["NetworkReceiveAcceptIP4"] }, "source.ip"],
    ["logscale", "ImageFileName", { event_simpleName: ["ClassifiedModuleLoad"] }, "dll.path"],
    ["logscale", "SHA256HashData", { event_simpleName: ["PeFileWritten"] }, "file.hash.sha256"],
    [
      "qradar",
      "MD5 Hash",
      { logsourcetype: ["Microsoft Windows Security Event Log"], event_id: ["7"] },
      "dll.hash.md5",
    ],
    ["qradar", "MD5 Hash", {}, "file.hash.md5"],
    [
      "sumo",
      "parentBaseImage",
      { metadata_deviceEventId: ["Microsoft-Windows-Sysmon/Operational-7"] },
      "process.executable",
    ],
    ["sumo", "parentBaseImage", {}, "process.parent.executable"],
    ["ocsf", "actor.process.file.path", { class_uid: ["1007"], activity_id: ["1"] }, "process.parent.executable"],
    ["ocsf", "actor.process.file.path", { class_uid: ["1007"], activity_id: ["3"] }, "process.executable"],
    ["ocsf", "actor.process.file.path", { class_uid: ["1001"] }, "process.executable"],
    ["ocsf", "user.name", { class_uid: ["3001"] }, "user.target.name"],
    ["ocsf", "user.name", { class_uid: ["3002"] }, "user.name"],
    ["ocsf", "user.name", {}, undefined],
  ] as const)("%s: %s in %o", (schema, raw, context, field) => {
    expect(read(schema, raw, context)).toBe(field);
  });
});

/** One context for each value that a condition of the scope allows; what `*` stands for may be empty. */
function contextsOf({ when }: SchemaScope): readonly SourceContext[] {
  const plain = Object.entries(when).map(
    ([key, values]) => [key, values.map((one) => one.replaceAll("*", ""))] as const,
  );
  const first = Object.fromEntries(plain.map(([key, values]) => [key, values.slice(0, 1)]));
  const others = plain.flatMap(([key, values]) => values.map((value) => ({ ...first, [key]: [value] })));
  return others.length === 0 ? [first] : others;
}

describe("one name and one field", () => {
  it.each(vocabulary().tables.schemas)("$id: a shown name means its field in the log sources of its scope", (table) => {
    const schema = vocabulary().schemas.find((one) => one.id === table.id);
    const strays = table.scopes.flatMap((scope) =>
      Object.entries(scope.fields)
        .filter(([raw, entry]) => entry.shown && !raw.includes("*"))
        .flatMap(([raw, { field }]) =>
          contextsOf(scope)
            .map((context) => schema?.read(raw, context)?.field)
            .filter((found) => found !== field)
            .map((found) => `${scope.title}: ${raw} is ${field}, but reads as ${found}`),
        ),
    );
    expect(strays).toEqual([]);
  });

  it("refuses a scope that lists a name twice", () => {
    const text = [
      "id: twice",
      "title: Twice",
      "sources: { here: { title: Here, url: https://example.org/ } }",
      "scopes:",
      "  - title: All",
      "    source: here",
      "    fields:",
      "      Image: process.executable",
      "      Image: dll.path",
    ].join("\n");
    const schema = schemaFile(
      () => true,
      () => true,
    );
    expect(() => readCheckedYaml("twice.yaml", text, schema)).toThrow("twice.yaml:9: Image stands here a second time.");
  });
});
