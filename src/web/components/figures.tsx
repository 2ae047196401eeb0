import type { Child } from "hono/jsx";
import { formatNumber } from "../../kit/numbers.ts";

export interface FigureProps {
  readonly label: string;
  /** A number, or what is one in words: a share. */
  readonly value: number | string;
  /** Where the things counted are listed; none for what cannot be opened, nor for zero. */
  readonly href?: string;
}

/** The numbers at the top of a page; those that can be opened are links. */
export function Figures({ items }: { readonly items: readonly FigureProps[] }): Child {
  return (
    <dl class="figures">
      {items.map(({ label, value, href }) => {
        const shown = typeof value === "number" ? formatNumber(value) : value;
        return (
          <div>
            <dt>{label}</dt>
            <dd>{href === undefined || value === 0 ? shown : <a href={href}>{shown}</a>}</dd>
          </div>
        );
      })}
    </dl>
  );
}
