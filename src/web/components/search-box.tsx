import type { Child } from "hono/jsx";
import { type Narrowing, narrowings } from "../../catalog/queries/narrowing.ts";
import { addresses, longestQuery } from "../addresses.ts";

export interface SearchBoxProps {
  readonly size: "small" | "large";
  readonly query: string;
  /** Kept when the form is sent. */
  readonly narrowing?: Narrowing;
  readonly corpus?: string | undefined;
}

export function SearchBox({ size, query, narrowing = {}, corpus }: SearchBoxProps): Child {
  return (
    <search class={`search ${size}`}>
      <form action={addresses.search} method="get">
        <label for="q" class={size === "small" ? "hidden" : "label"}>
          Search rules and ATT&amp;CK
        </label>
        <div class="field">
          <input
            id="q"
            name="q"
            type="search"
            value={query}
            maxlength={longestQuery}
            placeholder={size === "small" ? "Search" : "rundll32.exe, T1059.001, CVE-2024-1708 …"}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
          />
          {narrowings.map((name) =>
            narrowing[name] === undefined ? null : <input type="hidden" name={name} value={narrowing[name]} />,
          )}
          {corpus !== undefined && <input type="hidden" name="corpus" value={corpus} />}
          <button type="submit">
            <span class={size === "small" ? "hidden" : ""}>Search</span>
            {size === "small" && <SearchIcon />}
          </button>
        </div>
      </form>
    </search>
  );
}

function SearchIcon(): Child {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" stroke-width="1.6" />
      <path d="m10.5 10.5 3.5 3.5" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" />
    </svg>
  );
}
