import type { Child } from "hono/jsx";
import { externalAddress } from "../addresses.ts";

export interface HeadProps {
  /** The id or the kind that stands above the title. */
  readonly id: Child;
  /** What the page is about, in a word: `tactic`, `event of Microsoft-Windows-Sysmon`. */
  readonly what: string;
  readonly title: Child;
  /** The line of facts below the title; null for what there is nothing to say of. */
  readonly facts: readonly Child[];
}

/** The head of a page about one thing. */
export function Head({ id, what, title, facts }: HeadProps): Child {
  return (
    <header class="head">
      <p class="headword-id">
        {id}
        <span class="class">{what}</span>
      </p>
      <h1>{title}</h1>
      <ul class="facts-line">
        {facts
          .filter((one) => one !== null)
          .map((one) => (
            <li>{one}</li>
          ))}
      </ul>
    </header>
  );
}

/** A quiet fact; null where there is nothing to say. */
export function quiet(text: string | null): Child {
  return text === null || text === "" ? null : <span class="quiet">{text}</span>;
}

/** A page of somebody else, under the name of its host unless told otherwise; null for what may not be linked. */
export function elsewhere(address: string | null, name?: string): Child {
  const href = address === null ? null : externalAddress(address);
  if (href === null) return null;
  return (
    <a href={href} rel="noopener noreferrer">
      {name ?? new URL(href).hostname}
    </a>
  );
}
