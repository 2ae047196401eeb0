/**
 * What `evaluate` plugins do with the rows that they get. Source: the pages "<name> plugin" of the Kusto Query Language
 * reference.
 */
export type PluginEffect =
  /** Adds columns or turns them; which ones is often known only when it runs. */
  | "derive"
  /** One row for many. */
  | "aggregate"
  /** Adds what a table says about each row. */
  | "lookup"
  /** Rows from elsewhere. */
  | "source";

export const plugins: Readonly<Record<string, PluginEffect | undefined>> = {
  bag_unpack: "derive",
  narrow: "derive",
  geo_info_from_ip_address: "derive",
  ipv4_lookup: "lookup",
  ipv6_lookup: "lookup",
  pivot: "aggregate",
  autocluster: "aggregate",
  autocluster_v2: "aggregate",
  basket: "aggregate",
  basket_v2: "aggregate",
  diffpatterns: "aggregate",
  diffpatterns_text: "aggregate",
  active_users_count: "aggregate",
  activity_counts_metrics: "aggregate",
  activity_engagement: "aggregate",
  activity_metrics: "aggregate",
  dcount_intersect: "aggregate",
  funnel_sequence: "aggregate",
  funnel_sequence_completion: "aggregate",
  new_activity_metrics: "aggregate",
  rolling_percentile: "aggregate",
  rows_near: "aggregate",
  sequence_detect: "aggregate",
  session_count: "aggregate",
  sliding_window_counts: "aggregate",
  cosmosdb_sql_request: "source",
  http_request: "source",
  http_request_post: "source",
  mysql_request: "source",
  postgresql_request: "source",
  sql_request: "source",
  azure_digital_twins_query_request: "source",
};
