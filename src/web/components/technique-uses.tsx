import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { TechniqueUse } from "../../catalog/queries/field.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses, type SearchAddress, searchAddress } from "../addresses.ts";
import { Bar } from "./bar.tsx";
import { Table } from "./table.tsx";

export interface TechniqueUsesProps {
  readonly uses: readonly TechniqueUse[];
  readonly caption: string;
  /** What the counted rules have in common besides the technique. */
  readonly narrowed: Omit<SearchAddress, "query" | "technique">;
}

/** Techniques with the number of their rules that are meant here, each a part of all its rules. */
export function TechniqueUses({ uses, caption, narrowed }: TechniqueUsesProps): Child {
  return (
    <Table
      caption={caption}
      narrow="stack"
      columns={[
        { title: "Technique" },
        { title: "Rules here", numeric: true },
        { title: "Of all its rules", numeric: true },
      ]}
      rows={uses.map(({ id, name, rules, rulesHere }) => [
        html`<a href="${addresses.technique(id)}"><code>${id}</code> ${name}</a>`,
        html`<span class="counted">${Bar({ part: rulesHere, whole: rules })}<a href="${searchAddress({ ...narrowed, technique: id })}">${formatNumber(rulesHere)}</a></span>`,
        formatNumber(rules),
      ])}
    />
  );
}
