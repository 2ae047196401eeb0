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

/** What became of a request, in the words of logs → of UDM. */
const actions: ReadonlyMap<string, string> = new Map([
  ["success", "ALLOW"],
  ["succeeded", "ALLOW"],
  ["failure", "BLOCK"],
  ["failed", "BLOCK"],
  ["unknown", "UNKNOWN_ACTION"],
]);

/** Names of enumerations are written in capitals. */
export function spellingOf(name: string, value: string): string {
  if (kindOf(name) !== "enumeration") return value;
  const own = name === "security_result.action" ? actions.get(value.toLowerCase()) : undefined;
  return own ?? value.toUpperCase();
}

/** What UDM makes of a value that a log holds; null for a value that logs do not write like that. */
export function keptOf(name: string, value: string): string | null {
  const kept = spellingOf(name, value);
  return kept === value || value === value.toLowerCase() ? kept : null;
}
