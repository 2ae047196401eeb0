import { addresses } from "../addresses.ts";
import type { View } from "../page.ts";

export interface Problem {
  readonly status: 400 | 404 | 405 | 500;
  readonly message: string;
  readonly hint?: string;
}

const titles: Readonly<Record<Problem["status"], string>> = {
  400: "That cannot be asked",
  404: "Not in this dictionary",
  405: "Read only",
  500: "Something broke",
};

export function problemView({ status, message, hint }: Problem): View {
  const title = titles[status];
  return {
    title,
    place: "problem",
    body: (
      <div class="problem">
        <p class="headword-id">{status}</p>
        <h1>{title}</h1>
        <p class="lead">{message}</p>
        {hint !== undefined && <p>{hint}</p>}
        <ul class="links">
          <li>
            <a href={addresses.home}>Home</a>
          </li>
          <li>
            <a href={addresses.attack}>All techniques</a>
          </li>
          <li>
            <a href={addresses.search}>Search</a>
          </li>
        </ul>
      </div>
    ),
  };
}
