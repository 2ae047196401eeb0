import { checkQuery as checkCqlQuery } from "./logscale/check.testing.ts";
import { checkQuery as checkAqlQuery } from "./qradar/check.testing.ts";
import { checkQueryOf as checkSqlQueryOf } from "./sql/check.testing.ts";
import { checkQuery as checkSumoQuery } from "./sumo/check.testing.ts";

/** For tests: what is wrong with a query, and the texts that stand in it; for platforms whose language we do not parse. */
export type QueryChecker = (query: string) => {
  readonly problems: readonly string[];
  readonly literals: readonly string[];
};

export const checkers: ReadonlyMap<string, QueryChecker> = new Map<string, QueryChecker>([
  ["logscale", checkCqlQuery],
  ["qradar", checkAqlQuery],
  ["sumo", checkSumoQuery],
  ...["clickhouse", "clickhouse-old", "postgresql", "duckdb"].map((id) => [id, checkSqlQueryOf(id)] as const),
]);
