/**
 * Functions by what they do. Source: Elastic, "ES|QL functions and operators", the lists of its sections
 * (https://www.elastic.co/docs/reference/query-languages/esql/esql-functions-operators). Names fold their case.
 */

/** How a function that is a condition becomes a predicate on its first argument. */
export type Meaning =
  | "starts_with"
  | "ends_with"
  | "contains"
  | "cidr_match"
  | "match"
  | "match_phrase"
  | "embedded"
  | "mv_contains"
  | "mv_intersects"
  | "mv_like"
  | "mv_rlike";

/** What a function leaves of the value of its first argument, where the rest of it says nothing about the value. */
export type Passing = "same" | "lower" | "upper" | "first present";

export interface EsqlFunction {
  readonly name: string;
  readonly kind: "aggregate" | "grouping" | "scalar" | "search";
  readonly meaning?: Meaning;
  readonly passing?: Passing;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const aggregates = words(`
  absent absent_over_time avg avg_over_time collect count count_distinct count_distinct_over_time count_over_time delta
  deriv earliest first first_over_time idelta increase irate last last_over_time latest max max_over_time median
  median_absolute_deviation min min_over_time percentile percentile_over_time present present_over_time rate sample
  sparkline st_centroid_agg st_extent_agg std_dev stddev_over_time sum sum_over_time top values variance
  variance_over_time weighted_avg
`);

const groupings = words("bucket categorize tbucket without");

const scalars = words(`
  abs acos acosh asin asinh atan atan2 atanh bit_length byte_length case cbrt ceil chunk clamp clamp_max clamp_min
  concat copy_sign cos cosh date_diff date_extract date_format date_parse date_trunc day_name decay e embed exp
  field_extract floor from_base64 greatest hash hypot in_range intersects ip_prefix json_extract knn least left length
  locate log log10 md5 month_name mv_append mv_avg mv_concat mv_count mv_difference mv_first mv_greater mv_in_range
  mv_intersection mv_last mv_less mv_max mv_median mv_median_absolute_deviation mv_min mv_percentile
  mv_pseries_weighted_sum mv_slice mv_sum mv_union mv_zip network_direction now parse_url pi pow range_max range_min
  range_within repeat replace reverse right round round_to scalb score sha1 sha256 signum sin sinh space split sqrt
  st_buffer st_contains st_difference st_disjoint st_distance st_dimension st_envelope st_geohash st_geohex st_geotile
  st_geometrytype st_intersection st_intersects st_isempty st_npoints st_simplify st_simplifypreservetopology
  st_symdifference st_union st_within st_x st_xmax st_xmin st_y st_ymax st_ymin substring tan tanh tau text_embedding
  to_ascii to_base64 to_dateperiod to_degrees to_radians to_timeduration top_snippets trange uri_parts url_encode
  url_encode_component url_decode user_agent v_cosine v_dot_product v_hamming v_l1_norm v_l2_norm v_magnitude
`);

/** Conversions of type, and functions that only take away blanks or doubles or change the order of values. */
const same = words(`
  to_aggregate_metric_double to_bool to_boolean to_cartesianpoint to_cartesianshape to_counter to_date_nanos to_date_range
  to_datenanos to_dt to_datetime to_dbl to_double to_dense_vector to_exponential_histogram to_gauge to_geohash to_geohex
  to_geopoint to_geoshape to_geotile to_int to_integer to_ip to_long to_range to_str to_string to_tdigest to_ul to_ulong
  to_unsigned_long to_ver to_version
  trim ltrim rtrim mv_dedupe mv_sort
`);

const conditions: readonly EsqlFunction[] = [
  { name: "starts_with", kind: "scalar", meaning: "starts_with" },
  { name: "ends_with", kind: "scalar", meaning: "ends_with" },
  { name: "contains", kind: "scalar", meaning: "contains" },
  { name: "cidr_match", kind: "scalar", meaning: "cidr_match" },
  { name: "mv_contains", kind: "scalar", meaning: "mv_contains" },
  { name: "mv_intersects", kind: "scalar", meaning: "mv_intersects" },
  { name: "mv_like", kind: "scalar", meaning: "mv_like" },
  { name: "mv_rlike", kind: "scalar", meaning: "mv_rlike" },
  { name: "match", kind: "search", meaning: "match" },
  { name: "match_phrase", kind: "search", meaning: "match_phrase" },
  { name: "kql", kind: "search", meaning: "embedded" },
  { name: "qstr", kind: "search", meaning: "embedded" },
];

const functions: readonly EsqlFunction[] = [
  ...aggregates.map((name): EsqlFunction => ({ name, kind: "aggregate" })),
  ...groupings.map((name): EsqlFunction => ({ name, kind: "grouping" })),
  ...scalars.map((name): EsqlFunction => ({ name, kind: "scalar" })),
  ...same.map((name): EsqlFunction => ({ name, kind: "scalar", passing: "same" })),
  { name: "to_lower", kind: "scalar", passing: "lower" },
  { name: "to_upper", kind: "scalar", passing: "upper" },
  { name: "coalesce", kind: "scalar", passing: "first present" },
  ...conditions,
];

const byName: ReadonlyMap<string, EsqlFunction> = new Map(functions.map((one) => [one.name, one]));

export const functionNames: readonly string[] = [...byName.keys()];

export function functionNamed(name: string): EsqlFunction | null {
  return byName.get(name.toLowerCase()) ?? null;
}

/** Functions that cut time into windows, with the place of the window's width among their arguments. */
export const windows: ReadonlyMap<string, number> = new Map([
  ["bucket", 1],
  ["date_trunc", 0],
  ["tbucket", 0],
]);

/**
 * Units of time spans. Source: Elastic, "ES|QL time spans"
 * (https://www.elastic.co/docs/reference/query-languages/esql/esql-time-spans).
 */
export const units: ReadonlySet<string> = new Set(
  words(`
    ms millisecond milliseconds s sec second seconds m min minute minutes h hour hours d day days w week weeks
    mo month months q quarter quarters y yr year years
  `),
);
