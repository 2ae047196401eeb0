import type { Terminal } from "./terminal.ts";

export interface Progress {
  readonly show: (label: string, done: number, total: number) => void;
  /** Erases the bar; must be called before anything else is written. */
  readonly end: () => void;
}

/** Work that is shorter shows no bar. */
const patience = 1000;
const redrawEvery = 100;
const cells = 28;

/** A bar on stderr, only on a terminal and only for work over a second; nothing of it remains at the end. */
export function openProgress(terminal: Terminal, now: () => number = performance.now.bind(performance)): Progress {
  const { messages, environment } = terminal.streams;
  if (messages.isTTY !== true || environment.TERM === "dumb") return { show: () => {}, end: () => {} };
  const started = now();
  let drawn = Number.NEGATIVE_INFINITY;
  let visible = false;
  return {
    show: (label, done, total) => {
      const time = now();
      if (time - started < patience || time - drawn < redrawEvery) return;
      drawn = time;
      visible = true;
      messages.write(`\r${erase}${bar(label, done, total, messages.columns ?? 80)}`);
    },
    end: () => {
      if (visible) messages.write(`\r${erase}`);
      visible = false;
    },
  };
}

/** Clears from the cursor to the end of the line. */
const erase = "\u001b[K";

function bar(label: string, done: number, total: number, columns: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * cells);
  const text = `${"█".repeat(filled)}${"░".repeat(cells - filled)} ${String(Math.round(share * 100)).padStart(3)} %  ${label} ${done}/${total}`;
  // A line as long as the terminal would wrap, and a wrapped bar cannot be erased.
  return text.slice(0, Math.max(0, columns - 1));
}
