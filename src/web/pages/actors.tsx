import type { Child } from "hono/jsx";
import {
  type ActorAnswer,
  type ActorKind,
  type ActorLine,
  actor,
  actors,
} from "../../catalog/queries/attack-objects.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { addresses, jsonAddress, mitreAddress } from "../addresses.ts";
import { Bar } from "../components/bar.tsx";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { Empty } from "../components/empty.tsx";
import { Figures } from "../components/figures.tsx";
import { elsewhere, Head, quiet } from "../components/head.tsx";
import { Section } from "../components/section.tsx";
import { Table } from "../components/table.tsx";
import { renderAttackText } from "../markdown.ts";
import { type AskedPage, definePage, found, type Site } from "../page.ts";

interface ActorsData {
  readonly text: string;
  readonly actors: readonly ActorLine[];
}

interface Wording {
  readonly kind: ActorKind;
  readonly path: string;
  readonly title: string;
  readonly one: string;
  readonly many: string;
  readonly address: (id: string) => string;
  readonly example: string;
}

const groups: Wording = {
  kind: "group",
  path: addresses.groups,
  title: "Groups",
  one: "group",
  many: "groups",
  address: addresses.group,
  example: "G0016",
};

const software: Wording = {
  kind: "software",
  path: addresses.softwares,
  title: "Software",
  one: "piece of software",
  many: "pieces of software",
  address: addresses.software,
  example: "S0154",
};

/** Those who use techniques: a list and a page each, of groups and of software. */
export const actorPages: readonly AskedPage[] = [groups, software].flatMap((words) => [
  listPage(words),
  actorPage(words),
]);

function listPage(words: Wording): AskedPage {
  return definePage<ActorsData>({
    path: words.path,
    load: ({ database }, { query }) => {
      const text = (query.get("q") ?? "").trim();
      return found({ text, actors: actors(database, words.kind, text) });
    },
    view: ({ text, actors: shown }) => ({
      title: words.title,
      summary: `${words.title} of ATT&CK, the techniques that they use, and how many of these have detection rules.`,
      place: "attack",
      body: (
        <>
          <Breadcrumb crumbs={[{ label: "ATT&CK", href: addresses.attack }, { label: words.title }]} />
          <header class="head">
            <h1>{words.title}</h1>
            <p class="lead">What they use, and for how much of it there are rules.</p>
          </header>
          <form class="filter" action={words.path} method="get" aria-label={`Filter ${words.many}`}>
            <label>
              Name, alias or id
              <input type="search" name="q" value={text} maxlength={100} autocomplete="off" />
            </label>
            <button type="submit">Filter</button>
          </form>
          {text !== "" && (
            <p class="note" role="status">
              {counted(shown.length, words.one, words.many)} found. <a href={words.path}>Show all</a>
            </p>
          )}
          {shown.length === 0 ? (
            <Empty title={text === "" ? "The loaded ATT&CK names none." : "None has this name."}>
              <p>
                {text === ""
                  ? "Groups and software come with the ATT&CK corpus: build the catalog with --corpora."
                  : `Try a part of a name, or an id such as ${words.example}.`}
              </p>
            </Empty>
          ) : (
            <Table
              caption={`${words.title} with the techniques that they use`}
              narrow="stack"
              columns={[
                { title: "Name" },
                { title: "Also known as" },
                { title: "Techniques", numeric: true },
                { title: "With rules", numeric: true },
                { title: "Gaps", numeric: true },
              ]}
              rows={shown.map((one) => actorRow(one, words))}
            />
          )}
        </>
      ),
    }),
  });
}

function actorRow({ id, name, aliases, techniques, covered }: ActorLine, words: Wording): readonly Child[] {
  return [
    <>
      <a href={words.address(id)}>{name}</a> <code class="quiet">{id}</code>
    </>,
    aliases.filter((alias) => alias !== name).join(", "),
    formatNumber(techniques),
    <span class="counted">
      <Bar part={covered} whole={techniques} />
      {formatNumber(covered)}
    </span>,
    formatNumber(techniques - covered),
  ];
}

function actorPage(words: Wording): AskedPage {
  return definePage<ActorAnswer>({
    path: `${words.path}/:id`,
    load: ({ database }, { params }) => {
      const id = params.id ?? "";
      if (id !== id.toUpperCase()) return { type: "moved", to: words.address(id.toUpperCase()) };
      const answer = actor(database, words.kind, id);
      if (answer !== null) return found(answer);
      return {
        type: "missing",
        what: `ATT&CK has no ${words.one} with this id, in the version that is loaded.`,
        hint: `Ids look like ${words.example}. Groups and software come with the ATT&CK corpus.`,
      };
    },
    view: (data, site) => ({
      title: `${data.name} (${data.id})`,
      summary: `Techniques that ${data.name} uses, with the detection rules for each, and the gaps.`,
      place: "attack",
      body: <ActorBody data={data} words={words} site={site} />,
    }),
  });
}

interface ActorProps {
  readonly data: ActorAnswer;
  readonly words: Wording;
  readonly site: Site;
}

function ActorBody({ data, words, site }: ActorProps): Child {
  const { id, name, aliases, uses } = data;
  const gaps = uses.filter((one) => one.rules === 0);
  const others = aliases.filter((alias) => alias !== name);
  return (
    <>
      <Breadcrumb
        crumbs={[{ label: "ATT&CK", href: addresses.attack }, { label: words.title, href: words.path }, { label: id }]}
      />
      <Head
        id={id}
        what={words.kind}
        title={name}
        facts={[
          quiet(others.length === 0 ? null : `also ${others.join(", ")}`),
          elsewhere(mitreAddress(id), "attack.mitre.org"),
          <a href={jsonAddress(words.address(id))}>{id}.json</a>,
        ]}
      />
      {data.withdrawn && (
        <p class="notice">ATT&amp;CK has withdrawn this {words.one}, or goes on with it under another id.</p>
      )}
      <Figures
        items={[
          { label: "techniques used", value: data.techniques, href: "#techniques" },
          { label: "of them with rules", value: data.covered },
          { label: "gaps", value: gaps.length, href: "#gaps" },
          { label: "active rules", value: data.rules },
        ]}
      />
      <div class="prose description">{renderAttackText(data.description, site.techniques)}</div>
      {uses.length === 0 ? (
        <Empty title="ATT&CK names no technique that it uses." />
      ) : (
        <Section
          id="techniques"
          title="Techniques used"
          count={uses.length}
          note="Active rules that name the technique. Nearby counts those of its whole family: the technique with all its sub-techniques."
        >
          <Table
            caption={`Techniques that ${name} uses`}
            narrow="stack"
            columns={[
              { title: "Technique" },
              { title: "Tactics" },
              { title: "Rules", numeric: true },
              { title: "Nearby", numeric: true },
            ]}
            rows={uses.map((one) => [
              <a href={addresses.technique(one.id)}>
                <code>{one.id}</code> {one.name}
              </a>,
              one.tactics.join(", "),
              one.rules === 0 ? <span class="chip t-partial">gap</span> : formatNumber(one.rules),
              formatNumber(one.nearbyRules),
            ])}
          />
        </Section>
      )}
      {gaps.length > 0 && (
        <Section
          id="gaps"
          title="Gaps"
          count={gaps.length}
          note="It uses these techniques, and no active rule of the catalog names them."
        >
          <ul class="subtechniques">
            {gaps.map((one) => (
              <li>
                <a href={addresses.technique(one.id)}>
                  <code>{one.id}</code> <span class="name">{one.name}</span>
                  <span class="number">{formatNumber(one.nearbyRules)} nearby</span>
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
