import type { Logic } from "../../rule/logic.ts";
import type { Query } from "./ast.ts";
import { lowerQuery } from "./lower/pipeline.ts";

/** What a query does, stage by stage; total. */
export function lower(ast: Query): Logic {
  return lowerQuery(ast);
}
