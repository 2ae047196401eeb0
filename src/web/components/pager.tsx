import type { Child } from "hono/jsx";
import { formatNumber } from "../../kit/numbers.ts";

export interface PagerProps {
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly address: (page: number) => string;
}

export function Pager({ page, pageSize, total, address }: PagerProps): Child {
  const last = Math.ceil(total / pageSize);
  if (last <= 1) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {page > 1 ? (
        <a rel="prev" href={address(page - 1)}>
          ← Previous
        </a>
      ) : (
        <span />
      )}
      <span>
        Page {formatNumber(page)} of {formatNumber(last)}
      </span>
      {page < last ? (
        <a rel="next" href={address(page + 1)}>
          Next →
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
