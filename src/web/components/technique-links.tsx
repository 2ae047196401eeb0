import type { Child } from "hono/jsx";
import type { TechniqueLink } from "../../catalog/queries/answers.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses } from "../addresses.ts";
import { Section } from "./section.tsx";

export interface TechniqueLinksProps {
  readonly techniques: readonly TechniqueLink[];
  /** Of how many these are the first. */
  readonly total: number;
  /** What they are the techniques of. */
  readonly of: string;
}

/** Techniques that the rules of a page are tagged with, most rules first. */
export function TechniqueLinks({ techniques, total, of }: TechniqueLinksProps): Child {
  if (techniques.length === 0) return null;
  return (
    <Section
      id="techniques"
      title="Techniques"
      count={total}
      note={`What the rules for ${of} are tagged with, and how many of them.`}
    >
      <ul class="subtechniques">
        {techniques.map(({ id, name, rules }) => (
          <li>
            <a href={addresses.technique(id)}>
              <code>{id}</code> <span class="name">{name}</span>
              <span class="number">{formatNumber(rules)}</span>
            </a>
          </li>
        ))}
      </ul>
      {total > techniques.length && <p class="note">… and {formatNumber(total - techniques.length)} more.</p>}
    </Section>
  );
}
