import type { Value } from "../../rule/expression.ts";
import type { TargetField } from "../platform.ts";

/** Data that integrations keep as the log has it, and map as texts, whatever they say. */
const texts: readonly string[] = ["winlog.event_data.", "winlog.user_data.", "auditd.data.", "sysmon."];

/**
 * The field with the type that its mapping has: numbers of Windows events are texts there
 * (https://www.elastic.co/docs/reference/beats/winlogbeat/exported-fields-winlog).
 */
export function mappedField(field: TargetField, values: readonly Value[]): TargetField {
  // A rule that has true or false itself, and not as text, knows the field for such.
  if (values.length > 0 && values.every((one) => typeof one === "boolean")) return { ...field, type: "boolean" };
  if (!["number", "boolean", "hex_number", "ip"].includes(field.type)) return field;
  return texts.some((one) => field.name.startsWith(one)) ? { ...field, type: "keyword" } : field;
}

/**
 * Fields of ECS that hold a list of values in most events
 * (https://www.elastic.co/docs/reference/ecs/ecs-field-reference: "this field should contain an array of values").
 */
const lists: ReadonlySet<string> = new Set([
  "dns.header_flags",
  "dns.resolved_ip",
  "event.category",
  "event.type",
  "host.ip",
  "host.mac",
  "process.args",
  "process.parent.args",
  "process.env_vars",
  "registry.data.strings",
  "tags",
  "user.roles",
]);

export function isList({ name }: TargetField): boolean {
  return lists.has(name) || name.startsWith("related.");
}
