import type { Child } from "hono/jsx";

/** What stands where there is nothing to show: says so, and what to do next. */
export function Empty({ title, children }: { readonly title: string; readonly children?: Child }): Child {
  return (
    <div class="empty">
      <p class="strong">{title}</p>
      {children}
    </div>
  );
}
