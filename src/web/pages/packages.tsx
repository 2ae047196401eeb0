import type { Child } from "hono/jsx";
import type { Database } from "../../catalog/database.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import type { AbsenceCode } from "../../packages/absence.ts";
import { type PackageOverview, packageOverview, type TechniqueOverview } from "../../packages/overview.ts";
import { addresses, withQuery } from "../addresses.ts";
import { SeverityBadge } from "../components/badges.tsx";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { Empty } from "../components/empty.tsx";
import { Figures } from "../components/figures.tsx";
import { Choice, FilterForm, TextFilter } from "../components/filter-form.tsx";
import { originWords } from "../components/package/origin.ts";
import { ScoreCell } from "../components/package/package-table.tsx";
import { Pager } from "../components/pager.tsx";
import { Section } from "../components/section.tsx";
import { Table } from "../components/table.tsx";
import { absenceWord, logsOf, narrowedPackages, origins, type PackageFilter, proofs } from "../package-list.ts";
import { type AskedPage, definePage, found, invalidPageNumber, pageNumber } from "../page.ts";

const pageSize = 50;

interface PackagesData {
  readonly filter: PackageFilter;
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly techniques: readonly TechniqueOverview[];
  /** Techniques that have a package on at least one platform. */
  readonly packages: number;
  readonly platforms: PackageOverview["platforms"];
  readonly logs: readonly string[];
}

const severities = ["critical", "high", "medium", "low", "informational"] as const;

/** Which techniques have a detection package, on which platforms, and why others have none. */
export const packagesPage = packagesPageOf(packageOverview);

/** The same over other packages. */
export function packagesPageOf(source: (database: Database) => PackageOverview): AskedPage {
  return definePage<PackagesData>({
    path: "/packages",
    api: "/api/packages",
    load: ({ database }, { query }) => {
      const page = pageNumber(query);
      if (page === null) return invalidPageNumber;
      const counts = source(database);
      const logs = logsOf(counts);
      const absences = absencesIn(counts.platforms);
      const choices: Readonly<Record<string, readonly string[]>> = {
        platform: counts.platforms.map((one) => one.id),
        log: logs,
        severity: severities,
        proof: proofs,
        origin: origins,
        absence: absences,
      };
      for (const [name, known] of Object.entries(choices)) {
        const asked = query.get(name) || undefined;
        if (asked !== undefined && !known.includes(asked)) {
          return { type: "invalid", why: `${name} must be one of these: ${known.join(", ")}.` };
        }
      }
      const filter: PackageFilter = {
        q: query.get("q")?.trim() || undefined,
        platform: query.get("platform") || undefined,
        log: query.get("log") || undefined,
        severity: query.get("severity") || undefined,
        proof: proofs.find((one) => one === query.get("proof")),
        origin: origins.find((one) => one === query.get("origin")),
        absence: query.get("absence") || undefined,
      };
      const all = narrowedPackages(counts, filter);
      const { packages, platforms } = counts;
      const techniques = all.slice((page - 1) * pageSize, page * pageSize);
      return found({ filter, total: all.length, page, pageSize, techniques, packages, platforms, logs });
    },
    view: (data) => ({
      title: "Detection packages",
      summary:
        "For each technique and platform: detections, the data they need, false positives, tests, investigation guide and playbook.",
      place: "packages",
      body: <PackagesBody data={data} />,
    }),
  });
}

function packagesAddress(filter: PackageFilter, page = 1): string {
  return withQuery(addresses.packages, { ...filter, page: page === 1 ? undefined : String(page) });
}

function PackagesBody({ data }: { readonly data: PackagesData }): Child {
  const { filter, total, techniques, packages, platforms, logs, page } = data;
  const narrowed = Object.values(filter).some((one) => one !== undefined);
  const { absence } = filter;
  return (
    <div class="package">
      <Breadcrumb crumbs={[{ label: "Home", href: addresses.home }, { label: "Packages" }]} />
      <header class="head">
        <h1>Detection packages</h1>
        <p class="lead">
          All that is needed to detect a technique on a platform: queries, the data they read, false positives, tests,
          an investigation guide and a playbook. Every part says whose it is.
        </p>
      </header>
      <Figures
        items={[
          { label: "techniques with a package", value: packages },
          { label: "packages", value: sum(platforms.map((one) => one.packages)) },
          { label: "of them written by us", value: sum(platforms.map((one) => one.authored)) },
        ]}
      />
      <FilterForm action={addresses.packages} label="Filter packages" kept={{ absence }}>
        <TextFilter name="q" label="Technique" value={filter.q} placeholder="T1133, PowerShell …" />
        <Choice
          name="platform"
          label="Platform"
          chosen={filter.platform ?? ""}
          options={[["", "any"], ...platforms.map(({ id, title }) => [id, title] as const)]}
        />
        <Choice
          name="log"
          label="Log"
          chosen={filter.log ?? ""}
          options={[["", "any"], ...logs.map((one) => [one, one] as const)]}
        />
        <Choice
          name="severity"
          label="Severity"
          chosen={filter.severity ?? ""}
          options={[["", "any"], ...severities.map((one) => [one, one] as const)]}
        />
        <Choice
          name="proof"
          label="Proof"
          chosen={filter.proof ?? ""}
          options={[
            ["", "any"],
            ["proved", "fires on a test"],
            ["unproved", "fires on none"],
          ]}
        />
        <Choice
          name="origin"
          label="Package"
          chosen={filter.origin ?? ""}
          options={[
            ["", "any"],
            ["authored", originWords.authored],
            ["composed", originWords.composed],
            ["none", "there is none"],
          ]}
        />
      </FilterForm>
      <p class="note" role="status">
        {counted(total, "technique")}
        {narrowed ? " found" : ""}. {absence !== undefined && `Those without, since: ${absenceWord(absence)}. `}
        {narrowed && <a href={addresses.packages}>Show all</a>}
      </p>
      {techniques.length === 0 ? (
        <Empty title={total > 0 ? "There are not that many pages." : "No package is so."}>
          <p>Leave one of the choices open, or look at what there is by platform below.</p>
        </Empty>
      ) : (
        <TechniqueTable data={data} />
      )}
      <Pager page={page} pageSize={pageSize} total={total} address={(to) => packagesAddress(filter, to)} />
      <PlatformTable platforms={platforms} />
    </div>
  );
}

function TechniqueTable({ data: { techniques, platforms } }: { readonly data: PackagesData }): Child {
  const titles = new Map(platforms.map(({ id, title }) => [id, title]));
  return (
    <Table
      caption="Techniques with the platforms that have a package"
      narrow="stack"
      columns={[
        { title: "Technique" },
        { title: "Platforms" },
        { title: "Best score" },
        { title: "Severity" },
        { title: "Package" },
      ]}
      rows={techniques.map((technique) => {
        const best = Math.max(...technique.platforms.map((one) => one.best ?? -1));
        const [severity] = severities.filter((level) => technique.platforms.some((one) => one.severity === level));
        return [
          <a href={addresses.technique(technique.id)}>
            <code>{technique.id}</code> {technique.name}
          </a>,
          <span class="chips">
            {technique.platforms.map((one) => (
              <a class="chip" href={addresses.package(technique.id, one.id)}>
                {titles.get(one.id) ?? one.id}{" "}
                {one.origin === "none" ? absenceWord(one.absence ?? "") : <b>{formatNumber(one.detections)}</b>}
              </a>
            ))}
          </span>,
          best < 0 ? <span class="none">–</span> : <ScoreCell score={best} />,
          severity === undefined ? <span class="none">–</span> : <SeverityBadge severity={severity} />,
          <OriginAndProof technique={technique} />,
        ];
      })}
    />
  );
}

function OriginAndProof({ technique }: { readonly technique: TechniqueOverview }): Child {
  const origin = origins.find((one) => technique.platforms.some((platform) => platform.origin === one)) ?? "none";
  const proved = technique.platforms.some((one) => one.proved > 0);
  return (
    <span class="chips">
      <span class={`origin is-${origin}`}>{originWords[origin]}</span>
      {proved && <span class="verdict is-exact">proved</span>}
    </span>
  );
}

/** How many packages each platform has, and why techniques have none there. */
function PlatformTable({ platforms }: Pick<PackagesData, "platforms">): Child {
  const reasons = absencesIn(platforms);
  return (
    <Section
      id="platforms"
      title="By platform"
      note="Techniques with a package, those of them that are written by us or have a detection written for the platform, and the others by the reason for which they have none."
    >
      <Table
        caption="Packages and absences by platform"
        narrow="scroll"
        columns={[
          { title: "Platform" },
          { title: "Packages", numeric: true },
          { title: "Written by us", numeric: true },
          { title: "With a native rule", numeric: true },
          ...reasons.map((code) => ({ title: `None: ${absenceWord(code)}`, numeric: true })),
        ]}
        rows={platforms.map(({ id, title, packages, authored, native, absent }) => [
          title,
          numberLink(packages, { platform: id }),
          numberLink(authored, { platform: id, origin: "authored" }),
          formatNumber(native),
          ...reasons.map((code) => numberLink(absent[code] ?? 0, { platform: id, absence: code })),
        ])}
      />
    </Section>
  );
}

function absencesIn(platforms: PackagesData["platforms"]): readonly AbsenceCode[] {
  return [...new Set(platforms.flatMap(({ absent }) => Object.keys(absent) as AbsenceCode[]))];
}

function numberLink(value: number, filter: PackageFilter): Child {
  return value === 0 ? <span class="none">0</span> : <a href={packagesAddress(filter)}>{formatNumber(value)}</a>;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
