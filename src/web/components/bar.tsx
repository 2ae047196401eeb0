import { html } from "hono/html";
import type { Child } from "hono/jsx";

/** A bar beside a number that says the same; a style attribute would need a weaker content policy. */
export function Bar({ part, whole }: { readonly part: number; readonly whole: number }): Child {
  return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${share(part, whole)}" height="1"/></svg>`;
}

export interface BarPart {
  /** Class that gives the colour. */
  readonly name: string;
  readonly value: number;
}

/** One bar made of parts. */
export function StackedBar({ parts }: { readonly parts: readonly BarPart[] }): Child {
  const whole = parts.reduce((sum, part) => sum + part.value, 0);
  let before = 0;
  return (
    <svg class="bar stacked" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(({ name, value }) => {
        const start = before;
        before += value;
        return <rect class={name} x={share(start, whole)} width={share(value, whole)} height="1" />;
      })}
    </svg>
  );
}

function share(part: number, whole: number): string {
  if (whole === 0) return "0";
  return String(Math.round((1000 * part) / whole) / 10);
}
