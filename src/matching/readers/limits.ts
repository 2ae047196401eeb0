/** Caps that every reader keeps, so that a hostile file costs bounded memory and stack. */
export const recordLimits = {
  /** Bytes of one record. The largest real ones are script blocks and cloud events of some 100 KiB. */
  bytes: 16 * 1024 * 1024,
  /** Nesting levels of one record. Cloud events reach about 12. */
  depth: 200,
} as const;
