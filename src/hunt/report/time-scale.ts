const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Distances between ticks that people can read, in milliseconds. */
const steps: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((one) => one * second),
  ...[1, 2, 5, 10, 15, 30].map((one) => one * minute),
  ...[1, 2, 3, 6, 12].map((one) => one * hour),
  ...[1, 2, 7, 14, 30, 91, 182, 365, 730, 1825, 3650].map((one) => one * day),
];

export interface TimeScale {
  readonly from: number;
  readonly to: number;
  /** 0 at `from`, 1 at `to`. */
  readonly share: (time: number) => number;
  readonly ticks: readonly { readonly share: number; readonly label: string }[];
}

/** A line of time in UTC, all in milliseconds since 1970, with at most so many ticks. A single moment gets a second around it. */
export function timeScale(first: number, last: number, mostTicks: number): TimeScale {
  const from = first === last ? first - second / 2 : first;
  const to = first === last ? last + second / 2 : last;
  const share = (time: number): number => (time - from) / (to - from);
  const step = steps.find((one) => (to - from) / one <= mostTicks) ?? 3650 * day;
  const ticks: { share: number; label: string }[] = [];
  for (let time = Math.ceil(from / step) * step; time <= to && ticks.length <= mostTicks; time += step) {
    ticks.push({ share: share(time), label: labelOf(time, step) });
  }
  return { from, to, share, ticks };
}

/** As much of the time as tells one tick from the next; midnight says its day. */
function labelOf(time: number, step: number): string {
  const text = new Date(time).toISOString();
  if (time % day === 0) return text.slice(0, 10);
  if (step >= minute) return text.slice(11, 16);
  return step >= second ? text.slice(11, 19) : text.slice(11, 23);
}
