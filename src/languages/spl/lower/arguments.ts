import type { Argument, GeneralCommand, Option, StatsItem } from "../ast.ts";
import { printArgument } from "../print.ts";
import { unquoteSearch } from "../text.ts";

/** Names among arguments, without quotes; signs and commas are not among them. */
export function namesOf(list: readonly (Argument | StatsItem)[]): readonly string[] {
  return list.flatMap((one) => (one.type === "term" && !/^[-+]+$/.test(one.text) ? [unquoteSearch(one.text)] : []));
}

export function optionOf(list: readonly (Argument | StatsItem)[], ...names: readonly string[]): Option | null {
  return list.find((one): one is Option => one.type === "option" && names.includes(one.name.toLowerCase())) ?? null;
}

/** The value of an option as text, without quotes. */
export function optionText(list: readonly (Argument | StatsItem)[], ...names: readonly string[]): string | null {
  const option = optionOf(list, ...names);
  return option === null ? null : unquoteSearch(printArgument(option.value));
}

/** Names up to a keyword, and behind it. */
export function split(command: GeneralCommand, keyword: string): readonly [readonly string[], readonly string[]] {
  const at = command.arguments.findIndex((one) => one.type === "keyword" && one.text.toLowerCase() === keyword);
  if (at < 0) return [namesOf(command.arguments), []];
  return [namesOf(command.arguments.slice(0, at)), namesOf(command.arguments.slice(at + 1))];
}
