import type { Child } from "hono/jsx";

/** A sentence of ours in which backticks mark code; a backtick without a partner stands for itself. */
export function InlineCode({ text }: { readonly text: string }): Child {
  const parts = text.split(/`([^`]+)`/);
  return <>{parts.map((part, index) => (index % 2 === 0 ? part : <code>{part}</code>))}</>;
}
