import { html } from "hono/html";
import type { Child } from "hono/jsx";
import { formatNumber } from "../../../kit/numbers.ts";
import type { PlatformState } from "../../../packages/overview.ts";
import { addresses } from "../../addresses.ts";
import { absenceWord } from "../../package-list.ts";
import { Bar } from "../bar.tsx";
import { Table } from "../table.tsx";
import { originWords } from "./origin.ts";

export interface PackageTableProps {
  /** Id of the technique. */
  readonly technique: string;
  readonly packages: readonly PlatformPackage[];
}

/** What a technique has on a platform, with the platform's title. */
export interface PlatformPackage extends PlatformState {
  readonly title: string;
}

/** The packages of one technique, a row a platform. */
export function PackageTable({ technique, packages }: PackageTableProps): Child {
  return (
    <div class="package-table">
      <Table
        caption={`Detection packages for ${technique} by platform`}
        narrow="stack"
        columns={[
          { title: "Platform" },
          { title: "Detections", numeric: true },
          { title: "Written for it", numeric: true },
          { title: "Proved", numeric: true },
          { title: "Best score" },
          { title: "Package" },
        ]}
        rows={packages.map((one) => [
          html`<a href="${addresses.package(technique, one.id)}">${one.title}</a>`,
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
