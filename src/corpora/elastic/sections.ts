export interface Section {
  readonly title: string;
  readonly markdown: string;
}

/**
 * A Markdown text cut at its second-level headings. What stands before the first one gets `title`. Lines within code
 * fences are no headings.
 */
export function sectionsOf(markdown: string, title: string): readonly Section[] {
  const sections: { title: string; lines: string[] }[] = [{ title, lines: [] }];
  let fenced = false;
  for (const line of markdown.split("\n")) {
    if (line.trimStart().startsWith("```")) fenced = !fenced;
    if (!fenced && line.startsWith("## ")) sections.push({ title: line.replace(/^[# ]+/, "").trim(), lines: [] });
    else sections[sections.length - 1]?.lines.push(line);
  }
  return sections
    .map((section) => ({ title: section.title, markdown: section.lines.join("\n").trim() }))
    .filter((section) => section.markdown !== "");
}
