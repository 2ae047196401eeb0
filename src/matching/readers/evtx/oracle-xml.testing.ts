import type { MutableData } from "./binxml/program.ts";

/** An element of libevtx's XML. */
interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Our form of an event from libevtx's XML: every value is text, and an element without content is an empty one. */
export function eventOfXml(xml: string): MutableData {
  const root = parse(xml);
  const into: MutableData = {};
  add(into, root.name, contentOf(root, "document"));
  return into;
}

/** Libevtx writes no comments, no CDATA, and indents elements that hold elements only. */
function parse(xml: string): XmlElement {
  const stack: XmlElement[] = [{ name: "", attributes: {}, children: [], text: "" }];
  for (const [tag, inner] of xml.matchAll(/<([^>]*)>|[^<]+/g)) {
    const top = stack.at(-1) as XmlElement;
    if (inner === undefined) {
      top.text += unescaped(tag);
      continue;
    }
    if (inner.startsWith("/")) {
      stack.pop();
      continue;
    }
    const [, name = "", attributes = ""] = /^([^\s/]+)([\s\S]*?)\/?$/.exec(inner) ?? [];
    const element: XmlElement = {
      name,
      attributes: Object.fromEntries(
        [...attributes.matchAll(/([^\s=]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, unescaped(value)]),
      ),
      children: [],
      text: "",
    };
    top.children.push(element);
    if (!inner.endsWith("/")) stack.push(element);
  }
  return (stack[0] as XmlElement).children[0] as XmlElement;
}

function unescaped(text: string): string {
  return text.replaceAll(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

function contentOf(element: XmlElement, place: string): unknown {
  const { name, children, text } = element;
  const attributes = Object.entries(element.attributes).filter(([key]) => !key.startsWith("xmlns"));
  const inside = place === "document" ? "event" : place === "event" ? name : "other";
  if (children.length === 0 && attributes.length === 0 && inside !== "EventData" && inside !== "System") return text;
  if (children.length === 0 && text !== "") return text;
  const members: MutableData = {};
  for (const [key, value] of attributes) members[key] = value;
  for (const child of children) {
    const named = inside === "EventData" ? child.attributes.Name : undefined;
    if (named !== undefined) add(members, named, withoutName(child));
    else add(members, child.name, contentOf(child, inside), inside === "EventData" && child.name === "Data");
    if (inside === "System" && child.text !== "") Object.assign(members, child.attributes);
  }
  return members;
}

function withoutName(child: XmlElement): unknown {
  const { Name, ...attributes } = child.attributes;
  return contentOf({ ...child, attributes }, "EventData");
}

function add(into: MutableData, key: string, value: unknown, list = false): void {
  if (!Object.hasOwn(into, key)) {
    Object.defineProperty(into, key, {
      value: list ? [value] : value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  } else {
    const before = into[key];
    into[key] = Array.isArray(before) ? [...before, value] : [before, value];
  }
}

/**
 * An event with values as text and in one spelling, ours and libevtx's, so that both can be compared: libevtx writes
 * fractions with six digits and an exponent, pads hexadecimal numbers with zeros, and writes two digits more of a time than the log has. XML does not tell an element
 * whose attributes have no value from one without text.
 */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, one]) => [key, plain(one)]);
    return members.length === 0 ? "" : Object.fromEntries(members);
  }
  return String(value)
    .replace(/^0x0*([0-9a-f]+)$/, "0x$1")
    .replace(/^-?\d\.\d{6}e[+-]\d{3}$/, (fraction) => String(Number(fraction)))
    .replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7})00Z$/, "$1Z");
}
