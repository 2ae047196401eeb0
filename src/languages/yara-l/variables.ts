import { nearest } from "../../kit/nearest.ts";
import { isOperator } from "../../kit/tokens.ts";
import type { YaraToken } from "./lexer.ts";
import type { Reader, SectionName } from "./reader.ts";

/** Which variables the sections of one rule name. */
export interface Variables {
  /** Takes in the section that was read last. */
  readonly note: (section: SectionName) => void;
  /** Reports each variable that no event has. */
  readonly check: () => void;
}

/** Opened before the first section. Each token is looked at once. */
export function openVariables(reader: Reader): Variables {
  const made = new Set<string>();
  const used = new Map<string, YaraToken>();
  let from = reader.cursor.mark();
  return {
    note: (section) => {
      const to = reader.cursor.mark();
      reader.cursor.reset(from);
      for (let at = from; at < to; at++) {
        const token = reader.cursor.next();
        if (token.type !== "variable" && token.type !== "count") continue;
        // Outcomes, and keys of a match, get their names where they stand.
        const names = section === "events" || (section !== "condition" && isOperator(reader.cursor.peek(), "="));
        if (names) made.add(token.value);
        else if (!used.has(token.value)) used.set(token.value, token);
      }
      from = to;
    },
    check: () => {
      for (const [name, token] of used) {
        if (made.has(name)) continue;
        const [near] = nearest(name, [...made]);
        const hint = near === undefined ? undefined : `Did you mean ${token.text[0]}${near}?`;
        reader.report("unknown-variable", "warning", `No event of this rule has \`${token.text}\`.`, token.span, hint);
      }
    },
  };
}
