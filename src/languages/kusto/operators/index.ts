import { aggregateOperators } from "./aggregate.ts";
import { columnOperators } from "./columns.ts";
import { flowOperators } from "./flow.ts";
import type { OperatorReader } from "./reading.ts";
import { restOperators } from "./rest.ts";
import { tableOperators } from "./tables.ts";

/** What reads an operator's arguments, by the operator's name. */
export const operatorReaders: ReadonlyMap<string, OperatorReader> = new Map([
  ...columnOperators,
  ...aggregateOperators,
  ...tableOperators,
  ...flowOperators,
  ...restOperators,
]);
