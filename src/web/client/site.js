// The only script of the site: it renames the fields of a page when a reader picks a schema, and copies queries. Without
// it the same choice is a link, the server renames, and readers select what they copy. Plain JavaScript, so that it is
// served as it stands; tsc checks its types.

/** @typedef {{ schema: string, title: string, names: Record<string, string> }} Names What `/names/<schema>.json` gives: field → its name there. */

const parameter = "names";
const chooser = /** @type {HTMLDetailsElement | null} */ (document.querySelector("details.lens"));

chooser?.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-lens]") : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  chooser.open = false;
  void choose(link.dataset.lens ?? "", link.href);
});

/**
 * Falls back on the link where the names cannot be had.
 * @param {string} schema
 * @param {string} href
 */
async function choose(schema, href) {
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

/**
 * @param {string} schema
 * @returns {Promise<Names>}
 */
async function namesOf(schema) {
  const response = await fetch(`/names/${encodeURIComponent(schema)}.json`, {
    headers: { accept: "application/json" },
  });
  if (!response.ok) throw new Error(`no names: ${response.status}`);
  return response.json();
}

/** @param {Names | null} names */
function rename(names) {
  for (const code of document.querySelectorAll("code[data-field]")) {
    if (!(code instanceof HTMLElement)) continue;
    const field = code.dataset.field ?? "";
    const name = names === null ? (code.dataset.own ?? field) : names.names[field];
    code.textContent = name ?? field;
    code.classList.toggle("unnamed", name === undefined);
    if (name === undefined) code.title = `No name in ${names?.title}`;
    else code.removeAttribute("title");
  }
  for (const link of chooser?.querySelectorAll("a[data-lens]") ?? []) {
    if (link.getAttribute("data-lens") === (names?.schema ?? "")) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const label = chooser?.querySelector("summary b");
  if (label != null) label.textContent = names?.title ?? label.getAttribute("data-own");
}

/**
 * Links and forms of our own pages carry the choice on.
 * @param {string} schema
 */
function carry(schema) {
  for (const link of document.querySelectorAll("a[href^='/']:not([data-lens])")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const address = new URL(link.href);
    if (schema === "") address.searchParams.delete(parameter);
    else address.searchParams.set(parameter, schema);
    link.setAttribute("href", `${address.pathname}${address.search}${address.hash}`);
  }
  for (const form of document.querySelectorAll("form[method='get']")) {
    form.querySelector(`input[name='${parameter}']`)?.remove();
    if (schema === "") continue;
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: parameter, value: schema });
    form.append(input);
  }
}

// Says aloud what became of a copy. It must stand in the page before its text changes, or nobody hears it.
const spoken = document.createElement("p");
spoken.className = "hidden";
spoken.setAttribute("role", "status");
document.body.append(spoken);

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!(button instanceof HTMLButtonElement) || navigator.clipboard === undefined) continue;
  button.hidden = false;
  button.addEventListener("click", () => void copy(button));
}

/**
 * Copies the text beside a button, and says on the button and aloud whether it could.
 * @param {HTMLButtonElement} button
 */
async function copy(button) {
  const { copy: id = "", whole, pointer = "" } = button.dataset;
  const [label, what] = button.querySelectorAll("span");
  if (label === undefined) return;
  try {
    const shown = document.getElementById(id)?.textContent ?? "";
    await navigator.clipboard.writeText(whole === undefined ? shown : await wholeText(whole, pointer));
    label.textContent = "Copied";
  } catch {
    label.textContent = "Not copied";
  }
  spoken.textContent = `${label.textContent}${what?.textContent ?? ""}`;
  setTimeout(() => {
    label.textContent = "Copy";
    spoken.textContent = "";
  }, 2000);
}

/**
 * A text that the page cuts, from the JSON of the page.
 * @param {string} address
 * @param {string} pointer
 * @returns {Promise<string>}
 */
async function wholeText(address, pointer) {
  const response = await fetch(address, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`no text: ${response.status}`);
  /** @type {unknown} */
  let part = await response.json();
  for (const key of pointer.split("/").slice(1)) part = /** @type {Record<string, unknown> | null} */ (part)?.[key];
  if (typeof part !== "string") throw new Error("no text");
  return part;
}
