import type { Child } from "hono/jsx";
import { withQuery } from "../addresses.ts";
import { type Lens, lensParameter, type SchemaChoice, vocabularyLens } from "../lens.ts";

export interface LensChoiceProps {
  readonly lens: Lens;
  readonly schemas: readonly SchemaChoice[];
  /** Path and query of the page, without the choice. */
  readonly address: string;
}

/** Links that show the same page with the field names of another schema; a script takes them over where it runs. */
export function LensChoice({ lens, schemas, address }: LensChoiceProps): Child {
  const choices = [{ id: null, title: vocabularyLens.title }, ...schemas];
  return (
    <details class="lens">
      <summary>
        <span class="quiet">Names</span> <b data-own={vocabularyLens.title}>{lens.title}</b>
      </summary>
      <ul>
        {choices.map(({ id, title }) => (
          <li>
            <a
              data-lens={id ?? ""}
              href={addressIn(address, id)}
              rel="nofollow"
              {...(id === lens.schema ? { "aria-current": "true" } : {})}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

function addressIn(address: string, schema: string | null): string {
  const [path = "", query = ""] = address.split("?");
  const parameters = Object.fromEntries(new URLSearchParams(query));
  return withQuery(path, { ...parameters, [lensParameter]: schema ?? undefined });
}
