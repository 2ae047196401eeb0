import type { SourceContext } from "../context.ts";
import { like } from "./like.ts";

/**
 * Does a pattern of the tables name this log source? `*` stands for any run of characters; a pattern that begins with `=`
 * is the very name, because names of indices hold stars themselves.
 */
export function names(pattern: string, name: string): boolean {
  return pattern.startsWith("=") ? pattern.slice(1).toLowerCase() === name.toLowerCase() : like(pattern, name);
}

/** The text with `{index}` and the like replaced by the first such name that `when` asks for. */
export function fill(
  text: string,
  context: SourceContext,
  when: Readonly<Record<string, readonly string[]>> = {},
): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => {
    const patterns = when[key] ?? ["*"];
    return context[key]?.find((name) => patterns.some((one) => names(one, name))) ?? whole;
  });
}

/** The same with each such name, for texts that name a provider: a union of tables needs all of them. */
export function fillAll(
  text: string,
  context: SourceContext,
  when: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const key = /\{(\w+)\}/.exec(text)?.[1];
  if (key === undefined) return [text];
  const patterns = when[key] ?? ["*"];
  const found = (context[key] ?? []).filter((name) => patterns.some((one) => names(one, name)));
  return found.map((name) => text.replace(`{${key}}`, name));
}
