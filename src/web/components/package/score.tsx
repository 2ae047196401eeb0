import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { Score } from "../../../packages/detection-package.ts";
import { Bar } from "../bar.tsx";

/** The score in one glance: a bar, and the number that says the same. */
export function ScoreMark({ score }: { readonly score: Score }): Child {
  return html`<span class="score-mark">${Bar({ part: score.total, whole: 100 })}<span><span class="hidden">score </span>${points(score.total)}<span class="quiet"> / 100</span></span></span>`;
}

/** What each part of the score gave, and why. */
export function ScoreParts({ score }: { readonly score: Score }): Child {
  const rows = score.parts.map(
    ({ name, points: got, most, why }) =>
      html`<div><dt>${name}</dt><dd class="score-part">${Bar({ part: got, whole: most })}<span class="number">${points(got)} of ${points(most)}</span><span class="why">${why}</span></dd></div>`,
  );
  return html`<details class="more"><summary>Why it scores ${points(score.total)} of 100</summary><dl class="score-parts">${rows}</dl></details>`;
}

function points(value: number): string {
  return String(Math.round(value * 10) / 10);
}
