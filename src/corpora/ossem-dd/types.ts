/** The types of ETW manifests and of Defender's tables, in the words that pages show. Source: the corpus' own files. */
const words: Readonly<Record<string, string>> = {
  unicodestring: "text",
  ansistring: "text",
  string: "text",
  guid: "guid",
  sid: "sid",
  boolean: "boolean",
  bool: "boolean",
  binary: "bytes",
  pointer: "hexadecimal number",
  hexint32: "hexadecimal number",
  hexint64: "hexadecimal number",
  filetime: "date",
  systemtime: "date",
  datetime: "date",
  date: "date",
  double: "number",
  float: "number",
  int: "number",
  integer: "number",
  long: "number",
  ip: "ip",
};

/** Nothing for a type that is no type. */
export function typeWords(type: string): string {
  const small = type.trim().toLowerCase();
  return words[small] ?? (/^u?int\d+$/.test(small) ? "number" : "");
}
