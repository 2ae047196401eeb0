/** What the engine takes a field for. */
export type FieldKind = "text" | "integer" | "boolean" | "enumeration";

/** Fields of UDM that hold no text, by the end of their path (https://docs.cloud.google.com/chronicle/docs/reference/udm-field-list). */
const endings: readonly (readonly [Exclude<FieldKind, "text">, readonly string[]])[] = [
  [
    "integer",
    [
      "dns.questions.type",
      "dns.response_code",
      "event_timestamp.seconds",
      "file.size",
      "http.response_code",
      "nat_port",
      "network.asn",
      "port",
      "received_bytes",
      "sent_bytes",
    ],
  ],
  ["boolean", ["network.is_proxy", "sigcheck.verified"]],
  [
    "enumeration",
    [
      "auth.mechanism",
      "auth.type",
      "metadata.event_type",
      "network.application_protocol",
      "network.direction",
      "network.ip_protocol",
      "resource.resource_type",
      "principal.platform",
      "security_result.action",
      "security_result.category",
      "security_result.severity",
      "target.platform",
    ],
  ],
];

/** Entries of maps and labels are texts. */
export function kindOf(name: string): FieldKind {
  if (name.includes("[")) return "text";
  const found = endings.find(([, all]) => all.some((one) => name === one || name.endsWith(`.${one}`)));
  return found?.[0] ?? "text";
}

/** Words of logs → names that UDM has for them, by the field. */
const words: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries({
    "security_result.action": {
      success: "ALLOW",
      succeeded: "ALLOW",
      failure: "BLOCK",
      failed: "BLOCK",
      unknown: "UNKNOWN_ACTION",
    },
    "network.direction": { egress: "OUTBOUND", ingress: "INBOUND", unknown: "UNKNOWN_DIRECTION" },
  }).map(([field, names]) => [field, new Map(Object.entries(names))]),
);

/** Types of DNS records as numbers (https://www.iana.org/assignments/dns-parameters/dns-parameters.xhtml). */
const recordTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    A: 1,
    NS: 2,
    CNAME: 5,
    SOA: 6,
    NULL: 10,
    PTR: 12,
    HINFO: 13,
    MX: 15,
    TXT: 16,
    AAAA: 28,
    SRV: 33,
    NAPTR: 35,
    DS: 43,
    DNSKEY: 48,
    SVCB: 64,
    HTTPS: 65,
    AXFR: 252,
    ANY: 255,
  }).map(([name, number]) => [name, String(number)]),
);

/** A value as UDM has it: names of enumerations in capitals, types of records as numbers. */
export function spellingOf(name: string, value: string): string {
  if (name === "network.dns.questions.type") return recordTypes.get(value.toUpperCase()) ?? value;
  if (kindOf(name) !== "enumeration") return value;
  return words.get(name)?.get(value.toLowerCase()) ?? value.toUpperCase();
}

/** Logs write these in lower case (https://www.elastic.co/docs/reference/ecs/ecs-network), so that capitals are UDM's own. */
const lowerInLogs: ReadonlySet<string> = new Set([
  "network.application_protocol",
  "network.direction",
  "network.ip_protocol",
]);

/** What UDM makes of a value that a log holds; null for a value that logs do not write like that. */
export function keptOf(name: string, value: string): string | null {
  const kept = spellingOf(name, value);
  if (lowerInLogs.has(name) && value !== value.toLowerCase()) return null;
  if (name === "network.dns.questions.type") return kept === value || value === value.toUpperCase() ? kept : null;
  return kept === value || value === value.toLowerCase() ? kept : null;
}
