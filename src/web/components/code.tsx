import type { Child } from "hono/jsx";
import { counted } from "../../kit/numbers.ts";
import type { PredicatePlace } from "../places.ts";

/** Lines and characters shown at most; the rest is one link away. */
const most = { lines: 2500, characters: 80_000 } as const;

export interface CodeProps {
  readonly label: string;
  readonly text: string;
  readonly marks: Iterable<PredicatePlace>;
  /** Where the whole text stands when it is cut. */
  readonly whole: string;
  /** Begins the names of its lines, for a page with several texts. */
  readonly anchor?: string;
}

/** A text with line numbers, which links can reach as `#L12`, and with marked spans. */
export function Code({ label, text, marks, whole, anchor = "L" }: CodeProps): Child {
  const lines = linesOf(text);
  const shown = lines.slice(0, shownLines(text)).map((line) => line.slice(0, most.characters));
  const left = lines.length - shown.length;
  const pieces = markedLines(text, shown, disjoint(marks));
  return (
    <>
      <section class="code-box" aria-label={label} tabindex={0}>
        <pre class="code">
          <code>
            {pieces.map((line, index) => (
              <span class="line" id={`${anchor}${index + 1}`}>
                {line.map(({ text: piece, kind }) => (kind === null ? piece : <mark class={kind}>{piece}</mark>))}
                {"\n"}
              </span>
            ))}
          </code>
        </pre>
      </section>
      {(left > 0 || text.length > most.characters) && (
        <p class="note">
          {left > 0 ? `… and ${counted(left, "more line")}: ` : "The line is cut: "}
          <a href={whole}>the whole text in the JSON</a>.
        </p>
      )}
    </>
  );
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}

/** How many lines of a text are shown; only the first may be cut, where it is too long by itself. */
export function shownLines(text: string): number {
  const lines = text.length <= most.characters ? linesOf(text) : linesOf(text.slice(0, most.characters)).slice(0, -1);
  return Math.max(1, Math.min(most.lines, lines.length));
}

interface Piece {
  readonly text: string;
  readonly kind: "looked-for" | "left-out" | null;
}

/** The marks in order and without overlaps: of two that meet, the one that starts first wins, then the longer. */
function disjoint(marks: Iterable<PredicatePlace>): readonly PredicatePlace[] {
  const sorted = [...marks].sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return sorted.filter((mark) => {
    if (mark.start < end) return false;
    end = mark.end;
    return true;
  });
}

/** Each line cut where a mark begins or ends; a mark over several lines is marked on each of them. */
function markedLines(
  text: string,
  lines: readonly string[],
  marks: readonly PredicatePlace[],
): readonly (readonly Piece[])[] {
  let offset = 0;
  let next = 0;
  return lines.map((line) => {
    const end = offset + line.length;
    const pieces: Piece[] = [];
    let at = offset;
    for (let mark = marks[next]; mark !== undefined && mark.start < end; mark = marks[next]) {
      const from = Math.max(mark.start, at);
      const to = Math.min(mark.end, end);
      if (from > at) pieces.push({ text: text.slice(at, from), kind: null });
      if (to > from) pieces.push({ text: text.slice(from, to), kind: mark.negated ? "left-out" : "looked-for" });
      at = Math.max(at, to);
      if (mark.end > end) break;
      next++;
    }
    if (end > at) pieces.push({ text: text.slice(at, end), kind: null });
    offset = end + (text.startsWith("\r\n", end) ? 2 : 1);
    return pieces;
  });
}
