import type { Node } from "../ast.ts";

/** A value by which events of a variable are told to belong to those of another. */
export interface JoinValue {
  readonly event: string;
  /** The field, or the text of what a function makes of it. */
  readonly name: string;
}

/** A statement that two values of different variables are equal. */
export interface Equality {
  readonly values: readonly [JoinValue, JoinValue];
  readonly node: Node;
}

export interface Joins {
  /** For each variable the names by which it is joined: those at the same place are equal to each other. */
  readonly by: ReadonlyMap<string, readonly string[]>;
  /** Statements that the names do not say. */
  readonly left: readonly Node[];
}

/**
 * Equal values as columns that every variable has a name in, which is what `by` of a sequence means. A value that only
 * some of the variables share makes no column: its statements are left, and so are those on a second value of a
 * variable that has one in the column already.
 */
export function joinsOf(equalities: readonly Equality[], events: readonly string[]): Joins {
  const groups = groupsOf(equalities);
  const by = new Map<string, string[]>(events.map((event) => [event, []]));
  const said = new Set<string>();
  for (const group of new Set(groups.values())) {
    const first = new Map<string, JoinValue>();
    for (const value of group) if (!first.has(value.event)) first.set(value.event, value);
    if (events.some((event) => !first.has(event))) continue;
    for (const value of first.values()) {
      by.get(value.event)?.push(value.name);
      said.add(keyOf(value));
    }
  }
  const left = equalities.filter(({ values }) => !values.every((value) => said.has(keyOf(value))));
  return { by, left: left.map((one) => one.node) };
}

function keyOf(value: JoinValue): string {
  return JSON.stringify([value.event, value.name]);
}

/** Every value with all that are equal to it. The smaller group joins the larger one, so that long chains stay cheap. */
function groupsOf(equalities: readonly Equality[]): ReadonlyMap<string, readonly JoinValue[]> {
  const groups = new Map<string, JoinValue[]>();
  const groupOf = (value: JoinValue): JoinValue[] => {
    const group = groups.get(keyOf(value)) ?? [value];
    groups.set(keyOf(value), group);
    return group;
  };
  for (const { values } of equalities) {
    const [one, other] = [groupOf(values[0]), groupOf(values[1])];
    if (one === other) continue;
    const [large, small] = one.length >= other.length ? [one, other] : [other, one];
    for (const value of small) {
      large.push(value);
      groups.set(keyOf(value), large);
    }
  }
  return groups;
}
