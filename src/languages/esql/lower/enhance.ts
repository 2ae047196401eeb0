import type { Stage } from "../../../rule/logic.ts";
import type { GeneralCommand, PartsCommand } from "../ast.ts";
import { printCommand } from "../print.ts";
import { fieldsOf } from "./operand.ts";
import { derived } from "./pipeline.ts";
import { bindComputed, type Scope } from "./scope.ts";

/**
 * Columns that commands make below their prefix. Source: the pages of the commands in "ES|QL commands"
 * (https://www.elastic.co/docs/reference/query-languages/esql/esql-commands).
 */
const parts: Readonly<Record<string, string>> = {
  uri_parts: "domain fragment path extension port query scheme user_info username password",
  registered_domain: "domain registered_domain top_level_domain subdomain",
  user_agent: "name version os.name os.version os.full device.name device.type",
  ip_location:
    "country_iso_code country_name continent_name region_iso_code region_name city_name location asn organization_name",
};

/** One stage for the whole set: which of the columns are used, the rest of the query says. */
export function lowerParts(command: PartsCommand, scope: Scope): readonly Stage[] {
  const { prefix, span } = command;
  const text = printCommand(command);
  const fields = fieldsOf(command.input, scope);
  for (const name of (parts[command.command] ?? "").split(" ")) bindComputed(scope, `${prefix}.${name}`, text, fields);
  return [{ type: "derive", field: `${prefix}.*`, text, fields, span }];
}

export function lowerGeneral(command: GeneralCommand, scope: Scope): readonly Stage[] {
  const { span } = command;
  const text = printCommand(command);
  switch (command.command) {
    case "dedup":
      return [{ type: "order", kind: "deduplicate", by: [], span }];
    case "mmr": {
      const count = /\blimit\s+(\d{1,9})\b/i.exec(command.text)?.[1];
      return [{ type: "order", kind: "limit", by: [], ...(count === undefined ? {} : { count: Number(count) }), span }];
    }
    case "fuse":
      return derived(["_score"], text, [], span, scope);
    case "highlight":
    case "metrics_info":
    case "ts_info":
    case "ts_collapse":
      return [{ type: "derive", field: "*", text, fields: [], span }];
    case "show":
      return [{ type: "source", kind: "rows", names: [command.text.toLowerCase()], span }];
    default:
      return [{ type: "opaque", text, reason: `a query of another language in ${command.command}`, span }];
  }
}
