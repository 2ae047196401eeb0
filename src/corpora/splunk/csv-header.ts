/**
 * Names of the columns that the first line of a CSV file gives, without the blanks around them. Names may be quoted, with
 * a quote doubled inside; a quote that is not closed holds up to the end of the line.
 */
export function csvHeader(line: string): readonly string[] {
  const names: string[] = [];
  let name = "";
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const mark = line[at];
    if (mark === '"' && quoted && line[at + 1] === '"') {
      name += '"';
      at++;
    } else if (mark === '"') quoted = !quoted;
    else if (mark === "," && !quoted) {
      names.push(name.trim());
      name = "";
    } else name += mark;
  }
  return [...names, name.trim()];
}
