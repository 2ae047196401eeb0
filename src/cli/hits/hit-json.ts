import type { Hit } from "../../matching/hit.ts";

/** A hit as `match --json` and `hunt --json` print it, one a line. The order of the keys is for people. */
export function hitJson(hit: Hit): object {
  const { rule, title, severity, file, record, time, because, events, group, count } = hit;
  return {
    rule,
    title,
    severity,
    file,
    record,
    time,
    because: because.map(({ field, operator, value, asked, negated }) => ({ field, operator, value, asked, negated })),
    ...(events === undefined ? {} : { events }),
    ...(group === undefined ? {} : { group }),
    ...(count === undefined ? {} : { count }),
  };
}
