import type { Child } from "hono/jsx";
import { formatNumber } from "../../../kit/numbers.ts";
import type { DetectionPackage } from "../../../packages/detection-package.ts";
import { systems } from "../../../platforms/systems.ts";
import { addresses } from "../../addresses.ts";
import { absenceWord } from "../../package-list.ts";

/** The same technique on the other platforms: how many detections each has; those without any say so. */
export function PlatformSwitch({ data }: { readonly data: DetectionPackage }): Child {
  const { technique, platform } = data;
  const here = {
    id: platform.id,
    title: platform.title,
    detections: data.candidates,
    absence: data.absence?.code ?? null,
  };
  const all = [here, ...data.others.filter((one) => one.id !== platform.id)];
  const order = systems.map((one) => one.id);
  return (
    <nav class="platforms" aria-label={`${technique.id} on other platforms`}>
      <ul>
        {all
          .toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
          .map((one) => (
            <li>
              <PlatformLink technique={technique.id} platform={one} current={one.id === platform.id} />
            </li>
          ))}
      </ul>
    </nav>
  );
}

export interface PlatformLinkProps {
  readonly technique: string;
  readonly platform: {
    readonly id: string;
    readonly title: string;
    readonly detections: number;
    readonly absence: string | null;
  };
  readonly current?: boolean;
}

export function PlatformLink({ technique, platform, current = false }: PlatformLinkProps): Child {
  const { id, title, detections, absence } = platform;
  return (
    <a
      class={detections === 0 ? "platform is-absent" : "platform"}
      href={addresses.package(technique, id)}
      {...(current ? { "aria-current": "page" as const } : {})}
      {...(absence === null || current ? {} : { title: absenceWord(absence) })}
    >
      {title}{" "}
      {detections === 0 ? (
        <span class="count">none</span>
      ) : (
        <span class="count">
          {formatNumber(detections)}
          <span class="hidden"> detections</span>
        </span>
      )}
    </a>
  );
}
