import type { EventLayout, Scalar, ViewReader } from "./view/layout.ts";

/** For tests: events as they are, with names that no schema explains, from no known log. */
export const bareView: ViewReader = {
  layoutOf: () => bareLayout,
  timeOf: (data) => (typeof data["@timestamp"] === "number" ? data["@timestamp"] : null),
  visit: (data, _layout, see) => {
    visitMembers(data, "", see);
    return true;
  },
  derivedForms: () => [],
  spellings: () => null,
};

const bareLayout: EventLayout = {
  schema: null,
  shape: "bare",
  structure: "members",
  kinds: [],
  context: {},
  facts: new Map(),
  time: [],
  made: [],
  canonicalOf: () => null,
};

function visitMembers(value: unknown, name: string, see: (name: string, value: Scalar) => void): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) for (const one of value) visitMembers(one, name, see);
  else if (typeof value === "object") {
    for (const [key, one] of Object.entries(value)) visitMembers(one, name === "" ? key : `${name}.${key}`, see);
  } else see(name, value as Scalar);
}
