import type { Child } from "hono/jsx";
import type { TacticAnswer } from "../../catalog/queries/answers.ts";
import { type TacticPageAnswer, tactic, tactics } from "../../catalog/queries/tactics.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses, jsonAddress, mitreAddress, searchAddress } from "../addresses.ts";
import { VendorBadge, vendorClass } from "../components/badges.tsx";
import { Bar, StackedBar } from "../components/bar.tsx";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { Figures } from "../components/figures.tsx";
import { elsewhere, Head } from "../components/head.tsx";
import { RuleList } from "../components/rule-list.tsx";
import { Section } from "../components/section.tsx";
import { Table } from "../components/table.tsx";
import { renderAttackText } from "../markdown.ts";
import { definePage, found, type Site } from "../page.ts";

/** All tactics with what is covered of each. */
export const tacticsPage = definePage<readonly TacticAnswer[]>({
  path: "/tactics",
  load: ({ database }) => found(tactics(database)),
  view: (data, site) => ({
    title: "Tactics",
    summary: "The tactics of ATT&CK, with the techniques and detection rules of each.",
    place: "attack",
    body: (
      <>
        <Breadcrumb crumbs={[{ label: "ATT&CK", href: addresses.attack }, { label: "Tactics" }]} />
        <header class="head">
          <h1>Tactics</h1>
          <p class="lead">
            What adversaries want at each step, in the order of the matrix of ATT&amp;CK {site.overview.attackVersion}.
          </p>
        </header>
        <Table
          caption="Tactics with their techniques and rules"
          narrow="stack"
          columns={[
            { title: "Tactic" },
            { title: "Id" },
            { title: "Techniques", numeric: true },
            { title: "With rules", numeric: true },
            { title: "Rules", numeric: true },
          ]}
          rows={data.map(tacticRow)}
        />
      </>
    ),
  }),
});

function tacticRow({ id, shortName, name, rules, techniques }: TacticAnswer): readonly Child[] {
  const covered = techniques.filter((one) => one.rulesWithSubtechniques > 0).length;
  return [
    <a href={addresses.tactic(shortName)}>{name}</a>,
    <code>{id}</code>,
    formatNumber(techniques.length),
    <span class="counted">
      <Bar part={covered} whole={techniques.length} />
      {formatNumber(covered)}
    </span>,
    formatNumber(rules),
  ];
}

/** One tactic: its techniques, and the rules that name it alone. */
export const tacticPage = definePage<TacticPageAnswer>({
  path: "/tactics/:id",
  load: ({ database }, { params }) => {
    const asked = params.id ?? "";
    const answer = tactic(database, asked);
    if (answer === null) {
      return {
        type: "missing",
        what: "ATT&CK has no tactic of this name, in the version that is loaded.",
        hint: "Names look like initial-access, ids like TA0001.",
      };
    }
    return asked === answer.shortName ? found(answer) : { type: "moved", to: addresses.tactic(answer.shortName) };
  },
  view: (data, site) => ({
    title: data.name,
    summary: `Techniques of ${data.name} (${data.id}) with their detection rules.`,
    place: "attack",
    body: <TacticBody data={data} site={site} />,
  }),
});

function TacticBody({ data, site }: { readonly data: TacticPageAnswer; readonly site: Site }): Child {
  const { id, name, shortName, counts, techniques } = data;
  const alone = searchAddress({ tactic: shortName, alone: "yes" });
  const most = Math.max(1, ...techniques.map((one) => one.rulesWithSubtechniques));
  return (
    <>
      <Breadcrumb
        crumbs={[
          { label: "ATT&CK", href: addresses.attack },
          { label: "Tactics", href: addresses.tactics },
          { label: name },
        ]}
      />
      <Head
        id={id}
        what="tactic"
        title={name}
        facts={[
          <a href={`${addresses.attack}#${shortName}`}>in the matrix</a>,
          elsewhere(mitreAddress(id), "attack.mitre.org"),
          <a href={jsonAddress(addresses.tactic(shortName))}>{shortName}.json</a>,
        ]}
      />
      <Figures
        items={[
          { label: "techniques", value: counts.techniques, href: "#techniques" },
          { label: "of them with rules", value: counts.covered },
          { label: "active rules", value: data.rules, href: searchAddress({ tactic: shortName }) },
          { label: "rules with none of its techniques", value: counts.rulesWithoutTechnique, href: alone },
        ]}
      />
      {data.vendors.length > 0 && (
        <div class="shares">
          <StackedBar parts={data.vendors.map(({ corpus, rules }) => ({ name: vendorClass(corpus), value: rules }))} />
          <p class="chips">
            {data.vendors.map(({ corpus, rules }) => (
              <VendorBadge
                corpus={corpus}
                label={site.corpusNames.get(corpus)}
                count={rules}
                href={searchAddress({ tactic: shortName, corpus })}
              />
            ))}
          </p>
        </div>
      )}
      {data.description !== "" && (
        <div class="prose description">{renderAttackText(data.description, site.techniques)}</div>
      )}
      <Section
        id="techniques"
        title="Techniques"
        count={techniques.length}
        note="Active rules under a technique with its sub-techniques, each once."
      >
        <Table
          caption={`Techniques of ${name}`}
          narrow="stack"
          columns={[
            { title: "Technique" },
            { title: "Rules", numeric: true },
            { title: "Of itself", numeric: true },
            { title: "Sub-techniques", numeric: true },
          ]}
          rows={techniques.map((one) => [
            <a href={addresses.technique(one.id)}>
              <code>{one.id}</code> {one.name}
            </a>,
            <span class="counted">
              <Bar part={one.rulesWithSubtechniques} whole={most} />
              {formatNumber(one.rulesWithSubtechniques)}
            </span>,
            formatNumber(one.rules),
            formatNumber(one.subtechniques.length),
          ])}
        />
      </Section>
      {data.rulesWithoutTechnique.length > 0 && (
        <Section
          id="rules"
          title="Rules with none of its techniques"
          count={counts.rulesWithoutTechnique}
          note="They name the tactic, and no technique of it."
        >
          <RuleList rules={data.rulesWithoutTechnique} />
          {counts.rulesWithoutTechnique > data.rulesWithoutTechnique.length && (
            <p>
              <a href={alone}>All {formatNumber(counts.rulesWithoutTechnique)} rules</a>
            </p>
          )}
        </Section>
      )}
    </>
  );
}
