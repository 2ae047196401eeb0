import type { AttackTag } from "../../rule/document.ts";
import { addressesIn } from "../addresses.ts";
import { attackTag } from "../attack-tag.ts";
import { type Block, type Fence, plainText } from "./markdown.ts";

/** A heading with what stands below it, up to the next one; the first part of a page may have no heading. */
export interface Part {
  readonly title: string;
  /** 0 without heading. */
  readonly depth: number;
  readonly blocks: readonly Exclude<Block, { type: "heading" }>[];
}

export function partsOf(blocks: readonly Block[]): readonly Part[] {
  const parts: { title: string; depth: number; blocks: Exclude<Block, { type: "heading" }>[] }[] = [
    { title: "", depth: 0, blocks: [] },
  ];
  for (const block of blocks) {
    if (block.type === "heading") parts.push({ title: block.text, depth: block.depth, blocks: [] });
    else parts.at(-1)?.blocks.push(block);
  }
  return parts.filter((one) => one.depth > 0 || one.blocks.length > 0);
}

/** What the parts of the collection's template are for, by the beginning of their titles in lower case. */
const roles = {
  "mitre att&ck": "techniques",
  description: "description",
  references: "references",
  author: "authors",
  "false positive": "false positives",
  "query information": "frame",
} as const;

export type Role = (typeof roles)[keyof typeof roles] | "other";

export function roleOf(part: Part): Role {
  const title = part.title.toLowerCase();
  for (const [beginning, role] of Object.entries(roles)) if (title.startsWith(beginning)) return role;
  return "other";
}

/** The first heading of the first level; where there is none, the first of all if it stands above everything and is no part of the template. */
export function titlePart(parts: readonly Part[]): Part | null {
  const top = parts.find((one) => one.depth === 1);
  if (top !== undefined) return top;
  const [first] = parts;
  return first !== undefined && first.depth > 0 && roleOf(first) === "other" && first.blocks.length === 0
    ? first
    : null;
}

/** Markdown of a part, without the fences that are queries. */
export function markdownOf(text: string, part: Part, queries: ReadonlySet<Fence>): string {
  return part.blocks
    .filter((one) => one.type !== "fence" || !queries.has(one))
    .map((one) => text.slice(one.start, one.end).trim())
    .filter((one) => one !== "")
    .join("\n\n");
}

/** Techniques that stand in the first cell of a table's row. */
export function techniquesOf(text: string, part: Part): readonly AttackTag[] {
  return linesOf(text, part).flatMap((line) => {
    const cell = line.startsWith("|") ? (line.slice(1).split("|", 1)[0]?.trim() ?? "") : "";
    return /^T\d{4}(?:\.\d{3})?$/iu.test(cell) ? [attackTag(cell)] : [];
  });
}

/** Addresses, in the order in which they stand. */
export function addressesOf(text: string, part: Part): readonly string[] {
  return addressesIn(linesOf(text, part).join("\n"));
}

/** Points of a list, or lines where there is none. */
export function pointsOf(text: string, part: Part): readonly string[] {
  return linesOf(text, part)
    .map((line) => plainText(line.replace(/^[-*+]\s/u, "")))
    .filter((line) => line !== "");
}

/** Names of people; an account where there is no name. */
export function authorsOf(text: string, part: Part): readonly string[] {
  const values = pointsOf(text, part).map((line) => {
    const colon = line.indexOf(":");
    return { key: line.slice(0, Math.max(0, colon)).toLowerCase(), value: line.slice(colon + 1).trim() };
  });
  const names = values.filter((one) => one.key === "name" && one.value !== "").map((one) => one.value);
  if (names.length > 0) return names;
  const accounts = values.filter((one) => one.key === "github").map((one) => one.value.split("/").at(-1) ?? "");
  return accounts.map((one) => one.replace(/[)\]]+$/u, "")).filter((one) => one !== "");
}

function linesOf(text: string, part: Part): readonly string[] {
  return part.blocks
    .filter((one) => one.type === "prose")
    .flatMap((one) => text.slice(one.start, one.end).split("\n"))
    .map((line) => line.trim());
}
