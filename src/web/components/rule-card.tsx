import type { Child } from "hono/jsx";
import type { RuleAnswer, RuleTag } from "../../catalog/queries/answers.ts";
import { addresses, externalAddress, searchAddress } from "../addresses.ts";
import { cut } from "../wording.ts";
import { ruleFacts } from "./rule-list.tsx";

export interface RuleCardProps {
  readonly data: RuleAnswer;
  readonly corpusName: string;
  readonly json: string;
}

/** What the rule says of itself besides its logic. */
export function RuleCard({ data, corpusName, json }: RuleCardProps): Child {
  const { document } = data;
  const risk = document.riskScore;
  const { fired = [], silent = [] } = data.proof ?? {};
  const known = new Set([...fired, ...silent].map((one) => one.test.guid));
  return (
    <dl class="card-list">
      <Row term="Source">
        {data.url === null || externalAddress(data.url) === null ? (
          corpusName
        ) : (
          <a href={externalAddress(data.url) ?? ""} rel="noopener noreferrer">
            {corpusName}
          </a>
        )}
        {" · "}
        <a href={json}>JSON</a>
      </Row>
      <Row term="Licence">{data.licence}</Row>
      {document.authors.length > 0 && <Row term="Authors">{document.authors.join(", ")}</Row>}
      <Row term="Id">
        <code>{document.id}</code>
      </Row>
      {data.created !== null && (
        <Row term="Created">
          <time datetime={data.created}>{data.created}</time>
        </Row>
      )}
      {data.modified !== null && (
        <Row term="Modified">
          <time datetime={data.modified}>{data.modified}</time>
        </Row>
      )}
      {risk !== null && <Row term="Risk score">{String(risk)}</Row>}
      {document.logSources.length > 0 && (
        <Row term="Log sources">
          <ul>
            {document.logSources.map(({ kind, name, attributes = {} }) => (
              <li>
                <span class="quiet">{kind.replaceAll("_", " ")}</span> {name}
                {Object.keys(attributes).length > 0 && (
                  <details>
                    <summary>where it comes from</summary>
                    {Object.entries(attributes)
                      .map(([label, value]) => `${label.replaceAll("_", " ")} ${value}`)
                      .join(" · ")}
                  </details>
                )}
              </li>
            ))}
          </ul>
        </Row>
      )}
      {data.eventIds.length > 0 && <Row term="Event ids">{data.eventIds.join(", ")}</Row>}
      {data.techniques.length + data.tactics.length > 0 && (
        <Row term="ATT&CK">
          <ul>
            {data.techniques.map((tag) => (
              <li>
                <a href={addresses.technique(tag.id)}>
                  {tag.id} {tag.name ?? ""}
                </a>
                <Written tag={tag} onto={tag.id} />
              </li>
            ))}
            {data.tactics.map((tag) => (
              <li>
                {tag.name === null ? tag.id : <a href={addresses.tactic(tag.id)}>{tag.name}</a>}
                <Written tag={tag} onto={tag.name ?? tag.id} />
              </li>
            ))}
          </ul>
        </Row>
      )}
      {document.cves.length > 0 && (
        <Row term="CVE">
          <ul>
            {document.cves.map((cve) => (
              <li>
                <a href={searchAddress({ query: cve })}>{cve}</a>
              </li>
            ))}
          </ul>
        </Row>
      )}
      {document.tags.length > 0 && (
        <Row term="Tags as written">
          <span class="values">
            {document.tags.map((tag) => (
              <code>{tag}</code>
            ))}
          </span>
        </Row>
      )}
      {Object.entries(document.facts).map(([term, value]) => (
        <Row term={term}>{value}</Row>
      ))}
      {document.simulations.length > 0 && (
        <Row term="Atomic tests">
          <ul>
            {document.simulations.map(({ technique, test }) => (
              <li>
                {technique} {known.has(test) ? <a href={addresses.test(test)}>{test}</a> : <code>{test}</code>}
              </li>
            ))}
          </ul>
        </Row>
      )}
      {document.references.length > 0 && (
        <Row term="References">
          <ul>
            {document.references.map((reference) => (
              <li>{referenceLink(reference)}</li>
            ))}
          </ul>
        </Row>
      )}
    </dl>
  );
}

function Row({ term, children }: { readonly term: string; readonly children?: Child }): Child {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The tag as the rule has it, where it says something else than the id or is spelt otherwise. */
function Written({ tag, onto }: { readonly tag: RuleTag; readonly onto: string }): Child {
  const { written, id, foldedFrom } = tag;
  if (foldedFrom.length > 0) {
    return (
      <>
        {" "}
        <span class="quiet">
          tagged{" "}
          {foldedFrom.map((one, position) => (
            <>
              {position > 0 && ", "}
              <code>{one}</code>
            </>
          ))}
          {`, folded onto ${onto}`}
        </span>
      </>
    );
  }
  if (written.toLowerCase().endsWith(id.toLowerCase())) return null;
  return (
    <>
      {" "}
      <span class="quiet">
        written <code>{written}</code>
      </span>
    </>
  );
}

function referenceLink(reference: string): Child {
  const address = externalAddress(reference);
  const shown = cut(reference.replace(/^https?:\/\/(www\.)?/, ""), 120);
  return address === null ? (
    shown
  ) : (
    <a href={address} rel="noopener noreferrer nofollow">
      {shown}
    </a>
  );
}

export function RelatedRules({ related }: { readonly related: RuleAnswer["related"] }): Child {
  return (
    <ul class="rules">
      {related.map(({ kind, id, rule }) => (
        <li>
          {rule === null ? <code>{id}</code> : <a href={addresses.rule(rule)}>{rule.title}</a>}
          <span class="facts">{rule === null ? `${kind} · not in the catalog` : `${kind} · ${ruleFacts(rule)}`}</span>
        </li>
      ))}
    </ul>
  );
}
