// Events that a rule let through a second for each kind of operator: `node bench/stateful-rate.ts [occurrences]` prints a table.
import { table } from "../src/cli/table.ts";
import { processorTime } from "../src/corpora/testing.ts";
import { openOperator, type StatefulPlan } from "../src/matching/stateful/open-operator.ts";
import { defaultLimits } from "../src/matching/stateful/operator.ts";
import { randomStream } from "../src/matching/stateful/random.testing.ts";
import { openReorder } from "../src/matching/stateful/reorder.ts";
import { type Sample, sequence, threshold } from "../src/matching/stateful/testing.ts";

export const statefulColumns: readonly string[] = ["what", "events/s", "groups", "held at most", "forgotten"];

/** Keys of the stream, and milliseconds between two samples at most. */
const shape = { steps: 3, keys: 5000, values: 200, pace: 20, least: 0 };

const plans: readonly (readonly [string, StatefulPlan])[] = [
  ["sequence of three", sequence("a b c @60000")],
  ["sequence of three without a span", sequence("a b c")],
  ["sequence with until", sequence("a b ~c @60000")],
  ["run of ten, then another", sequence("a10 b @600000")],
  ["missing in between", sequence("a !b c @60000")],
  ["missing at the end", sequence("a !b @60000")],
  ["three in any order", sequence("a b c unordered @60000")],
  ["count, sliding", threshold("events >= 10 @600000")],
  ["different values, sliding", threshold("distinct >= 10 @600000")],
  ["sum, sliding", threshold("sum >= 1000 @600000")],
  ["count, by the clock", threshold("events >= 10 |600000")],
  ["percentile, by the clock", threshold("p95 > 150 |600000")],
  ["count, whole input", threshold("events >= 10")],
  ["new values", { type: "new_terms", flows: [], fields: [], window: "1h" }],
];

/** Occurrences a second, groups found, the most that was held, and what was forgotten. */
export function measureStatefulRate(length = 300_000): string[][] {
  const samples = randomStream(1, { ...shape, length });
  const rate = (started: number): string =>
    Math.round((1000 * length) / Math.max(1, processorTime() - started)).toLocaleString("en-US");
  const rows = plans.map(([name, plan]): string[] => {
    const operator = openOperator<string>(plan, defaultLimits);
    let groups = 0;
    let most = 0;
    const started = processorTime();
    for (const one of samples) {
      groups += operator.push(one).length;
      if (operator.held() > most) most = operator.held();
    }
    groups += operator.finish().length;
    return [name, rate(started), `${groups}`, `${most}`, `${operator.evicted()}`];
  });
  const buffer = openReorder<Sample>({ lateness: 60_000, held: 1_000_000 });
  const started = processorTime();
  let given = 0;
  for (const one of samples) given += buffer.offer(one.time - (Number(one.ref) % 7) * 5000, one).length;
  given += buffer.finish().length;
  return [...rows, ["put in order, up to a minute late", rate(started), `${given}`, "", `${buffer.late()} late`]];
}

if (process.argv[1] === import.meta.filename) {
  const columns = statefulColumns.map((title) => ({ title }));
  const rows = measureStatefulRate(Number(process.argv[2] ?? 300_000));
  process.stdout.write(table(columns, rows, Number.POSITIVE_INFINITY, (_, text) => text));
}
