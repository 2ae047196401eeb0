import { keyOf } from "./group-key.ts";
import type { Asked } from "./measure.ts";
import type { Group, Occurrence, StatefulOperator, StateLimits } from "./operator.ts";
import {
  addTo,
  emptyQueue,
  firstOf,
  insertInto,
  itemsOf,
  keepIn,
  type Queue,
  removeFrom,
  sizeOf,
  takeFrom,
} from "./queue.ts";
import { change, emptyRunning, holds, type Running } from "./running.ts";
import { openTally } from "./tally.ts";

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
  /** One for each condition. */
  readonly numbers: readonly Running[];
  newest: number;
  /** Did the conditions hold at its newest event? */
  held: boolean;
  /** When it was told last. */
  told: number;
  /** Events that left since the sums were made anew: sums of fractions drift. */
  left: number;
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
  const members = emptyQueue<Member<Ref>>();
  const sums = asked.flatMap(({ measure }, at) => (measure.type === "sum" ? [at] : []));
  let held = 0;
  let evicted = 0;

  const count = ({ group, values }: Member<Ref>, at: number, by: 1 | -1): void => {
    const condition = asked[at] as Asked;
    change(group.numbers[at] as Running, condition, values[condition.at] ?? null, by);
  };
  const drop = (member: Member<Ref>): void => {
    if (member.gone) return;
    member.gone = true;
    held -= 1;
    const { group } = member;
    if (firstOf(group.members) === member) takeFrom(group.members);
    else removeFrom(group.members, member, (other) => other.time >= member.time);
    for (let at = 0; at < asked.length; at++) count(member, at, -1);
    group.left += 1;
    if (sizeOf(group.members) === 0) groups.delete(group.key);
  };
  const expire = (time: number): void => {
    for (let first = firstOf(members); first !== undefined; first = firstOf(members)) {
      if (!first.gone && first.time >= time - span) return;
      takeFrom(members);
      drop(first);
    }
  };
  const open = (key: string, by: Group<Ref>["by"]): Counted<Ref> => {
    const numbers = asked.map(emptyRunning);
    const group = {
      key,
      by,
      members: emptyQueue<Member<Ref>>(),
      numbers,
      newest: never,
      held: false,
      told: never,
      left: 0,
    };
    groups.set(key, group);
    return group;
  };
  const renewSums = (group: Counted<Ref>): void => {
    group.left = 0;
    for (const at of sums) {
      const running = group.numbers[at] as Running;
      running.count = 0;
      running.sum = 0;
      for (const member of itemsOf(group.members)) count(member, at, 1);
    }
  };
  const add = (group: Counted<Ref>, { time, ref, values }: Occurrence<Ref>): void => {
    const member: Member<Ref> = { time, ref, values, group, gone: false };
    if (time >= group.newest) addTo(group.members, member);
    else insertInto(group.members, member, (other) => other.time > time);
    addTo(members, member);
    held += 1;
    for (let at = 0; at < asked.length; at++) count(member, at, 1);
    group.newest = Math.max(group.newest, time);
    for (let first = firstOf(group.members); first !== undefined; first = firstOf(group.members)) {
      if (first.time >= group.newest - span) break;
      drop(first);
    }
    if (sums.length > 0 && group.left > sizeOf(group.members)) renewSums(group);
  };
  const groupOf = ({ by, members: all }: Counted<Ref>): Group<Ref> => {
    const tally = openTally(asked);
    for (const one of itemsOf(all)) tally.add(one.values);
    const events = itemsOf(all, perHit).map((one) => one.ref);
    return { by, events, count: tally.events(), measured: tally.measured() };
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
        const oldest = takeFrom(members);
        if (oldest === undefined || oldest.gone) continue;
        drop(oldest);
        evicted += 1;
      }
      // Late events leave from the middle; what is gone must not fill the memory.
      if (sizeOf(members) > 2 * held + 1024) keepIn(members, (one) => !one.gone);
      const now = group.numbers.every((one, at) => holds(one, asked[at] as Asked));
      const tells = now && (!group.held || group.told < group.newest - span);
      group.held = now;
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
