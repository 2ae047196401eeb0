import { html } from "hono/html";
import type { Child } from "hono/jsx";
import { operatorWord } from "../wording.ts";

/** Corpora whose colour the style sheet knows. */
const coloured = new Set(["sigma", "elastic", "splunk", "detectionary"]);

export function vendorClass(corpus: string): string {
  return coloured.has(corpus) ? `v-${corpus}` : "v-other";
}

export interface VendorProps {
  readonly corpus: string;
  readonly label?: string | undefined;
  readonly count?: number;
  readonly href?: string;
  /** Says that a list is narrowed to this corpus. */
  readonly current?: boolean;
}

export function VendorBadge({ corpus, label, count, href, current }: VendorProps): Child {
  const inside = count === undefined ? html`${label ?? corpus}` : html`${label ?? corpus}<b>${count}</b>`;
  const name = `vendor ${vendorClass(corpus)}`;
  if (href === undefined) return html`<span class="${name}">${inside}</span>`;
  return html`<a class="${name}" href="${href}"${current === true ? html` aria-current="true"` : ""}>${inside}</a>`;
}

const severities = new Set(["informational", "low", "medium", "high", "critical"]);

export function SeverityBadge({ severity }: { readonly severity: string | null }): Child {
  if (severity === null) return null;
  return html`<span class="severity s-${severities.has(severity) ? severity : "other"}">${severity}</span>`;
}

/** Operators with the number of rules that use each. */
export function OperatorChips({ operators }: { readonly operators: Readonly<Record<string, number>> }): Child {
  const chips = Object.entries(operators).map(
    ([name, count]) => html`<span class="chip">${operatorWord(name)} <b>${count}</b></span>`,
  );
  return html`<span class="chips">${chips}</span>`;
}
