import { stringify } from "yaml";

/**
 * A YAML file with one document. The library quotes whatever YAML would read otherwise: texts keep their line ends in
 * blocks, and none becomes a number, a date or a mark. Keys without a value are left out.
 */
export function yamlFile(value: Readonly<Record<string, unknown>>): string {
  const present = Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
  return stringify(present, { lineWidth: 0, aliasDuplicateObjects: false, version: "1.1" });
}
