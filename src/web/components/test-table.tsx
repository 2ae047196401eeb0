import type { Child } from "hono/jsx";
import type { TechniqueTest } from "../../catalog/queries/test-answers.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses } from "../addresses.ts";
import { vendorClass } from "./badges.tsx";
import { StackedBar } from "./bar.tsx";
import { Table } from "./table.tsx";

/** Kinds of logs named for a test. */
const mostKinds = 4;

const columns = [
  { title: "Test" },
  { title: "Runs on" },
  { title: "Events left in" },
  { title: "Rules that fire", numeric: true },
];

/** Tests of a technique, with the rules that fire on each. */
export function TestTable({
  tests,
  caption,
}: {
  readonly tests: readonly TechniqueTest[];
  readonly caption: string;
}): Child {
  return (
    <Table
      caption={caption}
      narrow="stack"
      columns={columns}
      rows={tests.map((one) => [
        <a href={addresses.test(one.guid)}>
          {one.number}. {one.name}
        </a>,
        runsOn(one),
        <Kinds kinds={one.kinds} />,
        <FiredBar test={one} />,
      ])}
    />
  );
}

/** `windows · powershell, elevated`. */
export function runsOn({
  platforms,
  shell,
  elevated,
}: Pick<TechniqueTest, "platforms" | "shell" | "elevated">): string {
  return `${platforms.join(", ")} · ${shell === "manual" ? "by hand" : shell}${elevated ? ", elevated" : ""}`;
}

function Kinds({ kinds }: { readonly kinds: TechniqueTest["kinds"] }): Child {
  const sorted = Object.entries(kinds).sort(([, a], [, b]) => b - a);
  if (sorted.length === 0) return <span class="quiet">none that we can derive</span>;
  const more = sorted.length - mostKinds;
  return (
    <span class="values">
      {sorted.slice(0, mostKinds).map(([kind, events]) => (
        <code>
          {kind} {formatNumber(events)}
        </code>
      ))}
      {more > 0 && <span class="quiet">and {more} more</span>}
    </span>
  );
}

function FiredBar({ test }: { readonly test: TechniqueTest }): Child {
  return (
    <span class="counted">
      <StackedBar parts={test.vendors.map(({ corpus, rules }) => ({ name: vendorClass(corpus), value: rules }))} />
      {formatNumber(test.fired)}
    </span>
  );
}
