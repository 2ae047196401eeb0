import type { Child } from "hono/jsx";
import type { Database } from "../../catalog/database.ts";
import type { TechniqueSummary } from "../../catalog/queries/answers.ts";
import type { Narrowing } from "../../catalog/queries/narrowing.ts";
import { technique, techniqueSummary } from "../../catalog/queries/technique.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { packageOverview } from "../../packages/overview.ts";
import { addresses, jsonAddress, mitreAddress, searchAddress, withQuery } from "../addresses.ts";
import { AttackObjects, Strategies } from "../components/attack-knowledge.tsx";
import { VendorBadge, vendorClass } from "../components/badges.tsx";
import { StackedBar } from "../components/bar.tsx";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { Empty } from "../components/empty.tsx";
import { EventTable } from "../components/event-table.tsx";
import { ExclusionList } from "../components/exclusions.tsx";
import { FieldTable } from "../components/field-table.tsx";
import { Figures } from "../components/figures.tsx";
import { IndicatorTable } from "../components/indicator-table.tsx";
import { PackageTable, type PlatformPackage } from "../components/package/package-table.tsx";
import { RuleList } from "../components/rule-list.tsx";
import { Contents, type ContentsEntry, Section } from "../components/section.tsx";
import { TestTable } from "../components/test-table.tsx";
import { renderAttackText } from "../markdown.ts";
import { definePage, found, type Site } from "../page.ts";

/** Rows and rules shown at most, so that the busiest technique stays under 200 KB; the JSON has more. */
const most = {
  events: 20,
  fields: 30,
  indicators: 50,
  exclusions: 25,
  excluded: 10,
  rulesOfVendor: 40,
  openRulesOfVendor: 30,
  oldRules: 50,
  tests: 20,
} as const;

interface TechniqueData extends TechniqueSummary {
  /** By platform; none for a technique that ATT&CK no longer has in force. */
  readonly packages: readonly PlatformPackage[];
}

/** All that public rules and ATT&CK say of one technique. */
export const techniquePage = definePage<TechniqueData>({
  path: "/attack/:id",
  load: ({ database }, { params, query }) => {
    const family = query.get("family") ?? "no";
    if (family !== "yes" && family !== "no") return { type: "invalid", why: "family must be yes or no." };
    const id = params.id ?? "";
    if (id !== id.toUpperCase() && /^t\d/i.test(id))
      return { type: "moved", to: addresses.technique(id.toUpperCase()) };
    const answer = techniqueSummary(database, id, { family: family === "yes", indicators: most.indicators });
    if (answer !== null && answer.id !== id) return { type: "moved", to: addresses.technique(answer.id) };
    if (answer !== null) return found({ ...answer, packages: packagesOf(database, id) });
    return {
      type: "missing",
      what: "ATT&CK has no technique with this id, in the version that is loaded, and no rule names it.",
      hint: "Ids look like T1133, or T1059.001 for a sub-technique.",
    };
  },
  twin: ({ database }, { id, family, packages }) => ({ ...technique(database, id, { family }), packages }),
  view: (data, site) => ({
    title: `${data.id} ${data.name}`,
    summary: `${counted(data.counts.rules, "detection rule")} for ${data.name} (${data.id}): fields, indicators and exclusions they use.`,
    place: "attack",
    body: <TechniqueBody data={data} site={site} />,
  }),
});

function packagesOf(database: Database, id: string): readonly PlatformPackage[] {
  const { platforms, techniques } = packageOverview(database);
  const titles = new Map(platforms.map((one) => [one.id, one.title]));
  const own = techniques.find((one) => one.id === id)?.platforms ?? [];
  return own.map((one) => ({ ...one, title: titles.get(one.id) ?? one.id }));
}

function TechniqueBody({ data, site }: { readonly data: TechniqueData; readonly site: Site }): Child {
  const { id, counts } = data;
  const narrowing: Narrowing = { technique: id, ...(data.family ? { family: "yes" } : {}) };
  const vendors = data.vendors.toSorted((a, b) => b.rules - a.rules);
  const old = data.rules.filter((rule) => rule.lifecycle !== "active");
  return (
    <>
      <Breadcrumb
        crumbs={[
          { label: "ATT&CK", href: addresses.attack },
          ...(data.parent === null
            ? []
            : [{ label: `${data.parent.id} ${data.parent.name}`, href: addresses.technique(data.parent.id) }]),
          { label: id },
        ]}
      />
      <header class="head">
        <p class="headword-id">
          {id}
          <span class="class">{data.parent === null ? "technique" : "sub-technique"}</span>
        </p>
        <h1>{data.name}</h1>
        <TechniqueFacts data={data} site={site} />
      </header>
      {data.revokedBy !== null && (
        <p class="notice">
          ATT&amp;CK has replaced this technique by <a href={addresses.technique(data.revokedBy)}>{data.revokedBy}</a>.
        </p>
      )}
      {data.deprecated && <p class="notice">ATT&amp;CK no longer uses this technique.</p>}
      {data.foldedFrom.length > 0 && <FoldedFrom data={data} site={site} />}
      <div class="columns">
        <div class="text">
          <Figures
            items={[
              { label: "active rules", value: counts.rules, href: searchAddress({ technique: id }) },
              { label: "events needed", value: data.events.length, href: "#events" },
              { label: "fields filtered on", value: counts.fields, href: "#fields" },
              { label: "indicators", value: counts.indicators, href: "#indicators" },
              { label: "exclusions", value: counts.exclusions, href: "#exclusions" },
            ]}
          />
          {counts.rules === 0 ? (
            <Empty title="No active rule names this technique.">
              {data.parent !== null && (
                <p>
                  Its technique <a href={addresses.technique(data.parent.id)}>{data.parent.name}</a> has{" "}
                  {counted(data.parent.rules, "rule")}.
                </p>
              )}
              {data.subtechniques.length > 0 && <p>Look at its sub-techniques below.</p>}
            </Empty>
          ) : (
            <div class="shares">
              <StackedBar parts={vendors.map(({ corpus, rules }) => ({ name: vendorClass(corpus), value: rules }))} />
              <p class="chips">
                {vendors.map(({ corpus, rules }) => (
                  <VendorBadge
                    corpus={corpus}
                    label={site.corpusNames.get(corpus)}
                    count={rules}
                    href={searchAddress({ technique: id, corpus })}
                  />
                ))}
              </p>
            </div>
          )}
          <Description text={data.description} techniques={site.techniques} />
          {data.subtechniques.length > 0 && (
            <Section id="subtechniques" title="Sub-techniques" count={data.subtechniques.length}>
              <ul class="subtechniques">
                {data.subtechniques.map((sub) => (
                  <li>
                    <a href={addresses.technique(sub.id)}>
                      <code>{sub.id}</code> <span class="name">{sub.name}</span>
                      <span class="number">{formatNumber(sub.rules)}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </Section>
          )}
          {data.packages.length > 0 && (
            <Section
              id="packages"
              title="Detection packages"
              count={data.packages.filter((one) => one.origin !== "none").length}
              note="All that is needed to detect it on a platform: queries, data, false positives, tests, guide and playbook."
            >
              <PackageTable technique={id} packages={data.packages} />
            </Section>
          )}
          <FamilyChoice data={data} />
          {data.events.length > 0 && (
            <Section
              id="events"
              title="Events covered"
              count={data.events.length}
              note="What has to be logged for these rules, and why we say so: the rule names the event, its log source means it, or we infer it. A tie is partial where rules filter on fields that the event does not have."
            >
              <EventTable
                events={data.events.slice(0, most.events)}
                caption={`Events that rules for ${id} need`}
                whole={counts.counted}
                narrowing={narrowing}
              />
              <Cut shown={Math.min(data.events.length, most.events)} total={data.events.length} what="events" id={id} />
            </Section>
          )}
          {data.fields.length > 0 && (
            <Section
              id="fields"
              title="Fields filtered most"
              count={counts.fields}
              note="Each rule counts once a row, whatever its language calls the field; exclusions count as filtering, too. The values used most come first."
            >
              <FieldTable
                fields={data.fields.slice(0, most.fields)}
                rules={counts.counted}
                technique={id}
                narrowing={narrowing}
              />
              <Cut shown={Math.min(data.fields.length, most.fields)} total={counts.fields} what="fields" id={id} />
            </Section>
          )}
          {data.indicators.length > 0 && (
            <Section
              id="indicators"
              title="Top indicators"
              count={counts.indicators}
              note="What rules look for: field, operator, value. Reach counts the rules of the whole catalog that look for it, and left out those that exclude it."
            >
              <IndicatorTable
                indicators={data.indicators.slice(0, most.indicators)}
                caption={`Indicators of ${id}`}
                here="Rules here"
              />
              <Cut
                shown={Math.min(data.indicators.length, most.indicators)}
                total={counts.indicators}
                what="indicators"
                id={id}
              />
            </Section>
          )}
          {data.exclusions.length > 0 && (
            <Section
              id="exclusions"
              title="What rules leave out"
              count={counts.exclusions}
              note="Each line is one exclusion: all of its parts must hold together. This is what the authors have learned to expect."
            >
              <ExclusionList exclusions={data.exclusions.slice(0, most.exclusions)} />
              <Cut
                shown={Math.min(data.exclusions.length, most.exclusions)}
                total={counts.exclusions}
                what="exclusions"
                id={id}
              />
              {data.excluded.length > 0 && (
                <>
                  <h3>Values left out most</h3>
                  <IndicatorTable
                    indicators={data.excluded.slice(0, most.excluded)}
                    caption={`Values that rules for ${id} leave out`}
                    here="Left out here"
                  />
                </>
              )}
            </Section>
          )}
          {counts.rules > 0 && (
            <Section id="rules" title="Rules" count={counts.rules}>
              {vendors.map(({ corpus }) => (
                <VendorRules data={data} corpus={corpus} name={site.corpusNames.get(corpus) ?? corpus} />
              ))}
            </Section>
          )}
          {data.tests.length > 0 && (
            <Section
              id="tests"
              title="Tests"
              count={data.tests.length}
              note="Tests of Atomic Red Team for this technique, the events that each must leave, and the rules of all techniques that fire on them."
            >
              <TestTable tests={data.tests.slice(0, most.tests)} caption={`Tests of ${id}`} />
              {data.tests.length > most.tests && (
                <p class="note">
                  … and {formatNumber(data.tests.length - most.tests)} more tests:{" "}
                  <a href={jsonAddress(addresses.technique(id))}>all in the JSON</a>.
                </p>
              )}
            </Section>
          )}
          {data.strategies.length > 0 && (
            <Section id="strategies" title="Detection strategies of ATT&CK" count={data.strategies.length}>
              <Strategies strategies={data.strategies} techniques={site.techniques} />
            </Section>
          )}
          {objectKinds(data).map(({ key, title, objects }) => (
            <Section id={key} title={title} count={objects.length}>
              <AttackObjects objects={objects} json={jsonAddress(addresses.technique(id))} />
            </Section>
          ))}
          {old.length > 0 && (
            <Section
              id="old"
              title="Deprecated and unsupported rules"
              count={old.length}
              note="Kept for those who still run them; they count nowhere above."
            >
              <details>
                <summary>Show {counted(Math.min(old.length, most.oldRules), "rule")}</summary>
                <RuleList rules={old.slice(0, most.oldRules)} />
                {old.length > most.oldRules && (
                  <p>
                    <a href={searchAddress({ technique: id })}>… and {formatNumber(old.length - most.oldRules)} more</a>
                  </p>
                )}
              </details>
            </Section>
          )}
        </div>
        <Contents entries={contentsOf(data, old.length)} />
      </div>
    </>
  );
}

/** Tables over the technique alone, or over its whole family. */
function FamilyChoice({ data }: { readonly data: TechniqueSummary }): Child {
  if (data.parent === null && data.subtechniques.length === 0) return null;
  const address = addresses.technique(data.id);
  const others = data.parent === null ? "its sub-techniques" : "its technique";
  const choices = [
    { label: `${data.id} alone`, href: address, chosen: !data.family },
    { label: `with ${others}`, href: withQuery(address, { family: "yes" }), chosen: data.family },
  ];
  return (
    <nav class="chips switch" aria-label="Rules that the tables count">
      <span class="quiet">Tables count rules of</span>
      {choices.map(({ label, href, chosen }) => (
        <a class="chip" href={href} {...(chosen ? { "aria-current": "true" } : {})}>
          {label}
        </a>
      ))}
    </nav>
  );
}

/** Rules name it by ids that other versions of ATT&CK have for it. */
function FoldedFrom({ data, site }: { readonly data: TechniqueSummary; readonly site: Site }): Child {
  return (
    <p class="notice">
      {data.foldedFrom.map(({ id, name, rules }, position) => (
        <>
          {position > 0 && ", "}
          {counted(rules, "rule")} tagged <code>{id}</code>
          {name !== "" && name !== data.name && ` ${name}`}
        </>
      ))}
      {`: folded onto ${data.id}, which ATT&CK ${site.overview.attackVersion} has for it.`}
    </p>
  );
}

/** The first paragraph says what it is; the others unfold, so that the tables come early. */
function Description({ text, techniques }: { text: string; techniques: ReadonlySet<string> }): Child {
  const [first = "", ...others] = text.split(/\n\s*\n/);
  if (first.trim() === "") return null;
  return (
    <div class="description">
      <div class="prose">{renderAttackText(first, techniques)}</div>
      {others.length > 0 && (
        <details class="more">
          <summary>Read on</summary>
          <div class="prose">{renderAttackText(others.join("\n\n"), techniques)}</div>
        </details>
      )}
    </div>
  );
}

function TechniqueFacts({ data, site }: { readonly data: TechniqueSummary; readonly site: Site }): Child {
  const shortNames = new Map(site.overview.tactics.map((tactic) => [tactic.name, tactic.shortName]));
  const address = mitreAddress(data.id);
  return (
    <ul class="facts-line">
      {data.tactics.map((name) => (
        <li>
          <a class="tag" href={addresses.tactic(shortNames.get(name) ?? "")}>
            {name}
          </a>
        </li>
      ))}
      {data.platforms.length > 0 && <li class="quiet">{data.platforms.join(", ")}</li>}
      {address !== null && (
        <li>
          <a href={address} rel="noopener noreferrer">
            attack.mitre.org
          </a>
        </li>
      )}
      <li>
        <a href={jsonAddress(addresses.technique(data.id))}>{data.id}.json</a>
      </li>
    </ul>
  );
}

function Cut({ shown, total, what, id }: { shown: number; total: number; what: string; id: string }): Child {
  if (shown >= total) return null;
  return (
    <p class="note">
      {`… and ${formatNumber(total - shown)} more ${what}. `}
      <a href={searchAddress({ technique: id })}>All rules</a>
    </p>
  );
}

function VendorRules({ data, corpus, name }: { data: TechniqueSummary; corpus: string; name: string }): Child {
  const rules = data.rules.filter((rule) => rule.corpus === corpus && rule.lifecycle === "active");
  const shown = rules.slice(0, most.rulesOfVendor);
  return (
    <details class="vendor-rules" {...(rules.length <= most.openRulesOfVendor ? { open: true } : {})}>
      <summary>
        <h3>
          <VendorBadge corpus={corpus} label={name} count={rules.length} />
        </h3>
      </summary>
      <RuleList rules={shown} />
      {rules.length > shown.length && (
        <p>
          <a href={searchAddress({ technique: data.id, corpus })}>
            … and {formatNumber(rules.length - shown.length)} more
          </a>
        </p>
      )}
    </details>
  );
}

function objectKinds({ groups, software, campaigns, mitigations }: TechniqueSummary) {
  return [
    { key: "groups", title: "Groups that use it", objects: groups },
    { key: "software", title: "Software that uses it", objects: software },
    { key: "campaigns", title: "Campaigns", objects: campaigns },
    { key: "mitigations", title: "Mitigations", objects: mitigations },
  ].filter(({ objects }) => objects.length > 0);
}

function contentsOf(data: TechniqueData, old: number): readonly ContentsEntry[] {
  const { counts } = data;
  return [
    { id: "subtechniques", title: "Sub-techniques", count: data.subtechniques.length },
    { id: "packages", title: "Packages", count: data.packages.filter((one) => one.origin !== "none").length },
    { id: "events", title: "Events", count: data.events.length },
    { id: "fields", title: "Fields", count: counts.fields },
    { id: "indicators", title: "Indicators", count: counts.indicators },
    { id: "exclusions", title: "Exclusions", count: counts.exclusions },
    { id: "rules", title: "Rules", count: counts.rules },
    { id: "tests", title: "Tests", count: data.tests.length },
    { id: "strategies", title: "Detection strategies", count: data.strategies.length },
    ...objectKinds(data).map(({ key, title, objects }) => ({ id: key, title, count: objects.length })),
    { id: "old", title: "Deprecated rules", count: old },
  ].filter(({ count }) => count > 0);
}
