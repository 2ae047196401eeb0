import type { DetectionPackage } from "../../packages/detection-package.ts";
import { addresses, jsonAddress, withQuery } from "../addresses.ts";
import { PackageBody, packageSentence } from "../components/package/package-body.tsx";
import { type PackageLinks, packageLinks } from "../components/package/package-links.ts";
import { type KnobValues, knobQuery, knobsIn } from "../knobs.ts";
import { type PackageSource, packageFrom } from "../package-source.ts";
import { type AskedPage, definePage, found } from "../page.ts";

interface PackageData {
  readonly package: DetectionPackage;
  readonly links: PackageLinks;
  readonly knobs: KnobValues;
}

/** All that is needed to detect one technique on one platform. */
export const packagePage = packagePageOf(packageFrom);

/** The same of other packages. */
export function packagePageOf(source: PackageSource): AskedPage {
  return definePage<PackageData>({
    path: "/attack/:id/:platform",
    api: "/api/packages/:id/:platform",
    load: ({ database }, { params, query }) => {
      const knobs = knobsIn(query);
      const loaded = source(database, { technique: params.id ?? "", platform: params.platform ?? "", knobs });
      if (loaded.type !== "data") return loaded;
      return found({ package: loaded.data, links: packageLinks(database, loaded.data), knobs });
    },
    twin: (_, data) => data.package,
    view: ({ package: data, links, knobs }, site) => {
      const { technique, platform } = data;
      const json = jsonAddress(withQuery(addresses.package(technique.id, platform.id), knobQuery(knobs)));
      return {
        title: `Detect ${technique.name} in ${platform.title} (${technique.id})`,
        summary: packageSentence(data),
        place: "packages",
        body: <PackageBody data={data} site={site} links={links} json={json} knobs={knobs} />,
      };
    },
  });
}
