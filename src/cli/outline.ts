import type { Styler } from "./terminal.ts";

/** Any plain data as indented lines: `type` as the name of a node, plain values beside it, the rest below. Spans are left out. */
export function outline(data: unknown, style: Styler): string {
  return node("", data, style, "  ");
}

/** `label` says under which key of its parent the node stands. */
function node(label: string, data: unknown, style: Styler, indent: string): string {
  if (Array.isArray(data)) {
    const head = label === "" ? "" : `${indent}${style("dim", label)}\n`;
    const below = label === "" ? indent : `${indent}  `;
    return head + data.map((one) => node("", one, style, below)).join("");
  }
  const prefix = label === "" ? "" : `${style("dim", `${label}:`)} `;
  if (typeof data !== "object" || data === null) return `${indent}${prefix}${JSON.stringify(data)}\n`;
  const entries = Object.entries(data).filter(([key]) => key !== "span" && key !== "type");
  const beside = entries.filter(([, value]) => isPlain(value)).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const below = entries.filter(([, value]) => !isPlain(value));
  const name = "type" in data ? [style("cyan", String(data.type))] : [];
  const head = `${indent}${prefix}${[...name, ...beside].join(" ")}`.trimEnd();
  return `${head}\n${below.map(([key, value]) => node(key, value, style, `${indent}  `)).join("")}`;
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => typeof one !== "object" || one === null);
  return typeof value !== "object" || value === null;
}
