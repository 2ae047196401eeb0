import { html } from "hono/html";
import type { Child } from "hono/jsx";
import { addresses } from "../../addresses.ts";
import { absenceWord, type PackageCounts, type TechniquePackages } from "../../package-list.ts";
import { formatNumber } from "../../wording.ts";
import { Bar } from "../bar.tsx";
import { Table } from "../table.tsx";
import { originWords } from "./origin.ts";

export interface PackageTableProps {
  readonly technique: TechniquePackages;
  readonly platforms: PackageCounts["platforms"];
}

/** The packages of one technique, a row a platform. */
export function PackageTable({ technique, platforms }: PackageTableProps): Child {
  const titles = new Map(platforms.map(({ id, title }) => [id, title]));
  return (
    <div class="package-table">
      <Table
        caption={`Detection packages for ${technique.id} by platform`}
        narrow="stack"
        columns={[
          { title: "Platform" },
          { title: "Detections", numeric: true },
          { title: "Written for it", numeric: true },
          { title: "Proved", numeric: true },
          { title: "Best score" },
          { title: "Package" },
        ]}
        rows={technique.platforms.map((one) => [
          html`<a href="${addresses.package(technique.id, one.id)}">${titles.get(one.id) ?? one.id}</a>`,
          ...[one.detections, one.native, one.proved].map(formatNumber),
          one.best === null ? html`<span class="none">–</span>` : <ScoreCell score={one.best} />,
          one.origin === "none"
            ? html`<span class="quiet">${absenceWord(one.absence ?? "")}</span>`
            : html`<span class="origin is-${one.origin}">${originWords[one.origin]}</span>`,
        ])}
      />
    </div>
  );
}

export function ScoreCell({ score }: { readonly score: number }): Child {
  return html`<span class="counted">${Bar({ part: score, whole: 100 })}<span>${formatNumber(Math.round(score))}</span></span>`;
}
