/**
 * Binding powers, loosest first; the printer uses them too. Source: "Operators" of the ES|QL reference, and for `not`
 * (it takes a whole comparison, and binds tighter than `and`) the grammar in Elasticsearch's repository.
 */
export const power = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  sum: 5,
  product: 6,
  negative: 7,
  cast: 8,
  operand: 9,
} as const;
