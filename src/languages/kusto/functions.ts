/**
 * What functions do to a value, as far as lowering must know. Names are case-sensitive in Kusto. Source of all tables:
 * the pages "<name>() function" of the Kusto Query Language reference (learn.microsoft.com/kusto/query).
 */

/** The first argument comes out as it went in, but for its type: predicates on the result are predicates on it. */
export const keepingFunctions: ReadonlySet<string> = new Set([
  ...["tostring", "toint", "tolong", "todouble", "toreal", "todecimal", "tobool", "toboolean", "toguid", "todatetime"],
  ...["totimespan", "parse_json", "todynamic", "toobject", "parsejson", "materialize"],
]);

/** The same with upper and lower case levelled. */
export const foldingFunctions: ReadonlySet<string> = new Set(["tolower", "toupper"]);

/** `trim(regex, x)` with one of these takes off blanks alone, which no value that is compared has at its ends. */
export const blankPatterns: ReadonlySet<string> = new Set([" ", " +", "\\s", "\\s+", "\\s*", " *"]);

export const trimFunctions: ReadonlySet<string> = new Set(["trim", "trim_start", "trim_end"]);

/** Functions that make a table from their argument and leave its rows as they are. */
export const tableWrappers: ReadonlySet<string> = new Set(["materialize", "view"]);

/** Calls that name where a table stands; what follows the dot is the table or a narrower place. */
export const placeFunctions: Readonly<Record<string, string | undefined>> = {
  cluster: "cluster",
  database: "database",
  workspace: "workspace",
  app: "app",
  resource: "resource",
  arg: "arg",
  adx: "adx",
};

export const watchlistFunctions: ReadonlySet<string> = new Set(["_GetWatchlist", "_ASIM_GetWatchlistRaw"]);

/** Saved functions that platforms bring along and that yield tables; ASIM's parsers are known by their prefix. */
export function isTableFunction(name: string): boolean {
  return /^(?:_|im[A-Z]|ASim|vim[A-Z])/.test(name) || watchlistFunctions.has(name);
}

/** Tests that hold or fail for one field, with the networks or words that they look for. */
export interface FieldTest {
  readonly operator: "is_null" | "exists" | "cidr_match" | "match";
  /** What it looks for where the call does not say it. */
  readonly values?: readonly string[];
  /** The word may go on behind its end. */
  readonly open?: "end";
}

export const fieldTests: Readonly<Record<string, FieldTest | undefined>> = {
  isempty: { operator: "is_null" },
  isnull: { operator: "is_null" },
  isnotempty: { operator: "exists" },
  notempty: { operator: "exists" },
  isnotnull: { operator: "exists" },
  notnull: { operator: "exists" },
  ipv4_is_in_range: { operator: "cidr_match" },
  ipv4_is_in_any_range: { operator: "cidr_match" },
  ipv6_is_in_range: { operator: "cidr_match" },
  ipv6_is_in_any_range: { operator: "cidr_match" },
  // RFC 1918, as the page of ipv4_is_private() lists them.
  ipv4_is_private: { operator: "cidr_match", values: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] },
  has_ipv4: { operator: "match" },
  has_any_ipv4: { operator: "match" },
  has_ipv4_prefix: { operator: "match", open: "end" },
  has_any_ipv4_prefix: { operator: "match", open: "end" },
};

/** Functions of constants whose result lowering works out. */
export const constantFunctions: Readonly<Record<string, ((texts: readonly string[]) => string) | undefined>> = {
  strcat: (texts) => texts.join(""),
  tostring: ([text = ""]) => text,
  tolower: ([text = ""]) => text.toLowerCase(),
  toupper: ([text = ""]) => text.toUpperCase(),
};

/** Functions whose result differs from row to row although no column stands in the call. */
export const rowFunctions: ReadonlySet<string> = new Set([
  ...["column_ifexists", "columnifexists", "ingestion_time", "rand", "row_number", "new_guid", "extent_id"],
]);

/** Functions that make a list of their arguments. */
export const listFunctions: ReadonlySet<string> = new Set(["pack_array", "array_concat", "set_union"]);

/** Aggregations with a condition: where their condition stands, and where the value that they aggregate. */
export const conditionalAggregates: Readonly<
  Record<string, { readonly field: number | null; readonly condition: number } | undefined>
> = {
  countif: { field: null, condition: 0 },
  dcountif: { field: 0, condition: 1 },
  count_distinctif: { field: 0, condition: 1 },
  sumif: { field: 0, condition: 1 },
  avgif: { field: 0, condition: 1 },
  minif: { field: 0, condition: 1 },
  maxif: { field: 0, condition: 1 },
  make_set_if: { field: 0, condition: 1 },
  make_list_if: { field: 0, condition: 1 },
  make_bag_if: { field: 0, condition: 1 },
  take_anyif: { field: 0, condition: 1 },
  anyif: { field: 0, condition: 1 },
  stdevif: { field: 0, condition: 1 },
  varianceif: { field: 0, condition: 1 },
};

/** Aggregations that count different values; a second argument says how exactly, or on which condition. */
export const distinctCounts: ReadonlySet<string> = new Set([
  "dcount",
  "dcountif",
  "count_distinct",
  "count_distinctif",
]);

/** What stands before the column's name in a result without a name of its own. Others: the function's own name. */
export const resultPrefixes: Readonly<Record<string, string | undefined>> = {
  make_set: "set",
  makeset: "set",
  make_set_if: "set",
  make_list: "list",
  makelist: "list",
  make_list_if: "list",
  make_bag: "bag",
  make_bag_if: "bag",
};

/** Aggregations that pick one row of each group; with `*`, all columns of it. */
export const pickingAggregates: ReadonlySet<string> = new Set(["arg_max", "arg_min", "argmax", "argmin"]);

/** Aggregations that pass on one of the group's values. */
export const passingAggregates: ReadonlySet<string> = new Set(["take_any", "any", "take_anyif", "anyif"]);

/** Functions that round a time down to a window of which they state no length. */
export const windowFunctions: ReadonlySet<string> = new Set([
  ...["startofday", "startofweek", "startofmonth", "startofyear", "endofday", "endofweek", "endofmonth", "endofyear"],
]);

/** Functions of Microsoft Defender for `invoke`, with the columns that they add (Defender XDR, "FileProfile()" …). */
export const enrichments: Readonly<Record<string, readonly string[] | undefined>> = {
  FileProfile: [
    ...["SHA1", "SHA256", "MD5", "FileSize", "GlobalPrevalence", "GlobalFirstSeen", "GlobalLastSeen", "Signer"],
    ...["Issuer", "SignerHash", "IsCertificateValid", "IsRootSignerMicrosoft", "SignatureState", "IsExecutable"],
    ...["ThreatName", "Publisher", "SoftwareName", "ProfileAvailability"],
  ],
  AssignedIPAddresses: ["IPAddress", "IPType", "NetworkAdapterType", "ConnectedNetworks"],
  DeviceFromIP: ["IP", "DeviceId"],
  SeenBy: ["DeviceId"],
};
