/**
 * Which data connector of Sentinel fills a table, as the rules of Microsoft's repository name them under
 * `requiredDataConnectors`. https://github.com/Azure/Azure-Sentinel/wiki/Query-Style-Guide
 * A table that several connectors fill, each with other events (`AzureDiagnostics`), has none here.
 */
const connectors: Readonly<Record<string, readonly string[]>> = {
  MicrosoftThreatProtection: [
    "AlertEvidence",
    "AlertInfo",
    "CloudAppEvents",
    "DeviceEvents",
    "DeviceFileCertificateInfo",
    "DeviceFileEvents",
    "DeviceImageLoadEvents",
    "DeviceInfo",
    "DeviceLogonEvents",
    "DeviceNetworkEvents",
    "DeviceNetworkInfo",
    "DeviceProcessEvents",
    "DeviceRegistryEvents",
    "EmailAttachmentInfo",
    "EmailEvents",
    "EmailPostDeliveryEvents",
    "EmailUrlInfo",
    "IdentityDirectoryEvents",
    "IdentityLogonEvents",
    "IdentityQueryEvents",
    "UrlClickEvents",
  ],
  SecurityEvents: ["SecurityEvent"],
  WindowsForwardedEvents: ["WindowsEvent"],
  AzureActiveDirectory: [
    "AADManagedIdentitySignInLogs",
    "AADNonInteractiveUserSignInLogs",
    "AADProvisioningLogs",
    "AADRiskyUsers",
    "AADServicePrincipalSignInLogs",
    "AADUserRiskEvents",
    "AuditLogs",
    "MicrosoftGraphActivityLogs",
    "SigninLogs",
  ],
  AzureActivity: ["AzureActivity"],
  Office365: ["OfficeActivity"],
  AWS: ["AWSCloudTrail"],
  AWSS3: ["AWSCloudWatch", "AWSGuardDuty", "AWSVPCFlow"],
  GCPAuditLogsDefinition: ["GCPAuditLogs"],
  OktaSSO: ["Okta_CL"],
  OktaSSOv2: ["OktaV2_CL"],
  Syslog: ["Syslog"],
  CEF: ["CommonSecurityLog"],
  DNS: ["DnsEvents"],
  "AzureMonitor(IIS)": ["W3CIISLog"],
  GoogleWorkspaceReportsAPI: [
    "GWorkspace_ReportsAPI_admin_CL",
    "GWorkspace_ReportsAPI_drive_CL",
    "GWorkspace_ReportsAPI_login_CL",
    "GWorkspace_ReportsAPI_mobile_CL",
    "GWorkspace_ReportsAPI_token_CL",
    "GWorkspace_ReportsAPI_user_accounts_CL",
  ],
  GitHubEcAuditLogPolling: ["GitHubAuditLogPolling_CL"],
};

const byTable: ReadonlyMap<string, string> = new Map(
  Object.entries(connectors).flatMap(([connector, tables]) => tables.map((table) => [table, connector] as const)),
);

export interface RequiredConnector {
  readonly connectorId: string;
  readonly dataTypes: readonly string[];
}

/** The connectors that fill these tables, in the order of the tables. */
export function connectorsOf(tables: readonly string[]): readonly RequiredConnector[] {
  const found = new Map<string, string[]>();
  for (const table of new Set(tables)) {
    const connector = byTable.get(table);
    if (connector === undefined) continue;
    const types = found.get(connector) ?? [];
    types.push(table);
    found.set(connector, types);
  }
  return [...found].map(([connectorId, dataTypes]) => ({ connectorId, dataTypes }));
}
