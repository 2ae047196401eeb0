import type { Child } from "hono/jsx";
import { counted, formatNumber } from "../../../kit/numbers.ts";
import type { FalsePositive, TuningKnob } from "../../../packages/detection-package.ts";
import { addresses, longestQuery } from "../../addresses.ts";
import { type KnobValues, knobParameter } from "../../knobs.ts";
import { renderMarkdown } from "../../markdown.ts";
import { Query } from "../query.tsx";
import { Fact } from "./fact.tsx";
import type { PackagePartProps } from "./package-part.ts";
import { SourceChips } from "./source-line.tsx";

/** False positives shown open; the rest unfolds. */
const openFalsePositives = 8;

/** What sets it off by mistake, and how that is told apart. */
export function FalsePositives(props: PackagePartProps): Child {
  const { falsePositives } = props.data;
  return (
    <>
      <FalsePositiveList {...props} items={falsePositives.slice(0, openFalsePositives)} />
      {falsePositives.length > openFalsePositives && (
        <details class="more">
          <summary>{formatNumber(falsePositives.length - openFalsePositives)} more</summary>
          <FalsePositiveList {...props} items={falsePositives.slice(openFalsePositives)} />
        </details>
      )}
    </>
  );
}

function FalsePositiveList({
  data,
  site,
  links,
  items,
}: PackagePartProps & { readonly items: readonly FalsePositive[] }): Child {
  return (
    <ul class="false-positives">
      {items.map((one) => (
        <li>
          <div class="prose">{renderMarkdown(one.text, 3)}</div>
          {one.tell !== null && (
            <p class="tell">
              <span class="label">How to tell</span> {one.tell}
            </p>
          )}
          <KnobLink falsePositive={one} knobs={data.knobs} />
          <SourceChips sources={one.sources} site={site} links={links} />
        </li>
      ))}
    </ul>
  );
}

function KnobLink({
  falsePositive,
  knobs,
}: {
  readonly falsePositive: FalsePositive;
  readonly knobs: readonly TuningKnob[];
}): Child {
  const index = knobs.findIndex((knob) => knob.id === falsePositive.knob);
  const knob = knobs[index];
  if (knob === undefined) return null;
  return (
    <p>
      Taken out by <a href={`#knob-${index + 1}`}>{knob.title}</a>
    </p>
  );
}

/** Knobs shown open; the rest unfolds. */
const openKnobs = 6;

export interface KnobsProps extends PackagePartProps {
  /** What the reader has set. */
  readonly knobs: KnobValues;
}

/** What a site sets for itself: knobs of ours in a form that changes the queries, others as conditions to be pasted. */
export function Knobs(props: KnobsProps): Child {
  const numbered = props.data.knobs.map((knob, index) => ({ knob, index }));
  const settable = numbered.filter(({ knob }) => knob.paste === null);
  const pasted = numbered.filter(({ knob }) => knob.paste !== null);
  return (
    <>
      {settable.length > 0 && <KnobForm {...props} settable={settable} />}
      {pasted.length > 0 && (
        <>
          <p class="note">
            What other rules leave out. Paste the condition into the query where your site has the same, and nothing
            else.
          </p>
          <PastedKnobs {...props} pasted={pasted.slice(0, openKnobs)} />
          {pasted.length > openKnobs && (
            <details class="more">
              <summary>{counted(pasted.length - openKnobs, "more exclusion")}</summary>
              <PastedKnobs {...props} pasted={pasted.slice(openKnobs)} />
            </details>
          )}
        </>
      )}
    </>
  );
}

interface Numbered {
  readonly knob: TuningKnob;
  /** From 0, over all knobs of the package. */
  readonly index: number;
}

function KnobForm({ data, knobs, settable }: KnobsProps & { readonly settable: readonly Numbered[] }): Child {
  const address = addresses.package(data.technique.id, data.platform.id);
  return (
    <form class="knobs" action={`${address}#detections`} method="get" aria-label="Knobs of this package">
      <ul>
        {settable.map(({ knob, index }) => (
          <li id={`knob-${index + 1}`}>
            <label for={`knob-${index + 1}-value`}>
              {knob.title} <span class="chip">{kindWords[knob.kind]}</span>
            </label>
            <input
              id={`knob-${index + 1}-value`}
              name={`${knobParameter}${knob.id}`}
              value={knobs.get(knob.id) ?? knob.value}
              maxlength={longestQuery}
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              aria-describedby={`knob-${index + 1}-why`}
              {...(knob.kind === "threshold" ? { inputmode: "numeric" as const } : {})}
            />
            <p class="why" id={`knob-${index + 1}-why`}>
              {knob.why} {knob.example !== "" && <span class="quiet">For instance {knob.example}.</span>}
            </p>
            <Changes knob={knob} data={data} />
          </li>
        ))}
      </ul>
      <p class="knob-actions">
        <button type="submit">Change the queries</button>
        {knobs.size > 0 && <a href={address}>Back to what is set from the start</a>}
      </p>
    </form>
  );
}

const kindWords = { exclude: "leaves out", threshold: "number", window: "time span" } as const;

function PastedKnobs({
  data,
  site,
  links,
  json,
  pasted,
}: PackagePartProps & { readonly pasted: readonly Numbered[] }): Child {
  return (
    <ul class="pasted-knobs">
      {pasted.map(({ knob, index }) => (
        <li id={`knob-${index + 1}`}>
          <h3>{knob.title}</h3>
          <p class="why">{knob.why}</p>
          {knob.paste !== null && (
            <Query
              id={`paste-${index + 1}`}
              language={data.detections[0]?.language ?? data.platform.language}
              label={knob.rules > 0 ? `left out by ${counted(knob.rules, "rule")}` : "to be pasted"}
              what={`the condition of ${knob.title}`}
              text={knob.paste}
              whole={{ address: json, pointer: `/knobs/${index}/paste` }}
            />
          )}
          <Changes knob={knob} data={data} />
          <SourceChips sources={knob.sources} site={site} links={links} />
        </li>
      ))}
    </ul>
  );
}

/** Detections named for a knob. */
const mostChanged = 4;

function Changes({ knob, data }: { readonly knob: TuningKnob } & Pick<PackagePartProps, "data">): Child {
  const changed = data.detections.flatMap((one, index) => (knob.detections.includes(one.id) ? [{ one, index }] : []));
  if (changed.length === 0) return null;
  const left = changed.length - mostChanged;
  return (
    <dl class="facts-table">
      <Fact term="Changes">
        <ul class="inline-list">
          {changed.slice(0, mostChanged).map(({ one, index }) => (
            <li>
              <a href={`#detection-${index + 1}`}>{one.title}</a>
            </li>
          ))}
          {left > 0 && <li>and {formatNumber(left)} more</li>}
        </ul>
      </Fact>
    </dl>
  );
}
