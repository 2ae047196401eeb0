import { expect, test } from "vitest";
import type { SourceContext } from "../../../vocabulary/context.ts";
import { vocabulary } from "./index.ts";

const schema = vocabulary().schemaOf("spl");

const model = (name: string, dataSource = ""): SourceContext => ({ datamodel: [name], data_source: [dataSource] });
const macro = (name: string, dataSource = ""): SourceContext => ({ macro: [name], data_source: [dataSource] });

const processes = model("Endpoint.Processes", "Sysmon EventID 1");
const registry = model("Endpoint.Registry", "Sysmon EventID 13");
const files = model("Endpoint.Filesystem", "Sysmon EventID 11");
const security = macro("wineventlog_security", "Windows Event Log Security 4624");

/** What a name means where. A name that stands here twice means two things. */
const cases: readonly (readonly [SourceContext, string, string | null])[] = [
  [processes, "process_name", "process.name"],
  [processes, "process_path", "process.executable"],
  [processes, "process", "process.command_line"],
  [processes, "process_id", "process.pid"],
  [processes, "original_file_name", "process.pe.original_file_name"],
  [processes, "parent_process_name", "process.parent.name"],
  [processes, "parent_process_path", "process.parent.executable"],
  [processes, "parent_process", "process.parent.command_line"],
  [processes, "process_exec", "cim.process_exec"],
  [processes, "process_hash", "cim.process_hash"],
  [processes, "dest", "host.name"],
  [processes, "action", "cim.action"],
  [processes, "dest_category", "cim.dest_category"],
  [registry, "registry_path", "registry.path"],
  [registry, "registry_key_name", "cim.registry_key_name"],
  [registry, "registry_value_name", "registry.value"],
  [registry, "registry_value_data", "registry.data.strings"],
  [files, "file_path", "file.path"],
  [files, "file_name", "file.name"],
  [model("Email.All_Email"), "file_name", "email.attachments.file.name"],
  [model("Email.All_Email"), "src_user", "email.from.address"],
  [model("Network_Traffic.All_Traffic"), "src_ip", "source.ip"],
  [model("Network_Traffic"), "src", "source.address"],
  [model("Network_Traffic"), "dest", "destination.address"],
  [model("Network_Traffic", "AWS CloudWatchLogs VPCflow"), "app", "network.protocol"],
  [model("Network_Traffic", "Palo Alto Network Traffic"), "app", "network.application"],
  [model("Network_Traffic", "Sysmon EventID 3"), "app", "process.executable"],
  [model("Network_Traffic"), "transport", "network.transport"],
  [model("Network_Resolution.DNS"), "query", "dns.question.name"],
  [model("Network_Resolution"), "message_type", "dns.type"],
  [model("Network_Resolution", "Sysmon EventID 22"), "record_type", "dns.answers.type"],
  [model("Network_Resolution", "Splunk Stream DNS"), "record_type", "dns.question.type"],
  [model("Web.Web"), "url", "url.original"],
  [model("Web"), "http_user_agent", "user_agent.original"],
  [model("Web"), "status", "http.response.status_code"],
  [model("Change.All_Changes", "AWS CloudTrail"), "status", "event.outcome"],
  [model("Change", "AWS CloudTrail"), "command", "event.action"],
  [model("Change", "Linux Secure"), "command", "cim.command"],
  [model("Change", "Windows Event Log Security 4794"), "result_id", "event.code"],
  [model("Authentication"), "action", "event.outcome"],
  [model("Authentication", "Okta"), "signature", "event.action"],
  [model("Authentication", "Linux Secure"), "signature", "cim.signature"],
  [model("Intrusion_Detection.IDS_Attacks"), "signature", "rule.name"],
  [model("Risk.All_Risk"), "source", "rule.name"],
  [model("Risk.All_Risk"), "risk_object_type", "splunk.risk.risk_object_type"],
  [macro("sysmon", "Sysmon EventID 1"), "Image", "process.executable"],
  [macro("sysmon", "Sysmon EventID 1"), "OriginalFileName", "process.pe.original_file_name"],
  [macro("sysmon", "Sysmon EventID 7"), "OriginalFileName", "dll.pe.original_file_name"],
  [macro("sysmon", "Sysmon EventID 7"), "IMPHASH", "dll.pe.imphash"],
  [macro("sysmon", "Sysmon EventID 15"), "IMPHASH", "file.pe.imphash"],
  [macro("sysmon", "Sysmon EventID 7"), "Image", "process.executable"],
  [macro("sysmon", "Sysmon EventID 8"), "SourceImage", "process.executable"],
  [macro("sysmon", "Sysmon EventID 8"), "parent_process_name", "process.name"],
  [macro("sysmon", "Sysmon EventID 1"), "parent_process_name", "process.parent.name"],
  [macro("sysmon", "Sysmon EventID 10"), "TargetImage", "winlog.event_data.TargetImage"],
  [macro("sysmon", "Sysmon EventID 10"), "granted_access", "winlog.event_data.GrantedAccess"],
  [macro("sysmon", "Sysmon EventID 3"), "dest", "destination.address"],
  [macro("sysmon", "Sysmon EventID 11"), "dest", "host.name"],
  [macro("sysmon", "Sysmon EventID 17"), "PipeName", "winlog.event_data.PipeName"],
  [macro("sysmon", "Sysmon EventID 1"), "User", "winlog.event_data.User"],
  [macro("sysmon", "Sysmon for Linux EventID 1"), "User", "user.name"],
  [macro("powershell"), "ScriptBlockText", "powershell.file.script_block_text"],
  [security, "EventCode", "event.code"],
  [security, "Logon_Type", "winlog.event_data.LogonType"],
  [security, "TargetUserName", "winlog.event_data.TargetUserName"],
  [security, "IpAddress", "source.ip"],
  [security, "Computer", "winlog.computer_name"],
  [security, "ProcessId", "process.pid"],
  [macro("wineventlog_security", "Windows Event Log Security 4688"), "ProcessId", "process.parent.pid"],
  [macro("wineventlog_security", "Windows Event Log Security 4688"), "NewProcessName", "process.executable"],
  [macro("wineventlog_security", "Windows Event Log Security 4724"), "user", "user.target.name"],
  [
    macro("wineventlog_security", "Windows Event Log Security 4769"),
    "Account_Name",
    "winlog.event_data.TargetUserName",
  ],
  [macro("wineventlog_security", "Windows Event Log Security 4624"), "Account_Name", "splunk.Account_Name"],
  [macro("wineventlog_system"), "ImagePath", "winlog.event_data.ImagePath"],
  [macro("printservice"), "ErrorCode", "winlog.user_data.ErrorCode"],
  [macro("cloudtrail"), "eventName", "event.action"],
  [macro("cloudtrail"), "eventType", "aws.cloudtrail.event_type"],
  [macro("okta"), "eventType", "event.action"],
  [macro("cloudtrail", "AWS CloudTrail ConsoleLogin"), "action", "event.outcome"],
  [macro("zscaler_proxy"), "action", "cim.action"],
  [macro("github"), "action", "event.action"],
  [macro("o365_management_activity"), "ModifiedProperties{}.NewValue", "o365.audit.ModifiedProperties.NewValue"],
  [macro("azure_monitor_aad"), "properties.status.errorCode", "azure.signinlogs.properties.status.error_code"],
  [macro("azure_monitor_aad"), "properties.initiatedBy.user.userPrincipalName", "user.email"],
  [macro("kube_audit"), "sourceIPs{}", "source.ip"],
  [macro("linux_auditd"), "type", "auditd.message_type"],
  [macro("linux_auditd"), "name", "auditd.data.name"],
  [macro("gsuite_drive"), "name", "event.action"],
  [macro("amazon_security_lake"), "api.operation", "event.action"],
  [macro("amazon_security_lake"), "metadata.uid", "ocsf.metadata.uid"],
  // Where the log's own names say nothing, those of CIM that the add-ons give to every event hold.
  [macro("papercutng"), "src_ip", "source.ip"],
  [macro("papercutng"), "dest", null],
  [{ index: ["main"] }, "_time", "@timestamp"],
  [{ index: ["main"] }, "sourcetype", "splunk.sourcetype"],
  // Where nothing is known of the source, a name of a data model means nothing either.
  [{ index: ["main"] }, "process_name", null],
  // What a search works out itself is no field of the data model.
  [processes, "processlen", null],
];

test.each(cases)("in %o, %s means %s", (context, raw, field) => {
  expect(schema?.read(raw, context)?.field ?? null).toBe(field);
});

test("the name of the data model is shown first", () => {
  const first = (field: string): string | undefined => schema?.namesOf(field)[0]?.name;
  expect(first("process.executable")).toBe("process_path");
  expect(first("process.command_line")).toBe("process");
  expect(first("process.parent.name")).toBe("parent_process_name");
  expect(first("registry.path")).toBe("registry_path");
  expect(first("file.path")).toBe("file_path");
  expect(first("source.ip")).toBe("src_ip");
  expect(first("host.name")).toBe("dest");
  expect(first("event.outcome")).toBe("action");
  expect(first("winlog.event_data.LogonType")).toBe("LogonType");
});

test("a spelling of one search is understood and never shown", () => {
  expect(schema?.read("processes.process_name", processes)?.field).toBe("process.name");
  expect(schema?.namesOf("process.name").some(({ name }) => name === "processes.process_name")).toBe(false);
});

/** The name to write for a field in a log. */
const written: readonly (readonly [SourceContext, string, string | undefined])[] = [
  [macro("sysmon", "Sysmon EventID 1"), "process.executable", "Image"],
  [macro("sysmon", "Sysmon EventID 1"), "process.name", "process_name"],
  [macro("sysmon", "Sysmon EventID 7"), "dll.path", "ImageLoaded"],
  [macro("sysmon", "Sysmon EventID 7"), "dll.hash", "Hashes"],
  [macro("sysmon", "Sysmon EventID 7"), "process.hash", undefined],
  [macro("sysmon", "Sysmon EventID 1"), "winlog.event_data.LogonId", "LogonId"],
  [security, "source.ip", "IpAddress"],
  [security, "winlog.event_data.LogonType", "LogonType"],
  [processes, "process.executable", "process_path"],
  [macro("web_proxy"), "url.original", "url"],
  [macro("web_proxy"), "powershell.file.script_block_text", undefined],
];

test.each(written)("in %j the field %s is written %s", (context, field, name) => {
  expect(schema?.namesIn(field, context)[0]).toBe(name);
});
