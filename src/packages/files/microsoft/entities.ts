/** Entities of Sentinel: which identifiers they have, and which columns say them, the best first. */
interface EntityColumns {
  readonly entityType: string;
  readonly identifier: string;
  readonly columns: readonly string[];
}

/**
 * https://learn.microsoft.com/en-us/azure/sentinel/entities-reference
 * Columns are those of the tables that translations read, and of Microsoft's own rules.
 */
const entities: readonly EntityColumns[] = [
  {
    entityType: "Account",
    identifier: "FullName",
    columns: [
      "UserPrincipalName",
      "AccountUpn",
      "TargetUserName",
      "SubjectUserName",
      "Account",
      "UserId",
      "Caller",
      "PrincipalEmail",
    ],
  },
  {
    entityType: "Account",
    identifier: "Name",
    columns: [
      "AccountName",
      "InitiatingProcessAccountName",
      "UserName",
      "UserIdentityArn",
      "UserIdentityUserName",
      "Actor",
      "username",
    ],
  },
  { entityType: "Host", identifier: "FullName", columns: ["DeviceName", "Computer", "HostName", "DvcHostname"] },
  {
    entityType: "IP",
    identifier: "Address",
    columns: [
      "IPAddress",
      "RemoteIP",
      "SourceIpAddress",
      "SourceIP",
      "ClientIP",
      "CallerIpAddress",
      "IpAddress",
      "SrcIpAddr",
      "ActorIp",
      "callerIp",
    ],
  },
  {
    entityType: "Process",
    identifier: "CommandLine",
    columns: ["ProcessCommandLine", "CommandLine", "InitiatingProcessCommandLine"],
  },
  { entityType: "URL", identifier: "Url", columns: ["RemoteUrl", "Url", "RequestURL"] },
  { entityType: "RegistryKey", identifier: "Key", columns: ["RegistryKey"] },
  { entityType: "File", identifier: "Name", columns: ["FileName"] },
];

export interface EntityMapping {
  readonly entityType: string;
  readonly fieldMappings: readonly { readonly identifier: string; readonly columnName: string }[];
}

/** One entity of each type, of the first column that the query shows; a sequence numbers the columns of its events. */
export function entityMappings(columns: readonly string[]): readonly EntityMapping[] {
  const made = new Map<string, EntityMapping>();
  for (const { entityType, identifier, columns: known } of entities) {
    const columnName = known.flatMap((name) => [name, `${name}1`]).find((name) => columns.includes(name));
    if (columnName === undefined || made.has(entityType)) continue;
    made.set(entityType, { entityType, fieldMappings: [{ identifier, columnName }] });
  }
  return [...made.values()];
}
