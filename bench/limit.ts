/** `12.3 of 15 ms`, and whether the limit is kept. */
export function against(value: number, limit: number, unit: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} of ${limit} ${unit} ${value <= limit ? "(kept)" : "(BROKEN)"}`;
}
