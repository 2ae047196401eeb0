import { escapeHtml } from "./escape.ts";
import type { Bin, Histogram } from "./histogram.ts";
import { severityLook, severityLooks } from "./severity.ts";
import { type TimeScale, timeScale } from "./time-scale.ts";
import type { Chain, TimelineData } from "./timeline.ts";

/** Units of the drawing; it is scaled to the width of the page. */
const size = { width: 1000, edge: 12, lane: 38, line: 26, axis: 26 } as const;
/** Marks that stand side by side; hits between two of them are one mark, the larger the more. */
const columns = 96;
const mostLanes = 60;
const mostTicks = 7;
/** Events of one sequence that are drawn. */
const mostLinks = 40;
const longestLabel = 110;

interface Lane {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  readonly severity: number;
  readonly bins: ReadonlyMap<number, Bin>;
}

interface Mark {
  count: number;
  severity: number;
  from: number;
  to: number;
}

/** The hits along time as SVG, and what its lanes are; null where no hit has a time. */
export function chart(data: TimelineData): { readonly svg: string; readonly lanes: "rule" | "file" } | null {
  if (data.first === null || data.last === null) return null;
  const scale = timeScale(data.first, data.last, mostTicks);
  const kind = data.rules.size > mostLanes && data.byFile.lanes().size > 1 ? "file" : "rule";
  const histogram = kind === "rule" ? data.byRule : data.byFile;
  const lanes = fewEnough(lanesOf(data, kind, histogram));
  const height = size.axis + lanes.length * size.lane + size.edge;
  const chains = lanes.map((lane) => data.chains.filter((one) => (kind === "rule" ? one.rule : one.file) === lane.key));
  const marks = lanes.map((lane) => marksOf(lane, scale, histogram.width()));
  const body = lanes.map((lane, at) => drawLane(lane, at, marks[at] ?? [], chains[at] ?? [], scale));
  const shapes = severityLooks.map(({ id, path }) => `<path id="mark-${id}" d="${path}"/>`).join("");
  const svg = [
    `<svg viewBox="0 0 ${size.width} ${height}" role="img" aria-labelledby="chart-title chart-text">`,
    `<title id="chart-title">${title(data, lanes.length, kind)}</title>`,
    `<desc id="chart-text">Each lane is a ${kind}, each mark the hits at that time; the tables below hold the same.</desc>`,
    `<defs>${shapes}</defs>`,
    axis(scale, height),
    ...body,
    "</svg>",
  ].join("");
  return { svg, lanes: kind };
}

function title({ total, timeless }: TimelineData, lanes: number, kind: string): string {
  const left = timeless === 0 ? "" : `, ${timeless} more without a time`;
  return `Timeline of ${total - timeless} hits in ${lanes} ${lanes === 1 ? "lane" : "lanes"}, one a ${kind}${left}`;
}

function lanesOf(data: TimelineData, kind: "rule" | "file", histogram: Histogram): Lane[] {
  const lanes = [...histogram.lanes()].map(([key, bins]): Lane => {
    const all = [...bins.values()];
    return {
      key,
      label: kind === "rule" ? beginningOf(data.rules.get(key)?.title ?? key) : endOf(key),
      count: all.reduce((sum, one) => sum + one.count, 0),
      severity: Math.min(...all.map((one) => one.severity)),
      bins,
    };
  });
  return lanes.sort((a, b) => a.severity - b.severity || b.count - a.count || (a.label < b.label ? -1 : 1));
}

function beginningOf(text: string): string {
  return text.length > longestLabel ? `${text.slice(0, longestLabel - 1)}…` : text;
}

/** Of a path, the file's name tells most. */
function endOf(path: string): string {
  return path.length > longestLabel ? `…${path.slice(1 - longestLabel)}` : path;
}

/** The last lane takes all that have none of their own. */
function fewEnough(lanes: readonly Lane[]): readonly Lane[] {
  if (lanes.length <= mostLanes) return lanes;
  const others = lanes.slice(mostLanes - 1);
  const bins = new Map<number, Bin>();
  for (const lane of others) {
    for (const [at, { count, severity }] of lane.bins) {
      const bin = bins.get(at);
      bins.set(at, { count: (bin?.count ?? 0) + count, severity: Math.min(bin?.severity ?? severity, severity) });
    }
  }
  const count = others.reduce((sum, one) => sum + one.count, 0);
  const severity = Math.min(...others.map((one) => one.severity));
  return [...lanes.slice(0, mostLanes - 1), { key: "", label: `${others.length} more`, count, severity, bins }];
}

/** What of a lane falls together at the width of the drawing. */
function marksOf(lane: Lane, scale: TimeScale, width: number): readonly Mark[] {
  const marks = new Map<number, Mark>();
  for (const [at, { count, severity }] of lane.bins) {
    const from = Math.max(scale.from, at * width);
    const to = Math.min(scale.to, (at + 1) * width - 1);
    const column = Math.min(columns - 1, Math.max(0, Math.floor(scale.share((from + to) / 2) * columns)));
    const mark = marks.get(column);
    if (mark === undefined) marks.set(column, { count, severity, from, to });
    else {
      mark.count += count;
      mark.severity = Math.min(mark.severity, severity);
      mark.from = Math.min(mark.from, from);
      mark.to = Math.max(mark.to, to);
    }
  }
  return [...marks].sort(([a], [b]) => a - b).map(([, mark]) => mark);
}

function drawLane(lane: Lane, at: number, marks: readonly Mark[], chains: readonly Chain[], scale: TimeScale): string {
  const top = size.axis + at * size.lane;
  const y = top + size.line;
  const x = (time: number): number => placed(scale.share(time));
  return [
    `<g class="${severityLook(lane.severity).id}">`,
    `<text class="label" x="${size.edge}" y="${top + 12}">${escapeHtml(lane.label)} <tspan class="count">${lane.count}</tspan></text>`,
    `<path class="track" d="M${size.edge} ${y}H${size.width - size.edge}"/>`,
    ...chains.map(({ times }) => drawChain(times.slice(0, mostLinks).map(x), y)),
    ...marks.map((mark) => drawMark(mark, x((mark.from + mark.to) / 2), y)),
    "</g>",
  ].join("");
}

function drawChain(places: readonly number[], y: number): string {
  const dots = [...new Set(places)].map((x) => `<circle cx="${x}" cy="${y}" r="2.5"/>`).join("");
  return `<g class="chain"><path d="M${Math.min(...places)} ${y}H${Math.max(...places)}"/>${dots}</g>`;
}

function drawMark({ count, severity, from, to }: Mark, x: number, y: number): string {
  const { id, title: name } = severityLook(severity);
  // Ten times as many hits are a bit larger, so that one is still seen and a million fit the lane.
  const scale = (0.75 + Math.min(0.55, 0.18 * Math.log10(count))).toFixed(2);
  const span = from === to || count === 1 ? isoTime(from) : `${isoTime(from)} to ${isoTime(to)}`;
  const text = `${count} ${count === 1 ? "hit" : "hits"}, ${name}, ${span}`;
  return `<use class="${id}" href="#mark-${id}" transform="translate(${x} ${y}) scale(${scale})"><title>${text}</title></use>`;
}

function axis({ ticks }: TimeScale, height: number): string {
  return ticks
    .map(({ share, label }) => {
      const x = placed(share);
      const anchor = share < 0.05 ? "start" : share > 0.95 ? "end" : "middle";
      return `<path class="tick" d="M${x} 18V${height - size.edge}"/><text class="time" x="${x}" y="12" text-anchor="${anchor}">${label}</text>`;
    })
    .join("");
}

function placed(share: number): number {
  return Math.round((size.edge + share * (size.width - 2 * size.edge)) * 10) / 10;
}

function isoTime(time: number): string {
  return new Date(time).toISOString().replace("T", " ").replace("Z", "");
}
