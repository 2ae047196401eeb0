import { createHash } from "node:crypto";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { chart } from "./chart.ts";
import { escapeHtml } from "./escape.ts";
import { severityLook, severityLooks, severityPlace } from "./severity.ts";
import { style } from "./style.ts";
import type { ReportAbout, RuleHits, TimelineData } from "./timeline.ts";

/** Nothing is loaded, sent or executed; only our own style is applied. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The first rules are open when the page opens, as long as there are few. */
const openRules = 3;

export function reportPage(data: TimelineData, about: ReportAbout): string {
  const rules = [...data.rules.values()].sort(
    (a, b) =>
      severityPlace(a.severity) - severityPlace(b.severity) || b.total - a.total || (a.title < b.title ? -1 : 1),
  );
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<title>${counted(data.total, "hit")} of ${counted(rules.length, "rule")}</title><style>${style}</style></head><body>`,
    `<header><h1>${counted(data.total, "hit")} of ${counted(rules.length, "rule")}</h1>${summary(data, about)}</header><main>`,
    timelineSection(data),
    rules.length === 0 ? "" : rulesSection(rules),
    rules.length === 0 ? "" : hitsSection(rules),
    `</main><footer>Made by Detectionary ${escapeHtml(about.version)} on ${escapeHtml(about.made)}. Times are UTC.</footer></body></html>\n`,
  ].join("\n");
}

function summary({ first, last }: TimelineData, { events, rulesRun, rulesNotRun, sources }: ReportAbout): string {
  const span = first === null || last === null ? "" : ` Hits from ${time(first)} to ${time(last)}.`;
  const left = rulesNotRun === 0 ? "" : `, ${counted(rulesNotRun, "rule")} could not run`;
  return `<p>${counted(rulesRun, "rule")} ran over ${counted(events, "event")} of ${counted(sources, "source")}${left}.${span}</p>`;
}

function timelineSection(data: TimelineData): string {
  const drawn = chart(data);
  if (drawn === null) return data.total === 0 ? "" : "<p>No hit has a time, so there is no timeline.</p>";
  const note = data.timeless === 0 ? "" : `<p>${counted(data.timeless, "hit")} without a time: only in the tables.</p>`;
  const keys = severityLooks
    .map(
      ({ id, title, path }) =>
        `<li><svg class="${id}" viewBox="-8 -8 16 16" aria-hidden="true"><path d="${path}"/></svg>${title}</li>`,
    )
    .join("");
  const chained =
    '<li class="key"><svg class="low" viewBox="-17 -7 34 14" aria-hidden="true"><g class="chain"><path d="M-14 0H14"/><circle cx="-14" r="2.5"/><circle cx="0" r="2.5"/></g></svg>events that belong together</li>';
  return [
    '<section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>',
    `<ul class="legend">${keys}${data.chains.length === 0 ? "" : chained}<li>larger: more hits at that time</li></ul>${note}`,
    // Narrow windows scroll it, which the keyboard must be able to do.
    `<div class="chart" tabindex="0" role="region" aria-label="Timeline by ${drawn.lanes}">${drawn.svg}</div></section>`,
  ].join("\n");
}

function rulesSection(rules: readonly RuleHits[]): string {
  const rows = rules.map((one, at) => {
    const severity = severityLook(severityPlace(one.severity));
    const name = `<a href="#rule-${at}">${escapeHtml(one.title)}</a>`;
    return `<tr><td class="${severity.id}">${severity.title}</td><td>${name}</td><td class="number">${formatNumber(one.total)}</td><td>${time(one.first)}</td><td>${time(one.last)}</td></tr>`;
  });
  const head =
    '<th scope="col">severity</th><th scope="col">rule</th><th scope="col" class="number">hits</th><th scope="col">first</th><th scope="col">last</th>';
  return `<section aria-labelledby="rules"><h2 id="rules">Rules</h2>\n${tableOf(head, rows, "rules", "Rules that were met")}</section>`;
}

function hitsSection(rules: readonly RuleHits[]): string {
  const head = '<th scope="col">time</th><th scope="col">record</th><th scope="col">because</th>';
  const parts = rules.map((one, at) => {
    const rest = one.total - one.rows.length;
    const more = rest === 0 ? "" : `<p>And ${counted(rest, "hit")} more; match --json prints all.</p>`;
    const name = `${escapeHtml(one.title)} <small>${escapeHtml(one.rule)}, ${counted(one.total, "hit")}</small>`;
    const listed = one.rows.length === 0 ? "" : tableOf(head, one.rows, "hits", `Hits of ${escapeHtml(one.title)}`);
    // Browsers open what is closed around the target of a link, so the target stands inside.
    const body = `<div class="target" id="rule-${at}">${listed}${more}</div>`;
    return `<details${at < openRules ? " open" : ""}><summary>${name}</summary>${body}</details>`;
  });
  return `<section aria-labelledby="hits"><h2 id="hits">Hits</h2>\n${parts.join("\n")}</section>`;
}

/** Narrow windows scroll a table within its own box. `label` is escaped. */
function tableOf(head: string, rows: readonly string[], kind: string, label: string): string {
  return `<div class="wide" tabindex="0" role="region" aria-label="${label}"><table class="${kind}"><thead><tr>${head}</tr></thead><tbody>\n${rows.join("\n")}\n</tbody></table></div>`;
}

function time(value: number | null): string {
  if (value === null) return "no time";
  return `<time>${new Date(value).toISOString().replace("T", " ").replace("Z", "")}</time>`;
}
