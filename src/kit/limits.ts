/**
 * Caps that every parser keeps, so that hostile text costs bounded stack and time. Real rules stay far below:
 * the longest query of the public corpora has about 90,000 characters, the deepest nests 9 levels.
 */
export const limits = {
  /** Characters of one text; a longer one is refused with a diagnostic and not looked at. */
  length: 512 * 1024,
  /** Nesting levels of one tree (groups, calls, left-deep operator chains). What lies deeper becomes opaque. */
  depth: 200,
  /** Diagnostics kept for one text; the rest is counted in a last one. */
  diagnostics: 100,
} as const;
