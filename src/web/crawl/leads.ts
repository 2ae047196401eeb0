import { jsonAddress } from "../addresses.ts";
import type { Inspection } from "./inspect.ts";
import { linkOf } from "./kinds.ts";

/** What a page leads to. */
export interface Leads {
  readonly from: string;
  readonly pages: readonly string[];
  /** `address#fragment` on other pages. */
  readonly fragments: readonly string[];
  readonly resources: readonly string[];
  /** Forms sent as they stand. */
  readonly forms: readonly string[];
}

/**
 * Sorts the addresses of the page at `address`, and finds those that are wrong by themselves. `isNew` says whether a
 * name is met for the first time.
 */
export function leadsOf(
  inspection: Inspection,
  address: string,
  isNew: (name: string) => boolean,
): { readonly faults: readonly string[]; readonly leads: Leads } {
  const faults: string[] = [];
  const pages: string[] = [];
  const fragments: string[] = [];
  for (const href of [...inspection.links, ...inspection.actions]) {
    if (href.startsWith("/") && !isNew(href)) continue;
    const link = linkOf(href, address);
    if (link.type === "outside") continue;
    if (link.type === "broken") {
      faults.push(`leads to ${href}, which is no address`);
      continue;
    }
    const here = link.address === address || href.startsWith("#");
    if (link.fragment !== "" && here) {
      if (!inspection.ids.has(link.fragment)) faults.push(`has nothing at #${link.fragment}, where a link leads`);
    } else if (link.fragment !== "") fragments.push(`${link.address}#${link.fragment}`);
    if (!here && !isTwinOf(link.address, address)) pages.push(link.address);
  }
  const twins = inspection.twins.map((href) => linkOf(href, address));
  const own = linkOf(jsonAddress(address), address);
  if (own.type !== "inside" || !twins.some((one) => one.type === "inside" && one.address === own.address)) {
    faults.push("does not say where its JSON stands");
  }
  const leads = {
    from: address,
    pages,
    fragments,
    resources: inspection.resources.filter((href) => isNew(`resource ${href}`)),
    forms: inspection.forms.filter((href) => isNew(`form ${href}`)),
  };
  return { faults, leads };
}

/** Some pages link their data a second time, without the question that they were asked with. */
function isTwinOf(link: string, address: string): boolean {
  return link.split("?")[0] === jsonAddress(address.split("?")[0] ?? "");
}
