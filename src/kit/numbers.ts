const numbers = new Intl.NumberFormat("en-GB");

/** `1,234`: the same in every locale. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** `1,234 rules`, `1 rule`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}
