import type { Child } from "hono/jsx";
import { formatNumber } from "../../kit/numbers.ts";

export interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
  /** One sentence that says how to read what follows. */
  readonly note?: Child;
  readonly children?: Child;
}

export function Section({ id, title, count, note, children }: SectionProps): Child {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {title}
        {count !== undefined && <span class="count">{formatNumber(count)}</span>}
      </h2>
      {note !== undefined && <p class="note">{note}</p>}
      {children}
    </section>
  );
}

export interface ContentsEntry {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
}

/** Links to the sections of a long page; nothing for a page without any. */
export function Contents({ entries }: { readonly entries: readonly ContentsEntry[] }): Child {
  if (entries.length === 0) return null;
  return (
    <nav class="contents" aria-label="On this page">
      <p class="label">On this page</p>
      <ul>
        {entries.map(({ id, title, count }) => (
          <li>
            <a href={`#${id}`}>
              {title}
              {count !== undefined && <span class="count">{formatNumber(count)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
