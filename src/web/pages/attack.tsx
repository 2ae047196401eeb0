import type { Child } from "hono/jsx";
import type { TacticAnswer } from "../../catalog/queries/answers.ts";
import { tactics } from "../../catalog/queries/tactics.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { addresses } from "../addresses.ts";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { Empty } from "../components/empty.tsx";
import { definePage, found } from "../page.ts";

interface AttackData {
  readonly filter: { readonly text: string; readonly covered: "all" | "with" | "without" };
  readonly tactics: readonly TacticAnswer[];
}

type TechniqueCell = TacticAnswer["techniques"][number];

/** All techniques by tactic; the filter is a plain form. */
export const attackPage = definePage<AttackData>({
  path: "/attack",
  load: ({ database }, { query }) => {
    const covered = query.get("covered");
    const filter: AttackData["filter"] = {
      text: (query.get("q") ?? "").trim(),
      covered: covered === "with" || covered === "without" ? covered : "all",
    };
    return found({ filter, tactics: narrow(tactics(database), filter) });
  },
  view: ({ filter, tactics: shown }, site) => {
    const narrowed = filter.text !== "" || filter.covered !== "all";
    const cells = shown.flatMap((tactic) => tactic.techniques);
    const techniques = new Set(cells.map(({ id }) => id));
    const most = Math.max(1, ...cells.map((cell) => cell.rulesWithSubtechniques));
    return {
      title: "ATT&CK",
      summary: "Every ATT&CK technique by tactic, with the number of public detection rules for each.",
      place: "attack",
      body: (
        <>
          <Breadcrumb crumbs={[{ label: "Home", href: addresses.home }, { label: "ATT&CK" }]} />
          <header class="head">
            <h1>ATT&amp;CK {site.overview.attackVersion}</h1>
            <p class="lead">
              Techniques by tactic. The number is that of active rules under a technique and its sub-techniques, each
              once; the darker the cell, the more.
            </p>
          </header>
          <ul class="facts-line">
            {(
              [
                ["Tactics", addresses.tactics],
                ["Groups", addresses.groups],
                ["Software", addresses.softwares],
                ["Tests", addresses.tests],
              ] as const
            ).map(([label, href]) => (
              <li>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
          {filterForm(filter)}
          {narrowed && (
            <p class="note" role="status">
              {counted(techniques.size, "technique")} found. <a href={addresses.attack}>Show all</a>
            </p>
          )}
          {shown.length === 0 ? (
            <Empty title="No technique matches.">
              <p>The filter looks at ids and names of techniques and sub-techniques.</p>
            </Empty>
          ) : (
            <>
              <nav class="tactic-jump" aria-label="Tactics">
                <ul>
                  {shown.map(({ shortName, name, techniques: own }) => (
                    <li>
                      <a href={`#${shortName}`}>
                        {name} <b>{formatNumber(own.length)}</b>
                      </a>
                    </li>
                  ))}
                </ul>
              </nav>
              {shown.map((tactic) => (
                <section class="tactic" id={tactic.shortName} aria-labelledby={`${tactic.shortName}-title`}>
                  <h2 id={`${tactic.shortName}-title`}>
                    <a href={addresses.tactic(tactic.shortName)}>{tactic.name}</a> <code>{tactic.id}</code>
                    <span class="count">{counted(tactic.rules, "rule")}</span>
                  </h2>
                  <ul class="cells">{tactic.techniques.map((cell) => techniqueCell(cell, most, narrowed))}</ul>
                </section>
              ))}
            </>
          )}
        </>
      ),
    };
  },
});

/** A technique whose own name does not match is kept with those of its sub-techniques that do. */
function narrow(all: readonly TacticAnswer[], { text, covered }: AttackData["filter"]): readonly TacticAnswer[] {
  const wanted = text.toLowerCase();
  const matches = (one: { readonly id: string; readonly name: string }): boolean =>
    one.id.toLowerCase().includes(wanted) || one.name.toLowerCase().includes(wanted);
  const byName = (cell: TechniqueCell): readonly TechniqueCell[] => {
    if (wanted === "" || matches(cell)) return [cell];
    const subtechniques = cell.subtechniques.filter(matches);
    return subtechniques.length === 0 ? [] : [{ ...cell, subtechniques }];
  };
  const byCover = (cell: TechniqueCell): boolean =>
    covered === "all" || (covered === "with") === cell.rulesWithSubtechniques > 0;
  return all
    .map((tactic) => ({ ...tactic, techniques: tactic.techniques.filter(byCover).flatMap(byName) }))
    .filter((tactic) => tactic.techniques.length > 0);
}

function filterForm(filter: AttackData["filter"]): Child {
  const choices = [
    ["all", "all"],
    ["with", "with rules"],
    ["without", "without rules"],
  ] as const;
  return (
    <form class="filter" action={addresses.attack} method="get" aria-label="Filter techniques">
      <label>
        Id or name
        <input type="search" name="q" value={filter.text} maxlength={100} placeholder="powershell" autocomplete="off" />
      </label>
      <label>
        Techniques
        <select name="covered">
          {choices.map(([value, label]) => (
            <option value={value} {...(filter.covered === value ? { selected: true } : {})}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Filter</button>
    </form>
  );
}

function techniqueCell(cell: TechniqueCell, most: number, open: boolean): Child {
  return (
    <li class={`cell heat-${heat(cell.rulesWithSubtechniques, most)}`}>
      <a class="technique" href={addresses.technique(cell.id)}>
        <code>{cell.id}</code>
        <span class="name">{cell.name}</span>
        <span class="number">{formatNumber(cell.rulesWithSubtechniques)}</span>
      </a>
      {cell.subtechniques.length > 0 && (
        <details {...(open ? { open: true } : {})}>
          <summary>
            {counted(cell.subtechniques.length, "sub-technique")}
            <span class="hidden"> of {cell.name}</span>
          </summary>
          <ul>
            {cell.subtechniques.map(({ id, name, rules }) => (
              <li>
                <a href={addresses.technique(id)}>
                  <code>{id.slice(id.indexOf("."))}</code> <span class="name">{name}</span>{" "}
                  <span class="number">{formatNumber(rules)}</span>
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** 0 for none, then 1 to 5 on a logarithmic scale: a few techniques have hundreds of rules, most have some. */
function heat(rules: number, most: number): number {
  if (rules === 0) return 0;
  return 1 + Math.min(4, Math.floor((5 * Math.log(rules)) / Math.log(most + 1)));
}
