import { html } from "hono/html";
import type { Child } from "hono/jsx";
import { counted } from "../../../kit/numbers.ts";
import type { PackageTest } from "../../../packages/detection-package.ts";
import { renderMarkdown } from "../../markdown.ts";
import { cut } from "../../wording.ts";
import { Query } from "../query.tsx";
import { Fact } from "./fact.tsx";
import type { PackagePartProps } from "./package-part.ts";
import { SourceLine } from "./source-line.tsx";

/** Tests, signals of a test and fields of a signal shown at most; characters of a value. */
const most = { tests: 15, signals: 6, fields: 12, value: 160 } as const;

/** What shows that the detections work: the first open, the others a click away. */
export function PackageTests(props: PackagePartProps): Child {
  return (
    <>
      <Folds {...props} />
      <FurtherTests {...props} />
    </>
  );
}

/** Whole techniques have a hundred tests: what comes after the first is named, and stands on pages of its own. */
function FurtherTests({ data, links, json }: PackagePartProps): Child {
  const further = data.tests.slice(most.tests);
  if (further.length === 0) return null;
  return (
    <details class="more">
      <summary>{counted(further.length, "more test")}</summary>
      <ol class="references" start={most.tests + 1}>
        {further.map((test, index) => {
          const address = links.tests.get(test.id);
          return (
            <li id={`test-${most.tests + index + 1}`}>
              {address === undefined ? test.title : <a href={address}>{test.title}</a>}{" "}
              {test.fires.length > 0 && <span class="verdict is-exact">sets off {test.fires.length}</span>}
            </li>
          );
        })}
      </ol>
      <p class="note">
        <a href={json}>All of them in the JSON</a>.
      </p>
    </details>
  );
}

function Folds(props: PackagePartProps): Child {
  return (
    <div class="folds">
      {props.data.tests.slice(0, most.tests).map((test, index) => (
        <details class="fold" {...(index === 0 ? { open: true } : {})}>
          <summary>
            <h3>
              <span class="quiet">Test {index + 1}</span> {test.title}
            </h3>
            <span class="marks">
              {test.targets.length > 0 && <span class="chip">{test.targets.join(", ")}</span>}
              <span class={`verdict ${test.fires.length > 0 ? "is-exact" : "is-silent"}`}>
                {test.fires.length > 0 ? `sets off ${test.fires.length}` : "sets off none"}
              </span>
            </span>
          </summary>
          <TestBody {...props} test={test} index={index} />
        </details>
      ))}
    </div>
  );
}

interface TestProps extends PackagePartProps {
  readonly test: PackageTest;
  readonly index: number;
}

function TestBody({ test, index, data, site, links, json }: TestProps): Child {
  const address = links.tests.get(test.id);
  const number = index + 1;
  return (
    <div class="fold-body" id={`test-${number}`}>
      {test.behaviour.trim() !== "" && <div class="prose">{renderMarkdown(test.behaviour, 4)}</div>}
      {test.prerequisites.length > 0 && (
        <>
          <h4>Before</h4>
          <ul class="plain">
            {test.prerequisites.map((one) => (
              <li>{cut(one, 600)}</li>
            ))}
          </ul>
        </>
      )}
      <Query
        id={`command-${number}`}
        language=""
        label={`${test.shell === "manual" ? "by hand" : test.shell}${test.elevated ? ", elevated" : ""}`}
        what={`the command of test ${number}`}
        text={test.command}
        whole={{ address: json, pointer: `/tests/${index}/command` }}
      />
      {test.cleanup.trim() !== "" && (
        <Query
          id={`cleanup-${number}`}
          language=""
          label="cleanup"
          what={`the cleanup of test ${number}`}
          text={test.cleanup}
          whole={{ address: json, pointer: `/tests/${index}/cleanup` }}
        />
      )}
      <Signals test={test} number={number} json={json} />
      <dl class="facts-table">
        <Fact term="Sets off">
          <Fires test={test} data={data} />
        </Fact>
        <Fact term="Proof">{proofSentence(test)}</Fact>
        {address !== undefined && (
          <Fact term="More">
            <a href={address}>All that this test leaves, and every rule that fires on it</a>
          </Fact>
        )}
      </dl>
      <SourceLine source={test.source} site={site} links={links} />
    </div>
  );
}

/** When and how it was found which detections fire. */
function proofSentence({ proof }: PackageTest): Child {
  if (proof === null) return <>Nobody ran it: what it leaves cannot be derived.</>;
  return (
    <>
      Matched on <time datetime={proof.date}>{proof.date.slice(0, 10)}</time> by {proof.engine} over{" "}
      {counted(proof.events, "event")}.
    </>
  );
}

function Fires({ test, data }: { readonly test: PackageTest } & Pick<PackagePartProps, "data">): Child {
  const fired = data.detections.flatMap((one, index) => (test.fires.includes(one.id) ? [{ one, index }] : []));
  if (fired.length === 0) return <>no detection of this package</>;
  return (
    <ul class="inline-list">
      {fired.map(({ one, index }) => (
        <li>
          <a href={`#detection-${index + 1}`}>{one.title}</a>
        </li>
      ))}
    </ul>
  );
}

/** The events that the test must leave, with the values that they must have. */
function Signals({
  test,
  number,
  json,
}: {
  readonly test: PackageTest;
  readonly number: number;
  readonly json: string;
}): Child {
  if (test.signals.length === 0) return null;
  const left = test.signals.length - most.signals;
  return (
    <>
      <h4>Expected signals</h4>
      <div class="signals">
        {test.signals
          .slice(0, most.signals)
          .map((signal, index) => signalTable(signal, `Signal ${index + 1} of test ${number}`))}
      </div>
      {left > 0 && (
        <p class="note">
          … and {counted(left, "more event")}: <a href={json}>all of them in the JSON</a>.
        </p>
      )}
    </>
  );
}

/** Templates instead of elements: tests have hundreds of values. */
function signalTable({ event, fields, certainty }: PackageTest["signals"][number], name: string): Child {
  // Sysmon writes a dash for what is not known.
  const entries = Object.entries(fields).filter(([, value]) => value !== "-" && value !== "");
  const rows = entries
    .slice(0, most.fields)
    .map(
      ([field, value]) =>
        html`<tr><th scope="row"><code>${field}</code></th><td><code>${cut(String(value), most.value)}</code></td></tr>`,
    );
  const left = entries.length - rows.length;
  const more = left > 0 ? html`<p class="note">… and ${counted(left, "more field")}.</p>` : "";
  const table =
    rows.length === 0
      ? ""
      : html`<table><caption class="hidden">${name}: ${event}</caption><thead class="hidden"><tr><th scope="col">Field</th><th scope="col">Value</th></tr></thead><tbody>${rows}</tbody></table>`;
  return html`<div class="signal"><p class="signal-head"><span>${event}</span> <span class="chip certainty is-${certainty}">${certainty}</span></p>${table}${more}</div>`;
}
