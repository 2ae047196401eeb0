/**
 * Parts of a path that hold several values, of which each stands for a copy of the event. Every other field of UDM holds
 * one at most, and so does an entry of a map, whose key finds the first
 * (https://docs.cloud.google.com/chronicle/docs/reference/udm-field-list).
 */
const repeated: ReadonlySet<string> = new Set([
  "about",
  "ancestors",
  "attribute.cloud",
  "attribute.labels",
  "attribute.permissions",
  "attribute.roles",
  "auth.mechanism",
  "capabilities_tags",
  "dns.additional",
  "dns.answers",
  "dns.authority",
  "dns.questions",
  "email.bcc",
  "email.cc",
  "email.subject",
  "email.to",
  "email_addresses",
  "file.names",
  "file.tags",
  "group_identifiers",
  "hardware",
  "ingestion_labels",
  "intermediary",
  "ip",
  "ip_geo_artifact",
  "labels",
  "mac",
  "managers",
  "nat_ip",
  "phone_numbers",
  "process_ancestors",
  "resource_ancestors",
  "security_result",
  "signers",
  "software",
  "supported_ciphers",
  "vulnerabilities",
]);

/** The parts of an event; of a path that begins with anything else nothing is known. */
const nouns: ReadonlySet<string> = new Set(
  "metadata additional extracted principal src target intermediary observer about security_result network extensions".split(
    " ",
  ),
);

/** Can the field have several values in one event? `path`: without the event variable. */
export function isRepeated(path: string): boolean {
  const parts = path.replace(/\[.*/su, "").split(".");
  if (!nouns.has(parts[0] ?? "")) return true;
  if (path.includes("[")) return false;
  return parts.some((part, at) => repeated.has(part) || (at > 0 && repeated.has(`${parts[at - 1]}.${part}`)));
}
