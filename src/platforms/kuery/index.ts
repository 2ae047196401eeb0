import { filterOnly } from "../elastic/query-string.ts";
import type { Platform } from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { kueryDialect } from "./dialect.ts";

/** Elastic Security, in the Kibana Query Language, which has no comments: the index patterns are for whoever runs it. */
export const kuery: Platform = {
  id: "elastic-kuery",
  title: "Elastic Security (Kibana Query Language)",
  aliases: ["kuery", "kql-elastic"],
  language: "kuery",
  schema: "ecs",
  content: "elastic",
  dialect: kueryDialect,
  comment: () => "",
  write: filterOnly("The Kibana Query Language", "or", (condition) => layOut(kueryDialect, condition, "  ")),
};
