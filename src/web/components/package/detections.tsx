import type { Child } from "hono/jsx";
import { formatNumber } from "../../../kit/numbers.ts";
import type { DetectionPackage, PackageDetection } from "../../../packages/detection-package.ts";
import { addresses } from "../../addresses.ts";
import type { KnobValues } from "../../knobs.ts";
import { renderMarkdown } from "../../markdown.ts";
import { cut } from "../../wording.ts";
import { SeverityBadge, VendorBadge } from "../badges.tsx";
import { Query } from "../query.tsx";
import { Fact } from "./fact.tsx";
import type { PackagePartProps } from "./package-part.ts";
import { ScoreMark, ScoreParts } from "./score.tsx";
import { SourceLine } from "./source-line.tsx";

/** Parts of a report and characters of each that are shown; the rest is in the JSON. */
const most = { parts: 10, part: 160 } as const;

export interface DetectionsProps extends PackagePartProps {
  /** What the reader has set. */
  readonly knobs: KnobValues;
}

/** Every detection of a package, the best one open. */
export function Detections(props: DetectionsProps): Child {
  const turned = props.data.knobs.filter((one) => props.knobs.has(one.id)).flatMap((one) => one.detections);
  return (
    <div class="folds">
      {props.data.detections.map((one, index) => (
        <details class="fold" {...(index === 0 ? { open: true } : {})}>
          <summary>
            <h3>{one.title}</h3>
            <span class="marks">
              <VendorBadge corpus={one.source.corpus} label={props.site.corpusNames.get(one.source.corpus)} />
              <Verdict detection={one} />
              {turned.includes(one.id) && <span class="verdict is-set">as you set it</span>}
              <SeverityBadge severity={one.severity} />
              <ScoreMark score={one.score} />
            </span>
          </summary>
          <Detection {...props} detection={one} index={index} />
        </details>
      ))}
    </div>
  );
}

function Verdict({ detection }: { readonly detection: PackageDetection }): Child {
  if (detection.native) return <span class="verdict is-native">written for it</span>;
  return <span class={`verdict is-${detection.verdict}`}>translated, {detection.verdict}</span>;
}

interface DetectionProps extends PackagePartProps {
  readonly detection: PackageDetection;
  readonly index: number;
}

function Detection({ detection, index, data, site, links, json }: DetectionProps): Child {
  const { description, catches, leavesOut } = detection;
  return (
    <div class="fold-body" id={`detection-${index + 1}`}>
      {description.trim() !== "" && <div class="prose">{renderMarkdown(description, 4)}</div>}
      <Query
        id={`query-${index + 1}`}
        language={detection.language}
        what={`the query of ${detection.title}`}
        text={detection.query}
        whole={{ address: json, pointer: `/detections/${index}/query` }}
      />
      <Report detection={detection} json={json} />
      <dl class="facts-table">
        {catches !== null && <Fact term="Catches">{catches}</Fact>}
        {leavesOut !== null && <Fact term="Leaves out">{leavesOut}</Fact>}
        {detection.technique !== data.technique.id && (
          <Fact term="Of">
            <a href={addresses.technique(detection.technique)}>{detection.technique}</a>
          </Fact>
        )}
        <Fact term="Reads">
          <Reads detection={detection} data={data} />
        </Fact>
        <Fact term="Fires on">
          <FiresOn detection={detection} data={data} />
        </Fact>
      </dl>
      <ScoreParts score={detection.score} />
      <SourceLine source={detection.source} site={site} links={links} />
    </div>
  );
}

function Report({ detection, json }: { readonly detection: PackageDetection; readonly json: string }): Child {
  const parts = detection.native ? detection.report : detection.report.filter((one) => one.verdict !== "exact");
  if (parts.length === 0) return null;
  const left = parts.length - most.parts;
  return (
    <div class="approximates">
      <h4>{detection.native ? "What it sets beside its query" : "What the translation approximates"}</h4>
      <ul class="report">
        {parts.slice(0, most.parts).map(({ verdict, part, why }) => (
          <li>
            {!detection.native && <span class={`verdict is-${verdict}`}>{verdict}</span>}{" "}
            <code>{cut(part, most.part)}</code> <span class="why">{why}</span>
          </li>
        ))}
        {left > 0 && (
          <li>
            … and {formatNumber(left)} more: <a href={json}>all of them in the JSON</a>.
          </li>
        )}
      </ul>
    </div>
  );
}

interface OfPackage {
  readonly detection: PackageDetection;
  readonly data: DetectionPackage;
}

function Reads({ detection, data }: OfPackage): Child {
  const needs = data.needs.flatMap((need, index) => (need.detections.includes(detection.id) ? [{ need, index }] : []));
  const others = detection.logSources.filter((id) => !needs.some(({ need }) => need.id === id));
  if (needs.length + others.length === 0) return <>no log that we can name</>;
  return (
    <ul class="inline-list">
      {needs.map(({ need, index }) => (
        <li>
          <a href={`#need-${index + 1}`}>{need.title}</a>
        </li>
      ))}
      {others.map((id) => (
        <li>
          <code>{id}</code>
        </li>
      ))}
    </ul>
  );
}

function FiresOn({ detection, data }: OfPackage): Child {
  const tests = data.tests.flatMap((test, index) => (detection.firesOn.includes(test.id) ? [{ test, index }] : []));
  if (tests.length === 0) return <>no test of this package</>;
  return (
    <ul class="inline-list">
      {tests.map(({ test, index }) => (
        <li>
          <a href={`#test-${index + 1}`}>{test.title}</a>
        </li>
      ))}
    </ul>
  );
}
