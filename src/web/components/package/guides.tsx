import type { Child } from "hono/jsx";
import type { Guide } from "../../../packages/detection-package.ts";
import { renderMarkdown } from "../../markdown.ts";
import { Query } from "../query.tsx";
import type { PackagePartProps } from "./package-part.ts";
import { SourceLine } from "./source-line.tsx";

export interface GuidesProps extends PackagePartProps {
  readonly part: "setup" | "investigation" | "response";
}

/** Parts shown open where they are of others, who say the same again and again; all of ours are. */
const openParts = 2;

/** An investigation guide or a playbook: its parts in order, each with its searches and its source. */
export function Guides(props: GuidesProps): Child {
  return (
    <div class="folds">
      {props.data[props.part].map((guide, index) => (
        <details class="fold" {...(index < openParts || guide.source.corpus === "detectionary" ? { open: true } : {})}>
          <summary>
            <h3>{guide.title}</h3>
            {guide.source.corpus !== "detectionary" && (
              <span class="marks">
                <span class="quiet">{guide.source.title}</span>
              </span>
            )}
          </summary>
          <GuideBody {...props} guide={guide} index={index} />
        </details>
      ))}
    </div>
  );
}

function GuideBody({
  guide,
  index,
  part,
  data,
  site,
  links,
  json,
}: GuidesProps & { readonly guide: Guide; readonly index: number }): Child {
  return (
    <div class="fold-body">
      {guide.text.trim() !== "" && <div class="prose">{renderMarkdown(guide.text, 4)}</div>}
      {guide.queries.map(({ title, query }, position) => (
        <Query
          id={`${part}-${index + 1}-query-${position + 1}`}
          language={data.detections[0]?.language ?? data.platform.language}
          label={title}
          what={`the search ${title}`}
          text={query}
          whole={{ address: json, pointer: `/${part}/${index}/queries/${position}/query` }}
        />
      ))}
      <SourceLine source={guide.source} site={site} links={links} />
    </div>
  );
}
