const entities: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["apos", "'"],
  ["gt", ">"],
  ["lt", "<"],
  ["quot", '"'],
]);

/** What a reference to an entity stands for; one that XML does not know stays as it is written. */
export function entityText(name: string): string {
  return entities.get(name) ?? `&${name};`;
}
