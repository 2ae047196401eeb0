/** One text for a list of values, such that different lists have different texts. */
export function keyOf(values: readonly (string | null)[]): string {
  const [only] = values;
  if (values.length === 1 && typeof only === "string") return `:${only}`;
  let key = "";
  for (const value of values) key += value === null ? "-;" : `${value.length}:${value};`;
  return key;
}
