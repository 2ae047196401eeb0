import { expect, test } from "vitest";
import type { SourceContext } from "../../../vocabulary/context.ts";
import { vocabulary } from "./index.ts";

const anywhere: SourceContext = {};
const index = (...names: string[]): SourceContext => ({ index: names });
const gcp = index("logs-gcp.audit-*");
const okta = index("logs-okta.system-*");
const azure = index("logs-azure.signinlogs-*");
const kubernetes = index("logs-kubernetes.audit_logs-*");
const kubernetesAndHosts = index("logs-cloud_defend.process*", "logs-kubernetes.audit_logs-*");
const packets = index("logs-network_traffic.http-*", "packetbeat-*");
const processes: SourceContext = { category: ["process"], index: ["winlogbeat-*"] };
const libraries: SourceContext = { category: ["library"], index: ["logs-windows.sysmon_operational-*"] };

const named: readonly (readonly [SourceContext, string, string])[] = [
  [anywhere, "process.executable", "process.executable"],
  // Other indexes of one field
  [anywhere, "process.name.caseless", "process.name"],
  [anywhere, "process.command_line.text", "process.command_line"],
  [anywhere, "file.path.text", "file.path"],
  [anywhere, "process.parent.executable.caseless", "process.parent.executable"],
  [anywhere, "registry.path.keyword", "registry.path"],
  // Windows
  [anywhere, "winlog.event_id", "event.code"],
  [anywhere, "winlog.provider_name", "event.provider"],
  [anywhere, "winlog.logon.type", "winlog.event_data.LogonType"],
  [anywhere, "winlog.event_data.Image", "process.executable"],
  [anywhere, "winlog.event_data.ParentImage", "process.parent.executable"],
  [anywhere, "winlog.event_data.CommandLine", "process.command_line"],
  [anywhere, "winlog.event_data.TargetObject", "registry.path"],
  [anywhere, "winlog.event_data.QueryName", "dns.question.name"],
  [anywhere, "winlog.event_data.IpAddress", "source.ip"],
  [anywhere, "winlog.event_data.ScriptBlockText", "powershell.file.script_block_text"],
  [processes, "winlog.event_data.OriginalFileName", "process.pe.original_file_name"],
  [libraries, "winlog.event_data.OriginalFileName", "dll.pe.original_file_name"],
  [processes, "event_data.TargetImage", "winlog.event_data.TargetImage"],
  [processes, "event_id", "event.code"],
  // Elastic Defend, Endgame, alerts
  [anywhere, "process.Ext.token.integrity_level_name", "winlog.event_data.IntegrityLevel"],
  [anywhere, "Target.process.executable", "winlog.event_data.TargetImage"],
  [anywhere, "process.ppid", "process.parent.pid"],
  [anywhere, "endgame.event_subtype_full", "event.action"],
  [anywhere, "signal.rule.name", "kibana.alert.rule.name"],
  [anywhere, "threatintel.indicator.ip", "threat.indicator.ip"],
  // Network
  [packets, "client.ip", "source.ip"],
  [packets, "server.ip", "destination.ip"],
  [packets, "icmp.request.type", "network_traffic.icmp.request.type"],
  // Cloud
  [anywhere, "azure.auditlogs.operation_name", "event.action"],
  [anywhere, "azure.signinlogs.properties.user_principal_name", "user.email"],
  [azure, "client.ip", "source.ip"],
  [
    anywhere,
    "azure.auditlogs.properties.target_resources.*.modified_properties.*.new_value",
    "azure.auditlogs.properties.target_resources.0.modified_properties.0.new_value",
  ],
  [
    anywhere,
    "azure.auditlogs.properties.target_resources.*.display_name",
    "azure.auditlogs.properties.target_resources.0.display_name",
  ],
  [anywhere, "azure.platformlogs.properties.log.verb", "kubernetes.audit.verb"],
  [anywhere, "azure.platformlogs.properties.log.user.username", "user.name"],
  [anywhere, "kubernetes.audit.user.username", "user.name"],
  [anywhere, "gcp.audit.request.spec.hostPID", "kubernetes.audit.requestObject.spec.hostPID"],
  [kubernetes, "event.action", "kubernetes.audit.verb"],
  [gcp, "service.name", "event.provider"],
  [gcp, "client.user.email", "user.email"],
  [okta, "source.user.full_name", "user.full_name"],
  [anywhere, "okta.event_type", "event.action"],
  [anywhere, "okta.client.ip", "source.ip"],
  [anywhere, "o365.audit.UserId", "user.email"],
  [anywhere, "github.actor_ip", "source.ip"],
  [anywhere, "aws.cloudtrail.flattened.request_parameters.attribute", "aws.cloudtrail.request_parameters.attribute"],
];

/** Names that look alike, or are copied elsewhere, and still mean something of their own. */
const apart: readonly (readonly [SourceContext, string])[] = [
  [anywhere, "winlog.event_data.TargetImage"],
  [anywhere, "winlog.event_data.OriginalFileName"],
  [anywhere, "winlog.event_data.Hashes"],
  [anywhere, "winlog.event_data.SubjectUserName"],
  [anywhere, "winlog.process.pid"],
  [anywhere, "process.Ext.session_info.logon_type"],
  [anywhere, "process.Ext.effective_parent.executable"],
  [anywhere, "process.parent.Ext.real.pid"],
  [anywhere, "Effective_process.name"],
  [anywhere, "Target.process.name"],
  [anywhere, "file.Ext.original.path"],
  [anywhere, "service.name"],
  [anywhere, "client.ip"],
  [packets, "client.user.email"],
  [anywhere, "kubernetes.audit.verb"],
  [kubernetesAndHosts, "event.action"],
  [gcp, "event.action"],
  [anywhere, "azure.signinlogs.properties.status.error_code"],
  [anywhere, "aws.cloudtrail.user_identity.arn"],
  [anywhere, "source.address"],
];

const read = (context: SourceContext, raw: string): string | null =>
  vocabulary().schemaOf("eql")?.read(raw, context)?.field ?? null;

test.each(named)("%j: %s means %s", (context, raw, field) => {
  expect(read(context, raw)).toBe(field);
});

test.each(apart)("%j: %s means itself", (context, raw) => {
  expect(read(context, raw)).toBe(raw);
});

test("what no product documents has no meaning", () => {
  expect(
    ["Esql.event_count", "session.id", "client_ip", "process.ext.ancestry"].map((raw) => read(anywhere, raw)),
  ).toEqual([null, null, null, null]);
});

test("forms of one thing share a facet", () => {
  const facet = (id: string) => vocabulary().field(id)?.facet;
  expect(facet("Target.process.name")).toBe(facet("winlog.event_data.TargetImage"));
  expect(facet("data_stream.dataset")).toBe(facet("event.dataset"));
  expect(facet("source.address")).toBe(facet("source.ip"));
  expect(facet("aws.cloudtrail.user_identity.arn")).toBe(facet("user.name"));
  expect(facet("process.Ext.effective_parent.executable")).not.toBe(facet("process.parent.executable"));
});

test("readers see the name of ECS first", () => {
  const first = (field: string) => vocabulary().schemaOf("esql")?.namesOf(field)[0]?.name;
  expect(first("source.ip")).toBe("source.ip");
  expect(first("event.action")).toBe("event.action");
  expect(first("winlog.event_data.TargetImage")).toBe("winlog.event_data.TargetImage");
});
