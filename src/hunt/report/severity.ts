/** How a severity looks: colour is never the only sign. */
export interface SeverityLook {
  readonly id: string;
  readonly title: string;
  /** Of the mark, around 0 0 and 6 wide to each side. */
  readonly path: string;
}

/** From the gravest to the least; what a rule does not rate comes last. */
export const severityLooks: readonly SeverityLook[] = [
  { id: "critical", title: "critical", path: "M0-7L7 0 0 7-7 0Z" },
  { id: "high", title: "high", path: "M0-6L6 5H-6Z" },
  { id: "medium", title: "medium", path: "M-5-5H5V5H-5Z" },
  { id: "low", title: "low", path: "M-5 0A5 5 0 1 0 5 0 5 5 0 1 0-5 0Z" },
  { id: "informational", title: "informational", path: "M-6-2H6V2H-6Z" },
  { id: "unrated", title: "not rated", path: "M-6-4L-4-6 0-2 4-6 6-4 2 0 6 4 4 6 0 2-4 6-6 4-2 0Z" },
];

/** Its place in the list: 0 for the gravest. */
export function severityPlace(severity: string | null): number {
  const at = severityLooks.findIndex((one) => one.id === severity);
  return at < 0 ? severityLooks.length - 1 : at;
}

export function severityLook(place: number): SeverityLook {
  const look = severityLooks[place] ?? severityLooks.at(-1);
  if (look === undefined) throw new Error("There are no severities.");
  return look;
}
