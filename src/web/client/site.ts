// The only script of the site: it renames the fields of a page when a reader picks a schema. Without it the same
// choice is a link, and the server renames.

interface Names {
  readonly schema: string;
  readonly title: string;
  /** Field → its name there. */
  readonly names: Readonly<Record<string, string>>;
}

const parameter = "names";
const chooser = document.querySelector<HTMLDetailsElement>("details.lens");

chooser?.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-lens]") : null;
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  chooser.open = false;
  void choose(link.dataset.lens ?? "", link.href);
});

/** Falls back on the link where the names cannot be had. */
async function choose(schema: string, href: string): Promise<void> {
  try {
    const names = schema === "" ? null : await namesOf(schema);
    rename(names);
    history.replaceState(null, "", href);
    carry(schema);
    chooser?.querySelector("summary")?.focus();
  } catch {
    location.assign(href);
  }
}

async function namesOf(schema: string): Promise<Names> {
  const response = await fetch(`/names/${encodeURIComponent(schema)}.json`, {
    headers: { accept: "application/json" },
  });
  if (!response.ok) throw new Error(`no names: ${response.status}`);
  return (await response.json()) as Names;
}

function rename(names: Names | null): void {
  for (const code of document.querySelectorAll<HTMLElement>("code[data-field]")) {
    const field = code.dataset.field ?? "";
    const name = names === null ? (code.dataset.own ?? field) : names.names[field];
    code.textContent = name ?? field;
    code.classList.toggle("unnamed", name === undefined);
    if (name === undefined) code.title = `No name in ${names?.title}`;
    else code.removeAttribute("title");
  }
  const chosen = names?.schema ?? "";
  for (const link of chooser?.querySelectorAll("a[data-lens]") ?? []) {
    if (link instanceof HTMLElement && link.dataset.lens === chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const label = chooser?.querySelector("summary b");
  if (label != null) label.textContent = names?.title ?? label.getAttribute("data-own");
}

/** Links and forms of our own pages carry the choice on. */
function carry(schema: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href^='/']:not([data-lens])")) {
    const address = new URL(link.href);
    if (schema === "") address.searchParams.delete(parameter);
    else address.searchParams.set(parameter, schema);
    link.setAttribute("href", `${address.pathname}${address.search}${address.hash}`);
  }
  for (const form of document.querySelectorAll<HTMLFormElement>("form[method='get']")) {
    form.querySelector(`input[name='${parameter}']`)?.remove();
    if (schema === "") continue;
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: parameter, value: schema });
    form.append(input);
  }
}
