import type { Child } from "hono/jsx";
import type { TestsAnswer } from "../../catalog/queries/test-answers.ts";
import { tests } from "../../catalog/queries/tests.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses } from "../addresses.ts";
import { Bar } from "../components/bar.tsx";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { Empty } from "../components/empty.tsx";
import { Figures } from "../components/figures.tsx";
import { Table } from "../components/table.tsx";
import { definePage, found, type Site } from "../page.ts";

/** All tests, by technique. */
export const testsPage = definePage<TestsAnswer>({
  path: "/tests",
  load: ({ database }) => found(tests(database)),
  view: (data, site) => ({
    title: "Tests",
    summary:
      "Tests of adversaries' behaviour by technique, and the detection rules that fire on the events they leave.",
    place: "attack",
    body: <TestsBody data={data} site={site} />,
  }),
});

function TestsBody({ data, site }: { readonly data: TestsAnswer; readonly site: Site }): Child {
  const { counts, techniques } = data;
  return (
    <>
      <Breadcrumb crumbs={[{ label: "ATT&CK", href: addresses.attack }, { label: "Tests" }]} />
      <header class="head">
        <h1>Tests</h1>
        <p class="lead">
          What tests of Atomic Red Team must leave in the logs, and the rules that fire on it. A detection that was
          never fired is a hope.
        </p>
      </header>
      {counts.tests === 0 ? (
        <Empty title="This catalog holds no tests.">
          <p>
            Put a checkout of Atomic Red Team into the folder of corpora, as <code>atomics</code>, and build again.
          </p>
        </Empty>
      ) : (
        <>
          <Figures
            items={[
              { label: "tests", value: counts.tests },
              { label: "events derived", value: counts.events },
              { label: "tests on which a rule fires", value: counts.fired },
            ]}
          />
          <Table
            caption="Tests by technique"
            narrow="stack"
            columns={[
              { title: "Technique" },
              { title: "Tests", numeric: true },
              { title: "Events", numeric: true },
              { title: "Tests with a rule", numeric: true },
              { title: "Rules that fire", numeric: true },
            ]}
            rows={techniques.map((one) => [
              <TechniqueName technique={one} site={site} />,
              formatNumber(one.tests),
              formatNumber(one.events),
              <span class="counted">
                <Bar part={one.fired} whole={one.tests} />
                {formatNumber(one.fired)}
              </span>,
              formatNumber(one.rules),
            ])}
          />
        </>
      )}
    </>
  );
}

/** An id of another version of ATT&CK has a page, too, where something stands for it: then it has a name. */
function TechniqueName({
  technique: { id, current, name },
  site,
}: {
  readonly technique: TestsAnswer["techniques"][number];
  readonly site: Site;
}): Child {
  if (!site.techniques.has(id) && name === "") return <code>{id}</code>;
  return (
    <a href={`${addresses.technique(current)}#tests`}>
      <code>{id}</code> {name}
    </a>
  );
}
