import { describe, expect, test } from "vitest";
import type { SourceContext } from "../../../vocabulary/context.ts";
import { vocabulary } from "./index.ts";

/** `product/category/service`, with `-` for what the log source does not say. */
function context(logSource: string): SourceContext {
  const [product = "-", category = "-", service = "-"] = logSource.split("/");
  const said = Object.entries({ product, category, service }).filter(([, value]) => value !== "-");
  return { corpus: ["sigma"], ...Object.fromEntries(said.map(([key, value]) => [key, [value]])) };
}

const { schemaOf, field: fieldOf } = vocabulary();
const sigma = schemaOf("sigma");
const read = (logSource: string, raw: string) => sigma?.read(raw, context(logSource))?.field ?? null;
const shown = (id: string) => sigma?.namesOf(id)[0]?.name ?? null;

const cases: readonly (readonly [logSource: string, raw: string, id: string])[] = [
  ["windows/process_creation", "Image", "process.executable"],
  ["linux/process_creation", "Image", "process.executable"],
  ["macos/process_creation", "ParentCommandLine", "process.parent.command_line"],
  ["windows/process_creation", "CurrentDirectory", "process.working_directory"],
  ["windows/process_creation", "ParentOfParentImage", "winlog.event_data.GrandParentImage"],
  ["windows/process_creation", "Hashes", "process.hash"],
  ["windows/driver_load", "Hashes", "dll.hash"],
  ["windows/create_stream_hash", "Hash", "file.hash"],
  // The product, company and signer of the process that starts, or of the library that is loaded
  ["windows/process_creation", "OriginalFileName", "process.pe.original_file_name"],
  ["windows/image_load", "OriginalFileName", "dll.pe.original_file_name"],
  ["windows/process_creation", "Description", "process.pe.description"],
  ["windows/image_load", "Description", "dll.pe.description"],
  ["windows/-/system", "Description", "winlog.event_data.Description"],
  ["windows/image_load", "Signature", "dll.code_signature.subject_name"],
  ["-/antivirus", "Signature", "rule.name"],
  // With the domain on Windows, without it elsewhere, as a SID in the WMI log, and the user that sudo turns into
  ["windows/process_creation", "User", "winlog.event_data.User"],
  ["linux/process_creation", "User", "user.name"],
  ["windows/-/wmi", "User", "winlog.user_data.User"],
  ["linux/-/sudo", "USER", "user.effective.name"],
  ["windows/image_load", "Image", "process.executable"],
  ["windows/image_load", "ImageLoaded", "dll.path"],
  ["windows/driver_load", "ImageLoaded", "dll.path"],
  ["windows/driver_load", "ImagePath", "winlog.event_data.ImagePath"],
  ["windows/process_access", "SourceImage", "process.executable"],
  ["windows/process_access", "TargetImage", "winlog.event_data.TargetImage"],
  ["windows/create_remote_thread", "SourceParentImage", "process.parent.executable"],
  ["windows/create_remote_thread", "StartModule", "winlog.event_data.StartModule"],
  ["windows/file_event", "TargetFilename", "file.path"],
  ["paloalto/file_event/globalprotect", "TargetFilename", "file.path"],
  ["windows/file_access", "FileName", "file.path"],
  ["windows/-/security", "FileName", "winlog.event_data.FileName"],
  ["windows/file_rename", "SourceFilename", "winlog.event_data.SourceFilename"],
  ["windows/registry_set", "TargetObject", "registry.path"],
  ["windows/registry_set", "Details", "registry.data.strings"],
  ["windows/registry_event", "NewName", "winlog.event_data.NewName"],
  ["windows/pipe_created", "PipeName", "winlog.event_data.PipeName"],
  ["windows/network_connection", "DestinationHostname", "destination.domain"],
  ["windows/network_connection", "Protocol", "network.transport"],
  ["windows/dns_query", "QueryName", "dns.question.name"],
  ["windows/-/dns-client", "QueryName", "dns.question.name"],
  ["windows/wmi_event", "Destination", "winlog.event_data.Destination"],
  ["windows/wmi_event", "Query", "winlog.event_data.Query"],
  ["windows/-/wmi", "Query", "winlog.user_data.Query"],
  // The path of a script, of the program that a task starts, of an app package, of a file that Defender found
  ["windows/ps_script", "Path", "file.path"],
  ["windows/-/taskscheduler", "Path", "process.executable"],
  ["windows/-/appxdeployment-server", "Path", "winlog.event_data.Path"],
  ["windows/-/windefend", "Path", "file.path"],
  // An error of a package in the data of its event, of the print service in its user data
  ["windows/-/appxdeployment-server", "ErrorCode", "winlog.event_data.ErrorCode"],
  ["windows/-/printservice-admin", "ErrorCode", "winlog.user_data.ErrorCode"],
  ["windows/-/printservice-admin", "EventID", "event.code"],
  ["windows/ps_script", "ScriptBlockText", "powershell.file.script_block_text"],
  ["windows/ps_module", "Payload", "winlog.event_data.Payload"],
  ["m365/-/threat_management", "Payload", "o365.audit.Payload"],
  ["windows/-/security", "EventID", "event.code"],
  ["rpc_firewall/application", "EventID", "event.code"],
  ["windows/-/security", "Provider_Name", "event.provider"],
  // Where an event was written, or which log it says was cleared
  ["windows/-/security", "Channel", "winlog.channel"],
  ["windows/-/system", "Channel", "winlog.user_data.Channel"],
  ["windows/-/security", "IpAddress", "source.ip"],
  ["windows/-/security", "ProcessName", "process.executable"],
  ["windows/-/ntlm", "ProcessName", "winlog.event_data.ProcessName"],
  ["windows/-/security", "SubjectUserName", "winlog.event_data.SubjectUserName"],
  ["windows/-/security", "Logon_Type", "winlog.event_data.LogonType"],
  ["windows/-/security", "NewValue", "winlog.event_data.NewValue"],
  ["windows/-/windefend", "NewValue", "winlog.event_data.New_Value"],
  ["windows/-/windefend", "Threat Name", "winlog.event_data.Threat_Name"],
  // The address of the client, or of the server to which this host connects
  ["windows/-/terminalservices-localsessionmanager", "Address", "source.ip"],
  ["windows/-/smbclient-connectivity", "Address", "winlog.event_data.Address"],
  ["windows/-/security-mitigations", "ImageName", "dll.path"],
  ["windows/-/appmodel-runtime", "ImageName", "process.name"],
  ["linux/-/auditd", "type", "auditd.message_type"],
  ["linux/-/auditd", "SYSCALL", "auditd.data.syscall"],
  ["linux/-/auditd", "a1", "auditd.data.a1"],
  ["linux/-/auditd", "name", "auditd.data.name"],
  ["zeek/-/smb_files", "name", "zeek.smb_files.name"],
  ["-/webserver", "cs-uri-query", "url.query"],
  ["-/webserver", "cs-cookie", "w3c.cs-cookie"],
  ["-/proxy", "c-uri", "url.original"],
  ["-/proxy", "c-useragent", "user_agent.original"],
  ["zeek/-/http", "host", "url.domain"],
  ["zeek/-/dns", "query", "dns.question.name"],
  ["zeek/-/conn", "id.resp_h", "destination.ip"],
  ["zeek/-/dce_rpc", "operation", "zeek.dce_rpc.operation"],
  // An operation in most logs, an outcome in those of authentication
  ["github/-/audit", "action", "event.action"],
  ["-/authentication", "action", "event.outcome"],
  ["aws/-/cloudtrail", "eventName", "event.action"],
  ["aws/-/cloudtrail", "eventType", "aws.cloudtrail.event_type"],
  ["okta/-/okta", "eventType", "event.action"],
  ["aws/-/cloudtrail", "requestParameters.userName", "aws.cloudtrail.request_parameters.userName"],
  ["azure/-/riskdetection", "riskEventType", "azure.identityprotection.properties.risk_event_type"],
  ["azure/-/pim", "riskEventType", "azure.pim.riskEventType"],
  ["azure/-/auditlogs", "properties.message", "azure.auditlogs.properties.message"],
  ["azure/-/signinlogs", "properties.message", "azure.signinlogs.properties.message"],
  ["azure/-/signinlogs", "ResultType", "azure.signinlogs.properties.status.error_code"],
  ["gcp/-/gcp.audit", "gcp.audit.method_name", "event.action"],
  ["kubernetes/application/audit", "apiGroup", "kubernetes.audit.objectRef.apiGroup"],
  ["kubernetes/-/audit", "verb", "kubernetes.audit.verb"],
  ["opencanary/application", "logtype", "opencanary.logtype"],
];

describe("Sigma's field names", () => {
  test.each(cases)("%s: %s is %s", (logSource, raw, id) => {
    expect(read(logSource, raw)).toBe(id);
    expect(fieldOf(id)?.id).toBe(id);
  });

  test.each([
    ["zeek/-/dns", "Image"],
    ["-/firewall", "blocked"],
    ["aws/-/cloudtrail", "src_country"],
  ])("%s: what %s means is not known", (logSource, raw) => {
    expect(read(logSource, raw)).toBeNull();
  });

  test.each([
    ["process.executable", "Image"],
    ["process.parent.executable", "ParentImage"],
    ["process.command_line", "CommandLine"],
    ["file.path", "TargetFilename"],
    ["dll.path", "ImageLoaded"],
    ["registry.path", "TargetObject"],
    ["registry.data.strings", "Details"],
    ["source.ip", "SourceIp"],
    ["destination.port", "DestinationPort"],
    ["dns.question.name", "QueryName"],
    ["event.code", "EventID"],
    ["event.action", "eventName"],
    ["event.provider", "Provider_Name"],
    ["user_agent.original", "cs-user-agent"],
    ["url.original", "c-uri"],
    ["winlog.event_data.RelativeTargetName", "RelativeTargetName"],
    ["winlog.event_data.Threat_Name", "ThreatName"],
    ["auditd.data.syscall", "SYSCALL"],
  ])("%s is shown as %s", (id, name) => {
    expect(shown(id)).toBe(name);
  });

  test.each(["process.name", "process.parent.name", "file.name", "dll.name"])("Sigma has no name for %s", (id) => {
    expect(shown(id)).toBeNull();
  });
});
