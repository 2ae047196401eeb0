/** Ids of vulnerabilities that texts name: tags, titles and file names write `CVE-2024-1234` and `CVE_2024_1234`. */
export function cvesOf(texts: readonly string[]): readonly string[] {
  const found = texts.flatMap((text) => [...text.matchAll(/\bCVE[-_](\d{4})[-_](\d{4,7})(?!\d)/gi)]);
  return [...new Set(found.map(([, year, number]) => `CVE-${year}-${number}`))];
}
