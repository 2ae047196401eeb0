/**
 * Fields that tell the same thing from others of its kind, the surest first. Where a platform has no name for one of them,
 * events can still be grouped by another; values are never compared across them.
 */
const identities: readonly (readonly string[])[] = [
  ["host.id", "host.name", "host.hostname", "winlog.computer_name", "agent.id"],
  ["process.entity_id", "process.pid"],
  ["process.parent.entity_id", "process.parent.pid"],
  ["user.id", "user.name", "user.email"],
];

/** What events may be grouped by in place of a field, the surest first. */
export function standInsFor(canonical: string): readonly string[] {
  return identities.find((one) => one.includes(canonical))?.filter((one) => one !== canonical) ?? [];
}
