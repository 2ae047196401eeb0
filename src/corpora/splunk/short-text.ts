const longest = 300;

/**
 * One file's text that is repeated at every rule which names it must be short: a file of 2 MB that a thousand rules name
 * would fill the catalog. The longest real one has 105 characters.
 */
export function shortened(text: string): string {
  const line = text.trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`;
}
