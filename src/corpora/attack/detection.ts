import type { Analytic, DataComponent, DetectionStrategy } from "../../rule/attack.ts";
import { listOf, recordOf, textOf, textsOf, type Untyped } from "../untyped.ts";
import { byId, descriptionOf, nameOf } from "./object.ts";
import { attackId, isDeprecated, isRevoked, type StixObjects } from "./stix.ts";

/** Data components in force, with the log sources in which ATT&CK sees them. */
export function dataComponentsOf(stix: StixObjects): readonly DataComponent[] {
  return inForce(stix, "x-mitre-data-component")
    .map(({ id, object }) => ({
      id,
      name: nameOf(object),
      description: descriptionOf(object),
      logSources: listOf(object.x_mitre_log_sources).map(recordOf).map(logSourceOf),
    }))
    .sort(byId);
}

/** Detection strategies in force (ATT&CK 18 and later) with the techniques that they detect and their analytics. */
export function strategiesOf(stix: StixObjects): readonly DetectionStrategy[] {
  const detected = Map.groupBy(stix.links("detects"), (link) => textOf(link.source.id));
  return inForce(stix, "x-mitre-detection-strategy")
    .map(({ id, object }) => ({
      id,
      name: nameOf(object),
      techniques: (detected.get(textOf(object.id)) ?? [])
        .map((link) => attackId(link.target))
        .filter((technique) => technique !== null)
        .sort(),
      analytics: textsOf(object.x_mitre_analytic_refs).flatMap((ref) => analyticOf(stix, ref)),
    }))
    .sort(byId);
}

function analyticOf(stix: StixObjects, ref: string): readonly Analytic[] {
  const object = stix.byId.get(ref);
  const id = object === undefined ? null : attackId(object);
  if (object === undefined || id === null || isRevoked(object) || isDeprecated(object)) return [];
  return [
    {
      id,
      name: nameOf(object),
      description: descriptionOf(object),
      platforms: [...textsOf(object.x_mitre_platforms)].sort(),
      logSources: listOf(object.x_mitre_log_source_references)
        .map(recordOf)
        .map((source) => ({ component: componentOf(stix, source), ...logSourceOf(source) })),
      mutableElements: listOf(object.x_mitre_mutable_elements)
        .map(recordOf)
        .map((one) => ({ field: textOf(one.field).trim(), description: descriptionOf(one) })),
    },
  ];
}

/** The id of the data component; empty where the reference leads nowhere. */
function componentOf(stix: StixObjects, source: Untyped): string {
  const component = stix.byId.get(textOf(source.x_mitre_data_component_ref));
  return (component === undefined ? null : attackId(component)) ?? "";
}

function logSourceOf(source: Untyped): { readonly name: string; readonly channel: string } {
  return { name: textOf(source.name).trim(), channel: textOf(source.channel).trim() };
}

function inForce(stix: StixObjects, type: string): readonly { readonly id: string; readonly object: Untyped }[] {
  return stix.ofType(type).flatMap((object) => {
    const id = attackId(object);
    return id === null || isRevoked(object) || isDeprecated(object) ? [] : [{ id, object }];
  });
}
