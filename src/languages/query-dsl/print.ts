import type { DslNode, QueryDsl } from "./ast.ts";
import { boolClauses, fieldQueries, wrapperQueries } from "./queries.ts";

/** The filter as compact JSON in its long form. Text that was no query stands as it was. */
export function print(ast: QueryDsl): string {
  const own = queryOf(ast.body);
  const parts = [
    ...(ast.meta === null ? [] : [`"meta":${JSON.stringify(ast.meta)}`]),
    ...Object.entries(ast.rest).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`),
  ];
  if (ast.body.type === "error" && ast.body.whole) return own;
  return `{${[...parts, `"query":${own}`].join(",")}}`;
}

function queryOf(node: DslNode): string {
  switch (node.type) {
    case "bool": {
      const clauses = Object.entries(boolClauses).flatMap(([key, name]) =>
        node[name].length === 0 ? [] : [`"${key}":[${node[name].map(queryOf).join(",")}]`],
      );
      const minimum =
        node.minimumShouldMatch === null ? [] : [`"minimum_should_match":${JSON.stringify(node.minimumShouldMatch)}`];
      return `{"bool":{${[...clauses, ...minimum, ...members(node.options)].join(",")}}}`;
    }
    case "field":
      return `{"${node.query}":{${JSON.stringify(node.field)}:${JSON.stringify({ [fieldQueries[node.query].valueKey]: node.value, ...node.options })}}}`;
    case "terms":
      return `{"terms":{${[`${JSON.stringify(node.field)}:${JSON.stringify(node.values)}`, ...members(node.options)].join(",")}}}`;
    case "range": {
      const bounds = node.bounds.map(({ name, value }) => `"${name}":${JSON.stringify(value)}`);
      return `{"range":{${JSON.stringify(node.field)}:{${[...bounds, ...members(node.options)].join(",")}}}}`;
    }
    case "exists":
      return `{"exists":{${[`"field":${JSON.stringify(node.field)}`, ...members(node.options)].join(",")}}}`;
    case "match_all":
      return `{"match_all":${JSON.stringify(node.options)}}`;
    case "wrapper": {
      const inner = node.queries.map(queryOf).join(",");
      const own = `"${wrapperQueries[node.name]}":${node.name === "dis_max" ? `[${inner}]` : inner}`;
      return `{"${node.name}":{${[own, ...members(node.options)].join(",")}}}`;
    }
    case "unknown":
      return `{${JSON.stringify(node.name)}:${JSON.stringify(node.body)}}`;
    case "error":
      return node.text;
    default:
      return node satisfies never;
  }
}

function members(options: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(options).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
}
