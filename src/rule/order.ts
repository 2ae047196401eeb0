/** The signs that order two values, which all languages share, and their operators. */
export const orders = { "<": "lt", "<=": "le", ">": "gt", ">=": "ge" } as const;

export type OrderSign = keyof typeof orders;

const exchanged: Readonly<Record<OrderSign, OrderSign>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

export function isOrder(sign: string): sign is OrderSign {
  return Object.hasOwn(orders, sign);
}

/** The sign of the same comparison with its sides exchanged; one that does not order reads alike both ways. */
export function mirrored<Sign extends string>(sign: Sign): Sign | OrderSign {
  return isOrder(sign) ? exchanged[sign] : sign;
}
