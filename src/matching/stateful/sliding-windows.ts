import { keyOf } from "./group-key.ts";
import { type Asked, compare, numberOf } from "./measure.ts";
import type { Group, Occurrence, StatefulOperator, StateLimits } from "./operator.ts";
import { openQueue, type Queue } from "./queue.ts";

/** An event in the window of its group. */
interface Member<Ref> {
  readonly time: number;
  readonly ref: Ref;
  readonly values: readonly (string | null)[];
  readonly group: Counted<Ref>;
  gone: boolean;
}

/** The events of a group that are not older than its newest one by more than the window. */
interface Counted<Ref> {
  readonly key: string;
  readonly by: Group<Ref>["by"];
  readonly members: Queue<Member<Ref>>;
  readonly parts: readonly Part[];
  newest: number;
  /** Did the conditions hold at its newest event? */
  held: boolean;
  /** When it was told last. */
  told: number;
  /** Events that left since the sums were made anew: sums of fractions drift. */
  left: number;
}

/** A number that follows the events that come and go. */
interface Part {
  readonly change: (value: string | null, by: 1 | -1) => void;
  readonly holds: () => boolean;
  readonly reset: () => void;
  /** Of the values of the events that are there. */
  readonly measured: (values: readonly (string | null)[]) => number;
}

const never = Number.NEGATIVE_INFINITY;

/**
 * Counts over any span of time: at each event of a group, the events that are not older than the span. The conditions are
 * such that more events cannot make them false. A group is told when they begin to hold, and while they go on to hold, again
 * when no event of the last time is in the window any more. Of too many events the oldest are forgotten.
 */
export function openSlidingWindows<Ref>(
  asked: readonly Asked[],
  span: number,
  absentGroups: boolean,
  { perRule, perHit }: StateLimits,
): StatefulOperator<Ref> {
  const groups = new Map<string, Counted<Ref>>();
  const members = openQueue<Member<Ref>>();
  let held = 0;
  let evicted = 0;

  const drop = (member: Member<Ref>): void => {
    if (member.gone) return;
    member.gone = true;
    held -= 1;
    const { group } = member;
    if (group.members.first() === member) group.members.take();
    else group.members.remove(member, (other) => other.time >= member.time);
    for (let at = 0; at < asked.length; at++)
      (group.parts[at] as Part).change(member.values[(asked[at] as Asked).at] ?? null, -1);
    group.left += 1;
    if (group.members.size() === 0) groups.delete(group.key);
  };
  const expire = (time: number): void => {
    for (let first = members.first(); first !== undefined; first = members.first()) {
      if (!first.gone && first.time >= time - span) return;
      members.take();
      drop(first);
    }
  };
  const open = (key: string, by: Group<Ref>["by"]): Counted<Ref> => {
    const parts = asked.map(openPart);
    const group = {
      key,
      by,
      members: openQueue<Member<Ref>>(),
      parts,
      newest: never,
      held: false,
      told: never,
      left: 0,
    };
    groups.set(key, group);
    return group;
  };
  const add = (group: Counted<Ref>, { time, ref, values }: Occurrence<Ref>): void => {
    const member: Member<Ref> = { time, ref, values, group, gone: false };
    if (time >= group.newest) group.members.add(member);
    else group.members.insert(member, (other) => other.time > time);
    members.add(member);
    held += 1;
    for (let at = 0; at < asked.length; at++)
      (group.parts[at] as Part).change(values[(asked[at] as Asked).at] ?? null, 1);
    group.newest = Math.max(group.newest, time);
    for (let first = group.members.first(); first !== undefined; first = group.members.first()) {
      if (first.time >= group.newest - span) break;
      drop(first);
    }
    if (group.left > group.members.size()) renew(group, asked);
  };
  const groupOf = (group: Counted<Ref>): Group<Ref> => {
    const all: Member<Ref>[] = [];
    group.members.forEach((one) => {
      all.push(one);
    });
    return {
      by: group.by,
      events: group.members.last(perHit).map((one) => one.ref),
      count: all.length,
      measured: group.parts.map((part, at) =>
        part.measured(all.map((one) => one.values[(asked[at] as Asked).at] ?? null)),
      ),
    };
  };
  return {
    push: (occurrence) => {
      const { time, by } = occurrence;
      expire(time);
      if (!absentGroups && by.includes(null)) return [];
      const key = keyOf(by);
      const group = groups.get(key) ?? open(key, by);
      // What came so late that it is in no window with what is there.
      if (time < group.newest - span) return [];
      add(group, occurrence);
      while (held > perRule) {
        const oldest = members.take();
        if (oldest === undefined || oldest.gone) continue;
        drop(oldest);
        evicted += 1;
      }
      // Late events leave from the middle; what is gone must not fill the memory.
      if (members.size() > 2 * held + 1024) members.keep((one) => !one.gone);
      const holds = group.parts.every((one) => one.holds());
      const tells = holds && (!group.held || group.told < group.newest - span);
      group.held = holds;
      if (!tells) return [];
      group.told = group.newest;
      return [groupOf(group)];
    },
    advance: (time) => {
      expire(time);
      return [];
    },
    finish: () => [],
    held: () => held,
    evicted: () => evicted,
  };
}

function renew<Ref>(group: Counted<Ref>, asked: readonly Asked[]): void {
  group.left = 0;
  for (const part of group.parts) part.reset();
  group.members.forEach(({ values }) => {
    for (let at = 0; at < group.parts.length; at++)
      (group.parts[at] as Part).change(values[(asked[at] as Asked).at] ?? null, 1);
  });
}

function openPart({ measure, operator, value: limit }: Asked): Part {
  switch (measure.type) {
    case "events":
    case "values": {
      let count = 0;
      return {
        change: (value, by) => {
          if (measure.type === "events" || value !== null) count += by;
        },
        holds: () => compare(count, operator, limit),
        reset: () => {
          count = 0;
        },
        measured: () => count,
      };
    }
    case "distinct": {
      const seen = new Map<string, number>();
      return {
        change: (value, by) => {
          if (value === null) return;
          const count = (seen.get(value) ?? 0) + by;
          if (count === 0) seen.delete(value);
          else seen.set(value, count);
        },
        holds: () => compare(seen.size, operator, limit),
        reset: () => seen.clear(),
        measured: () => seen.size,
      };
    }
    case "sum": {
      let sum = 0;
      let numbers = 0;
      return {
        change: (value, by) => {
          const number = numberOf(value);
          if (number === null) return;
          numbers += by;
          sum = numbers === 0 ? 0 : sum + by * number;
        },
        holds: () => numbers > 0 && compare(sum, operator, limit),
        reset: () => {
          sum = 0;
          numbers = 0;
        },
        measured: (values) => values.reduce((all, one) => all + (numberOf(one) ?? 0), 0),
      };
    }
    case "greatest":
    case "least": {
      const choose = measure.type === "greatest" ? Math.max : Math.min;
      // How many values alone meet the condition: one is enough.
      let meeting = 0;
      return {
        change: (value, by) => {
          const number = numberOf(value);
          if (number !== null && compare(number, operator, limit)) meeting += by;
        },
        holds: () => meeting > 0,
        reset: () => {
          meeting = 0;
        },
        measured: (values) => values.flatMap((one) => numberOf(one) ?? []).reduce((one, other) => choose(one, other)),
      };
    }
    case "average":
    case "percentile":
      throw new Error("Such a number is not told before its window closes.");
    default:
      return measure satisfies never;
  }
}
