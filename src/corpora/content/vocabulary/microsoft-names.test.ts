import { expect, test } from "vitest";
import type { SourceContext } from "../../../vocabulary/context.ts";
import { vocabulary } from "./index.ts";

const of = (...table: string[]): SourceContext => ({ table });

/** Facts of the published table references: [tables, column, id in the vocabulary]. */
const cases: readonly (readonly [SourceContext, string, string | null])[] = [
  // The new process and its parent; elsewhere the acting process and its parent.
  [of("DeviceProcessEvents"), "FolderPath", "process.executable"],
  [of("DeviceProcessEvents"), "FileName", "process.name"],
  [of("DeviceProcessEvents"), "ProcessCommandLine", "process.command_line"],
  [of("DeviceProcessEvents"), "SHA256", "process.hash.sha256"],
  [of("DeviceProcessEvents"), "ProcessVersionInfoOriginalFileName", "process.pe.original_file_name"],
  [of("DeviceProcessEvents"), "AccountName", "user.name"],
  [of("DeviceProcessEvents"), "InitiatingProcessFileName", "process.parent.name"],
  [of("DeviceProcessEvents"), "InitiatingProcessFolderPath", "process.parent.executable"],
  [of("DeviceProcessEvents"), "InitiatingProcessCommandLine", "process.parent.command_line"],
  [of("DeviceProcessEvents"), "InitiatingProcessAccountName", "process.parent.user.name"],
  [of("DeviceProcessEvents"), "InitiatingProcessParentFileName", "defender.InitiatingProcessParentFileName"],
  [of("DeviceNetworkEvents"), "InitiatingProcessFileName", "process.name"],
  [of("DeviceNetworkEvents"), "InitiatingProcessAccountName", "user.name"],
  [of("DeviceFileEvents"), "InitiatingProcessParentFileName", "process.parent.name"],
  [of("DeviceNetworkEvents", "DeviceProcessEvents"), "InitiatingProcessSHA1", "process.hash.sha1"],
  // One column, the subject of each table.
  [of("DeviceFileEvents"), "FolderPath", "file.path"],
  [of("DeviceFileEvents"), "SHA1", "file.hash.sha1"],
  [of("DeviceImageLoadEvents"), "FolderPath", "dll.path"],
  [of("DeviceImageLoadEvents"), "FileName", "dll.name"],
  [of("DeviceImageLoadEvents"), "SHA1", "dll.hash.sha1"],
  [of("DeviceEvents"), "FileName", "file.name"],
  [of("DeviceEvents"), "FolderPath", "defender.FolderPath"],
  [of("EmailAttachmentInfo"), "FileName", "email.attachments.file.name"],
  [of("EmailAttachmentInfo"), "SHA256", "email.attachments.file.hash.sha256"],
  [of("DeviceRegistryEvents"), "RegistryKey", "registry.key"],
  [of("DeviceRegistryEvents"), "RegistryValueName", "registry.value"],
  [of("DeviceRegistryEvents"), "RegistryValueData", "registry.data.strings"],
  // Ends of connections.
  [of("DeviceNetworkEvents"), "RemoteIP", "destination.ip"],
  [of("DeviceNetworkEvents"), "LocalIP", "source.ip"],
  [of("DeviceLogonEvents"), "RemoteIP", "source.ip"],
  [of("DeviceNetworkEvents"), "RemoteUrl", "destination.domain"],
  [of("DeviceEvents"), "RemoteUrl", "url.original"],
  [of("DeviceNetworkEvents"), "Protocol", "network.transport"],
  [of("IdentityLogonEvents"), "Protocol", "network.protocol"],
  [of("DeviceNetworkEvents"), "AdditionalFields.ja3", "tls.client.ja3"],
  // Accounts and devices.
  [of("DeviceEvents"), "AccountName", "defender.AccountName"],
  [of("StorageBlobLogs"), "AccountName", "sentinel.AccountName"],
  [of("DeviceLogonEvents"), "InitiatingProcessAccountName", "process.user.name"],
  [of("DeviceFileEvents"), "DeviceName", "host.name"],
  [of("IdentityLogonEvents"), "DeviceName", "source.domain"],
  [of("AADSignInEventsBeta"), "DeviceName", "azure.signinlogs.properties.device_detail.display_name"],
  [of("CommonSecurityLog"), "DeviceName", "observer.hostname"],
  [of("IdentityDirectoryEvents"), "TargetAccountUpn", "user.target.email"],
  // Cloud logs.
  [of("SigninLogs"), "ResultType", "azure.signinlogs.properties.status.error_code"],
  [of("AADSignInEventsBeta"), "ErrorCode", "azure.signinlogs.properties.status.error_code"],
  [of("AWSCloudTrail"), "ErrorCode", "aws.cloudtrail.error_code"],
  [of("SigninLogs"), "Location", "source.geo.country_iso_code"],
  [of("IdentityLogonEvents"), "Location", "defender.Location"],
  [of("SigninLogs"), "DeviceDetail.deviceId", "azure.signinlogs.properties.device_detail.device_id"],
  [of("AuditLogs"), "OperationName", "event.action"],
  [of("AzureActivity"), "OperationNameValue", "event.action"],
  [of("AzureActivity"), "OperationName", "sentinel.OperationName"],
  [of("AuditLogs"), "TargetResources[0].displayName", "azure.auditlogs.properties.target_resources.0.display_name"],
  [of("AuditLogs"), "InitiatedBy.user.userPrincipalName", "user.email"],
  [of("OfficeActivity"), "UserId", "user.email"],
  [of("MicrosoftGraphActivityLogs"), "UserId", "user.id"],
  [of("CloudAppEvents"), "RawEventData.Workload", "event.provider"],
  [of("CloudAppEvents"), "RawEventData.MessageReactionType", "o365.audit.MessageReactionType"],
  // Windows events.
  [of("SecurityEvent"), "EventID", "event.code"],
  [of("SecurityEvent"), "CommandLine", "process.command_line"],
  [of("SecurityEvent"), "TargetUserName", "winlog.event_data.TargetUserName"],
  [of("SecurityEvent"), "IpAddress", "source.ip"],
  [of("DeviceLogonEvents"), "LogonType", "defender.LogonType"],
  [of("SecurityEvent"), "LogonType", "winlog.event_data.LogonType"],
  // What means one thing everywhere, what keeps its name, and what nobody knows.
  [of("*"), "ActionType", "event.action"],
  [of("DeviceInfo"), "Timestamp", "@timestamp"],
  [of("AuditLogs"), "TimeGenerated", "@timestamp"],
  [of("DeviceInfo"), "OnboardingStatus", "defender.OnboardingStatus"],
  [of("SecurityIncident"), "Classification", "sentinel.Classification"],
  [{ table: ["DeviceNetworkEvents"], external: ["a list"] }, "IOC", "external.IOC"],
  [of("SomeFunction"), "FileName", null],
  [{}, "FolderPath", null],
];

test.each(cases)("%j %s means %s", (context, raw, field) => {
  expect(
    vocabulary()
      .schemaOf("kusto")
      ?.read(raw, { corpus: ["kql"], ...context })?.field ?? null,
  ).toBe(field);
});

test("a reader sees the column of the table that is about the thing", () => {
  const first = (field: string) => vocabulary().schemaOf("kusto")?.namesOf(field)[0]?.name;
  expect(first("process.executable")).toBe("FolderPath");
  expect(first("process.parent.command_line")).toBe("InitiatingProcessCommandLine");
  expect(first("event.action")).toBe("ActionType");
  expect(first("host.name")).toBe("DeviceName");
  expect(first("user_agent.original")).toBe("UserAgent");
  expect(first("event.outcome")).toBe("Result");
  expect(first("o365.audit.RecordType")).toBe("RecordType");
});
