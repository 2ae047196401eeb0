/** Gives each rule of a corpus an address made of its file's name; the same order of files gives the same addresses. */
export function openSlugs(): (path: string) => string {
  const taken = new Set<string>();
  return (path) => {
    const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.[a-z]+$/i, "");
    const base =
      name
        .toLowerCase()
        .replace(/[^a-z0-9_-]+/g, "-")
        .replace(/^-+|-+$/g, "") || "rule";
    let slug = base;
    for (let number = 2; taken.has(slug); number++) slug = `${base}-${number}`;
    taken.add(slug);
    return slug;
  };
}
