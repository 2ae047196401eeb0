import { expect, test } from "vitest";
import type { SourceContext } from "../../../vocabulary/context.ts";
import { vocabulary } from "./index.ts";

const launch: SourceContext = { category: ["PROCESS_LAUNCH"] };
const sysmon = (...category: string[]): SourceContext => ({ data_source: ["microsoft sysmon"], category });
const at = (source: string, ...category: string[]): SourceContext =>
  category.length === 0 ? { data_source: [source], table: ["udm"] } : { data_source: [source], category };
const grantee = 'target.resource.attribute.labels["AccessControlList Grantee URI"]';

/** Facts of the UDM usage guide, and of what parsers put where: [event type and data source, name, id in the vocabulary]. */
const cases: readonly (readonly [SourceContext, string, string])[] = [
  // At a launch the target is the new process and the principal its parent.
  [launch, "target.process.file.full_path", "process.executable"],
  [launch, "target.process.command_line", "process.command_line"],
  [launch, "target.process.file.sha256", "process.hash.sha256"],
  [launch, "target.process.file.pe_file.imphash", "process.pe.imphash"],
  [launch, "principal.process.file.full_path", "process.parent.executable"],
  [launch, "principal.process.command_line", "process.parent.command_line"],
  [launch, "principal.process.parent_process.command_line", "udm.principal.process.parent_process.command_line"],
  [launch, "target.process.parent_process.product_specific_process_id", "process.parent.entity_id"],
  // Elsewhere the principal is the acting process.
  [{ category: ["FILE_CREATION"] }, "principal.process.file.full_path", "process.executable"],
  [{ category: ["FILE_CREATION", "PROCESS_LAUNCH"] }, "principal.process.command_line", "process.command_line"],
  [{ category: ["FILE_CREATION", "PROCESS_LAUNCH"] }, "principal.process.parent_process.pid", "process.parent.pid"],
  [{ category: ["NETWORK_CONNECTION"] }, "principal.process.file.sha256", "process.hash.sha256"],
  [{ category: ["FILE_CREATION"] }, "principal.process.parent_process.command_line", "process.parent.command_line"],
  [{ category: ["PROCESS_OPEN"] }, "target.process.file.full_path", "winlog.event_data.TargetImage"],
  [{ category: ["PROCESS_INJECTION"] }, "principal.process.file.full_path", "process.executable"],
  [{ category: ["PROCESS_MODULE_LOAD"] }, "target.process.file.full_path", "dll.path"],
  [{ category: ["PROCESS_TERMINATION"] }, "target.process.file.full_path", "process.executable"],
  [{ category: ["FILE_CREATION"] }, "target.file.full_path", "file.path"],
  [{ category: ["FILE_MODIFICATION"] }, "target.file.sha256", "file.hash.sha256"],
  // What the parser of Sysmon does.
  [sysmon("PROCESS_LAUNCH"), "src.process.file.full_path", "process.pe.original_file_name"],
  [launch, "src.process.file.full_path", "udm.src.process.file.full_path"],
  [sysmon("PROCESS_OPEN"), "target.resource.name", "winlog.event_data.GrantedAccess"],
  [sysmon("PROCESS_UNCATEGORIZED"), "target.resource.name", "winlog.event_data.PipeName"],
  [at("AWS CloudTrail"), "target.resource.name", "udm.target.resource.name"],
  [sysmon("PROCESS_OPEN"), 'additional.fields["CallTrace"]', "winlog.event_data.CallTrace"],
  [sysmon("REGISTRY_MODIFICATION"), "target.registry.registry_key", "registry.path"],
  [{ category: ["REGISTRY_MODIFICATION"] }, "target.registry.registry_key", "registry.key"],
  [sysmon("REGISTRY_MODIFICATION"), "target.registry.registry_value_data", "registry.data.strings"],
  [at("microsoft sysmon"), "principal.process.file.full_path", "udm.principal.process.file.full_path"],
  // The product's own event type.
  [sysmon("PROCESS_LAUNCH"), "metadata.product_event_type", "event.code"],
  [at("Windows System Event Log", "SERVICE_CREATION"), "metadata.product_event_type", "event.code"],
  [at("AWS CloudTrail"), "metadata.product_event_type", "event.action"],
  [at("github"), "metadata.product_event_type", "event.action"],
  [at("Okta", "USER_LOGIN"), "metadata.product_event_type", "event.action"],
  [at("OneLogin", "USER_LOGIN"), "metadata.product_event_type", "onelogin.event_type_id"],
  [at("Okta", "USER_LOGIN"), "security_result.category_details", "okta.outcome.reason"],
  [at("Workspace Activity"), "security_result.category_details", "google_workspace.event.type"],
  [at("github"), 'extracted.fields["repository_public"]', "github.repository_public"],
  [at("AWS GuardDuty"), "metadata.product_event_type", "udm.metadata.product_event_type"],
  [launch, "metadata.event_type", "udm.metadata.event_type"],
  // What parsers leave out, where it is extracted.
  [
    { ...sysmon("PROCESS_MODULE_LOAD"), extraction: ["windows"] },
    'extracted.fields["Signed"]',
    "dll.code_signature.exists",
  ],
  [{ ...sysmon("PROCESS_LAUNCH"), extraction: ["windows"] }, 'extracted.fields["Hashes"]', "process.hash"],
  [sysmon("PROCESS_LAUNCH"), 'extracted.fields["Hashes"]', 'udm.extracted.fields["Hashes"]'],
  [{ extraction: ["cloudtrail"] }, 'extracted.fields["userIdentity.arn"]', "aws.cloudtrail.user_identity.arn"],
  [at("AWS CloudTrail"), "principal.resource.type", "aws.cloudtrail.user_identity.type"],
  [at("opencanary"), 'security_result.detection_fields["logtype"]', "opencanary.logtype"],
  [at("linux auditd"), "metadata.product_event_type", "auditd.message_type"],
  [{ ...at("windows"), log: ["security"] }, "principal.user.userid", "winlog.event_data.SubjectUserName"],
  // Services and applications.
  [at("GCP Cloud Audit"), "target.application", "event.provider"],
  [at("azure ad", "USER_LOGIN"), "target.application", "azure.signinlogs.properties.app_display_name"],
  [at("Windows System Event Log", "SERVICE_CREATION"), "target.application", "winlog.event_data.ServiceName"],
  [at("Workspace Activity"), "target.application", "udm.target.application"],
  // Users and machines.
  [sysmon("NETWORK_CONNECTION"), "principal.user.userid", "user.name"],
  [at("o365", "FILE_UNCATEGORIZED"), "principal.user.userid", "user.email"],
  [at("AWS CloudTrail"), "principal.user.userid", "user.id"],
  [at("AWS CloudTrail"), "principal.user.user_display_name", "user.name"],
  [at("Okta", "USER_LOGIN"), "principal.user.user_display_name", "user.full_name"],
  [at("Okta", "USER_LOGIN"), "target.user.email_addresses", "user.email"],
  [at("Workspace Activity"), "target.user.email_addresses", "user.target.email"],
  [at("microsoft windows events", "USER_LOGIN"), "target.user.userid", "winlog.event_data.TargetUserName"],
  [at("microsoft windows events", "USER_CREATION"), "principal.user.userid", "winlog.event_data.SubjectUserName"],
  [launch, "principal.hostname", "host.name"],
  [at("Okta", "USER_LOGIN"), "principal.hostname", "source.domain"],
  [at("zscaler nss", "NETWORK_HTTP"), "principal.hostname", "source.domain"],
  [at("zscaler nss", "NETWORK_HTTP"), "target.hostname", "destination.domain"],
  [{ category: ["NETWORK_HTTP"] }, "principal.ip[0]", "source.ip"],
  [{ category: ["NETWORK_CONNECTION"] }, "target.ip", "destination.ip"],
  // What means one thing everywhere, and what keeps its path.
  [{ category: ["NETWORK_HTTP"] }, "network.http.user_agent", "user_agent.original"],
  [{ category: ["NETWORK_DNS"] }, "network.dns.questions.name", "dns.question.name"],
  [{ category: ["NETWORK_HTTP"] }, "target.url", "url.full"],
  [{ table: ["graph"] }, "graph.entity.file.sha256", "udm.graph.entity.file.sha256"],
  [at("AWS CloudTrail"), "security_result.action", "udm.security_result.action"],
  [at("AWS CloudTrail"), grantee, `udm.${grantee}`],
  [
    at("AWS CloudTrail"),
    'target.resource.attribute.labels["requestParameters.sslPolicy"]',
    "aws.cloudtrail.request_parameters.sslPolicy",
  ],
];

test.each(cases)("%j %s means %s", (context, raw, field) => {
  expect(vocabulary().schemaOf("yara-l")?.read(raw, context)?.field).toBe(field);
});

test("a reader sees the name of the event type that is about the thing", () => {
  const first = (field: string) => vocabulary().schemaOf("yara-l")?.namesOf(field)[0]?.name;
  expect(first("process.executable")).toBe("target.process.file.full_path");
  expect(first("process.parent.command_line")).toBe("principal.process.command_line");
  expect(first("host.name")).toBe("principal.hostname");
  expect(first("dll.path")).toBe("target.process.file.full_path");
  expect(first("udm.target.labels")).toBe("target.labels");
});
