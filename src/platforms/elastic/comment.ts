/** A comment to the end of each line, in EQL and ES|QL. */
export function lineComment(lines: readonly string[]): string {
  return lines
    .flatMap((one) => one.split(/\r\n|[\n\r\u2028\u2029]/u))
    .map((one) => `// ${one}`)
    .join("\n");
}
