import { type DefaultTreeAdapterTypes, html as names, parse } from "parse5";

type Element = DefaultTreeAdapterTypes.Element;
type ParentNode = DefaultTreeAdapterTypes.ParentNode;

/** What one document says about itself. */
export interface Inspection {
  /** Each thing that is wrong with it, as a sentence without the document's address. */
  readonly faults: readonly string[];
  readonly ids: ReadonlySet<string>;
  /** `href` of every `<a>`, as written. */
  readonly links: readonly string[];
  /** Actions of forms, as written. */
  readonly actions: readonly string[];
  /** What a browser asks for when a form is sent as it stands: action and controls. */
  readonly forms: readonly string[];
  /** Style sheets, scripts, icons, fonts, and files to be kept. */
  readonly resources: readonly string[];
  /** Where the same data stands in another shape. */
  readonly twins: readonly string[];
}

/** Attributes that name the id of another element. */
const references = new Set(["for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list"]);
const headings = /^h[1-6]$/;

/**
 * Reads a document as browsers do. The errors are those that the HTML specification names, and what it asks of a whole
 * document: headings with text, one h1, ids that stand once, and references to ids that stand at all.
 */
export function inspectPage(html: string): Inspection {
  const faults: string[] = [];
  const document = parse(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine, startCol, startOffset }) => {
      const near = html.slice(Math.max(0, startOffset - 30), startOffset + 30);
      faults.push(`is not valid HTML: ${code} at ${startLine}:${startCol}, near ${JSON.stringify(near)}`);
    },
  });
  const ids = new Set<string>();
  const referred: { readonly id: string; readonly by: string }[] = [];
  const links: string[] = [];
  const actions: string[] = [];
  const forms: string[] = [];
  const resources: string[] = [];
  const twins: string[] = [];
  let firstHeadings = 0;
  let before = 0;
  for (const element of elementsOf(document)) {
    const { tagName } = element;
    const nesting = nestingFault(element, before);
    before = element.sourceCodeLocation?.startOffset ?? before;
    if (nesting !== null) faults.push(nesting);
    const attributes = new Map(element.attrs.map(({ name, value }) => [name, value]));
    for (const [name, value] of attributes) {
      if (name === "id") {
        if (value === "" || /\s/.test(value)) faults.push(`has the id ${JSON.stringify(value)}, which is none`);
        if (ids.has(value)) faults.push(`has the id ${value} twice`);
        ids.add(value);
      } else if (references.has(name)) {
        for (const id of value.split(/\s+/)) referred.push({ id, by: `${name} of <${tagName}>` });
      }
    }
    if (headings.test(tagName)) {
      if (tagName === "h1") firstHeadings++;
      if (textOf(element).trim() === "") faults.push(`has an empty <${tagName}>`);
    } else if (tagName === "a") {
      // Links that rules bring along and that we refuse have no address.
      const href = attributes.get("href");
      if (href !== undefined) (attributes.has("download") ? resources : links).push(href);
    } else if (tagName === "form") {
      const action = attributes.get("action") ?? "";
      actions.push(action);
      forms.push(sentForm(element, action));
    } else if (tagName === "script") resources.push(attributes.get("src") ?? "");
    else if (tagName === "link") {
      (attributes.get("rel") === "alternate" ? twins : resources).push(attributes.get("href") ?? "");
    } else if (tagName === "title" && textOf(element).trim() === "") faults.push("has no title");
  }
  if (firstHeadings !== 1) faults.push(`has ${firstHeadings} <h1>`);
  for (const { id, by } of referred) if (!ids.has(id)) faults.push(`has no id ${id}, to which the ${by} leads`);
  return { faults, ids, links, actions, forms, resources, twins };
}

/** Every element below a node, in the order of the text; without recursion, since rules nest as deep as they like. */
function* elementsOf(root: ParentNode): Generator<Element> {
  const open = [...root.childNodes].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!("tagName" in node)) continue;
    yield node;
    for (let index = node.childNodes.length - 1; index >= 0; index--) {
      const child = node.childNodes[index];
      if (child !== undefined) open.push(child);
    }
  }
}

const voids = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"]);

/**
 * What a browser made of the text that the text does not say: it opens, closes and moves elements where they stand
 * wrongly, which is an error for which parsers have no name. All our elements are closed in the text. `before` is where
 * the element before this one begins.
 */
function nestingFault({ tagName, namespaceURI, sourceCodeLocation: place }: Element, before: number): string | null {
  if (namespaceURI !== names.NS.HTML) return null;
  if (place == null) return `is not valid HTML: a <${tagName}> stands there that nothing opens`;
  if (!voids.has(tagName) && place.endTag === undefined) return `is not valid HTML: nothing closes a <${tagName}>`;
  return place.startOffset > before
    ? null
    : `is not valid HTML: something may not stand where it does in a <${tagName}>`;
}

function textOf(root: ParentNode): string {
  const nodes = [root, ...elementsOf(root)].flatMap((element) => element.childNodes);
  return nodes.map((node) => ("value" in node ? node.value : "")).join("");
}

/** The address that a form without changes leads to; of several choices a browser sends the selected, or the first. */
function sentForm(form: Element, action: string): string {
  const sent = new URLSearchParams();
  for (const { tagName, attrs, childNodes } of elementsOf(form)) {
    const attributes = new Map(attrs.map(({ name, value }) => [name, value]));
    const name = attributes.get("name");
    if (name === undefined) continue;
    if (tagName === "input") sent.append(name, attributes.get("value") ?? "");
    else if (tagName === "select") {
      const options = childNodes.filter((node) => "tagName" in node && node.tagName === "option") as Element[];
      const chosen = options.find((one) => one.attrs.some((attribute) => attribute.name === "selected")) ?? options[0];
      sent.append(name, chosen?.attrs.find((attribute) => attribute.name === "value")?.value ?? "");
    }
  }
  return sent.size === 0 ? action : `${action}?${sent}`;
}
