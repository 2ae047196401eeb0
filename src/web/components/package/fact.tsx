import type { Child } from "hono/jsx";

/** A term of a `facts-table`, and what there is to say of it. */
export function Fact({ term, children }: { readonly term: string; readonly children?: Child }): Child {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
