import type { SourceContext } from "../../vocabulary/context.ts";
import { like } from "../../vocabulary/events/like.ts";
import type { Kinds, Told } from "./kinds.ts";
import type { ContextRule } from "./recognition.ts";

/** The context in which a schema reads the names of an event. */
export function contextFor(
  schema: string | null,
  kinds: readonly string[],
  told: Told,
  given: SourceContext,
  rules: readonly ContextRule[],
  source: Kinds["source"],
): SourceContext {
  const context: Record<string, readonly string[]> = { ...given };
  const add = (key: string, values: readonly string[]): void => {
    context[key] = [...new Set([...(context[key] ?? []), ...values])];
  };
  if (schema === "sigma") {
    for (const id of kinds) {
      for (const [key, value] of Object.entries(source(id)?.sigma ?? {})) if (value !== undefined) add(key, [value]);
    }
  }
  for (const rule of rules) {
    if (rule.schema !== schema || !rule.kinds.some((one) => kinds.some((kind) => like(one, kind)))) continue;
    for (const [key, values] of Object.entries(rule.context)) {
      const filled = values.map((value) => filledWith(value, told)).filter((value) => value !== null);
      if (filled.length > 0) add(key, filled);
    }
  }
  return context;
}

/** null where the event does not say it. */
export function filledWith(text: string, told: Told): string | null {
  let missing = false;
  const filled = text.replace(/\{([\w.]+)\}/gu, (_, field: string) => {
    const [value] = told.get(field) ?? [];
    if (value === undefined) missing = true;
    return value ?? "";
  });
  return missing ? null : filled;
}
