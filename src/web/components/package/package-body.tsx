import type { Child } from "hono/jsx";
import { counted, formatNumber } from "../../../kit/numbers.ts";
import type { DetectionPackage, Judgement } from "../../../packages/detection-package.ts";
import { addresses, mitreAddress, withQuery } from "../../addresses.ts";
import { type KnobValues, knobQuery } from "../../knobs.ts";
import { renderAttackText } from "../../markdown.ts";
import { SeverityBadge } from "../badges.tsx";
import { Breadcrumb } from "../breadcrumb.tsx";
import { Empty } from "../empty.tsx";
import { elsewhere, Head } from "../head.tsx";
import { Contents, type ContentsEntry, Section } from "../section.tsx";
import { Detections } from "./detections.tsx";
import { Guides } from "./guides.tsx";
import { Needs } from "./needs.tsx";
import { originWords } from "./origin.ts";
import type { PackagePartProps } from "./package-part.ts";
import { PackageSources, References } from "./package-sources.tsx";
import { PackageTests } from "./package-tests.tsx";
import { PlatformSwitch } from "./platform-switch.tsx";
import { SourceLine } from "./source-line.tsx";
import { FalsePositives, Knobs } from "./tuning.tsx";

export interface PackageBodyProps extends PackagePartProps {
  /** What the reader has set. */
  readonly knobs: KnobValues;
}

/** All that is needed to detect a technique on a platform, on one page. */
export function PackageBody(props: PackageBodyProps): Child {
  const { data } = props;
  const { technique, platform } = data;
  // Where there is nothing, one sentence says so, not one for each part.
  const sections = sectionsOf(props).filter((one) => data.absence === null || one.count > 0);
  return (
    <div class="package">
      <Breadcrumb
        crumbs={[
          { label: "ATT&CK", href: addresses.attack },
          { label: `${technique.id} ${technique.name}`, href: addresses.technique(technique.id) },
          { label: platform.title },
        ]}
      />
      <Head
        id={technique.id}
        what="detection package"
        title={`Detect ${technique.name} in ${platform.title}`}
        facts={packageFacts(props)}
      />
      {data.absence === null && <p class="lead">{packageSentence(data)}</p>}
      <PlatformSwitch data={data} />
      <div class="columns">
        <div class="text">
          {data.absence !== null && <AbsenceNote data={data} />}
          {data.borrowed !== null && <p class="notice">{data.borrowed}</p>}
          <Judgements data={data} />
          <Description {...props} />
          {sections.map(({ id, title, count, note, lacking, body }) => (
            <Section
              id={id}
              title={title}
              {...(count > 0 && id !== "sources" ? { count } : {})}
              {...(note === null || count === 0 ? {} : { note })}
            >
              {count === 0 ? <p class="note lacking">{lacking}</p> : body()}
            </Section>
          ))}
        </div>
        <Contents
          entries={[
            ...(data.description.length > 0 ? [{ id: "description", title: "What it is" }] : []),
            ...sections.map(contentsEntry),
          ]}
        />
      </div>
    </div>
  );
}

function packageFacts({ data, json, knobs }: PackageBodyProps): readonly Child[] {
  const { technique, platform, origin } = data;
  const download = withQuery(addresses.packageDownload(technique.id, platform.id), knobQuery(knobs));
  return [
    ...technique.tactics.map((one) => (
      <a class="tag" href={addresses.tactic(one.shortName)}>
        {one.name}
      </a>
    )),
    origin === "none" ? null : <span class={`origin is-${origin}`}>{originWords[origin]}</span>,
    elsewhere(mitreAddress(technique.id)),
    origin === "none" ? null : (
      <a href={download} download>
        Download <span class="quiet">(ZIP)</span>
      </a>
    ),
    <a href={json}>as JSON</a>,
  ];
}

/** What there is, in one sentence. */
export function packageSentence(data: DetectionPackage): string {
  const { detections, candidates, needs, platform } = data;
  if (detections.length === 0) return data.absence?.why ?? `No detection for ${platform.title}.`;
  const proved = detections.filter((one) => one.firesOn.length > 0).length;
  const native = detections.filter((one) => one.native).length;
  const best =
    candidates > detections.length
      ? `The best ${formatNumber(detections.length)} of ${counted(candidates, "rule")}`
      : counted(detections.length, "detection");
  const kinds =
    native === 0
      ? "all translated"
      : native === detections.length
        ? "all written for it"
        : `${formatNumber(native)} written for it`;
  const proof = proved === 0 ? "none fires on a test" : `${formatNumber(proved)} proved by a test`;
  return `${best}, ${kinds}, ${proof}. ${counted(needs.length, "log")} must be collected.`;
}

function AbsenceNote({ data }: Pick<PackagePartProps, "data">): Child {
  const { absence, technique, platform } = data;
  if (absence === null) return null;
  return (
    <Empty title={`There is no detection of ${technique.name} for ${platform.title}.`}>
      <p>{absence.why}</p>
      {absence.nearest.length > 0 && (
        <>
          <p>What comes nearest:</p>
          <ul>
            {absence.nearest.map((one) => (
              <li>
                <a href={addresses.package(one.technique, one.platform)}>{one.title}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Empty>
  );
}

function Judgements({ data }: Pick<PackagePartProps, "data">): Child {
  if (data.severity === null && data.confidence === null) return null;
  return (
    <dl class="judgements">
      <Judged term="Severity" judgement={data.severity} />
      <Judged term="Confidence" judgement={data.confidence} />
    </dl>
  );
}

function Judged({ term, judgement }: { readonly term: string; readonly judgement: Judgement | null }): Child {
  if (judgement === null) return null;
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {term === "Severity" ? (
          <SeverityBadge severity={judgement.level} />
        ) : (
          <span class={`confidence c-${judgement.level}`}>{judgement.level}</span>
        )}
        <p>{judgement.why}</p>
      </dd>
    </div>
  );
}

/** The first paragraph says what it is; the others, and what others say, unfold, so that the detections come early. */
function Description({ data, site, links }: PackagePartProps): Child {
  const [first, ...others] = data.description;
  if (first === undefined) return null;
  const [opening = "", ...rest] = first.text.split(/\n\s*\n/);
  const more = [...(rest.length > 0 ? [{ ...first, text: rest.join("\n\n") }] : []), ...others];
  return (
    <Section id="description" title="What it is">
      <div class="prose">{renderAttackText(opening, site.techniques)}</div>
      {more.length > 0 && (
        <details class="more">
          <summary>Read on</summary>
          {more.map((one) => (
            <>
              <div class="prose">{renderAttackText(one.text, site.techniques)}</div>
              {one.source !== first.source && <SourceLine source={one.source} site={site} links={links} />}
            </>
          ))}
        </details>
      )}
      <SourceLine source={first.source} site={site} links={links} />
    </Section>
  );
}

interface PackageSection {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly note: string | null;
  /** What stands there when there is nothing. */
  readonly lacking: string;
  readonly body: () => Child;
}

function sectionsOf(props: PackageBodyProps): readonly PackageSection[] {
  const { data } = props;
  const { technique, platform } = data;
  return [
    {
      id: "detections",
      title: "Detections",
      count: data.detections.length,
      note: "Ours first, then those written for the platform, then the best of others. The score adds what stands behind a rule: how mature, severe, proved, precise and fresh it is, and what a translation loses.",
      lacking: `No rule of any collection detects it on ${platform.title}.`,
      body: () => <Detections {...props} />,
    },
    {
      id: "needs",
      title: "Data that must be there",
      count: data.needs.length,
      note: `What these detections read, and where ${platform.title} keeps it.`,
      lacking: "No detection, no data to ask for.",
      body: () => <Needs {...props} />,
    },
    ...(data.setup.length === 0
      ? []
      : [
          {
            id: "setup",
            title: "Setup",
            count: data.setup.length,
            note: "How the authors of the rules bring these logs in.",
            lacking: "",
            body: () => <Guides {...props} part="setup" />,
          },
        ]),
    {
      id: "false-positives",
      title: "False positives",
      count: data.falsePositives.length,
      note: "What sets these detections off by mistake, as their authors say.",
      lacking: "No author says what sets it off by mistake. That is no promise.",
      body: () => <FalsePositives {...props} />,
    },
    {
      id: "tuning",
      title: "Tuning",
      count: data.knobs.length,
      note: "What a site sets for itself.",
      lacking: "No rule for it leaves anything out that others could use.",
      body: () => <Knobs {...props} />,
    },
    {
      id: "tests",
      title: "Tests",
      count: data.tests.length,
      note: "Run these on a machine that is made for it, and see whether the detections fire.",
      lacking: `Neither we nor Atomic Red Team have a test of ${technique.id} for it.`,
      body: () => <PackageTests {...props} />,
    },
    {
      id: "investigation",
      title: "Investigation guide",
      count: data.investigation.length,
      note: "What to ask when it has fired.",
      lacking: "No collection has an investigation guide for it.",
      body: () => <Guides {...props} part="investigation" />,
    },
    {
      id: "response",
      title: "Response playbook",
      count: data.response.length,
      note: "What to do when it was real.",
      lacking: "No collection has a playbook for it.",
      body: () => <Guides {...props} part="response" />,
    },
    {
      id: "references",
      title: "References",
      count: data.references.length,
      note: null,
      lacking: "Nobody names one.",
      body: () => <References {...props} />,
    },
    {
      id: "sources",
      title: "Sources and licences",
      count: 1,
      note: "Every part of this page belongs to its authors, under their licence.",
      lacking: "",
      body: () => <PackageSources {...props} />,
    },
  ];
}

function contentsEntry({ id, title, count }: PackageSection): ContentsEntry {
  return id === "sources" ? { id, title } : { id, title, count };
}
