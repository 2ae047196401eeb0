import { changed, type Step } from "./draft.ts";
import type { CodeTable } from "./tables.ts";

/** All tables are of Windows. A code or name is spelled as its table spells it first: `RemoteInteractive` is logon type 10. */
export function codesStep(table: CodeTable): Step {
  const normal = new Map(
    table.values.flatMap(([first = "", ...others]) => others.map((one) => [one.toLowerCase(), first])),
  );
  return (draft, platform) => {
    if (platform === "unix" || draft.operator !== "eq" || typeof draft.value !== "string") return draft;
    const value = normal.get(draft.value.toLowerCase());
    return value === undefined ? draft : changed(draft, { value }, `${table.title} ${value}`);
  };
}
