import type { ShellCommand, ShellWord } from "../shells/command.ts";
import type { Effect } from "./tables.ts";

/** What the words of a command say, by the names that its entry in the table gives them. */
export interface Bound {
  readonly values: ReadonlyMap<string, string>;
  /** Whether every one of them stands in the command for certain. */
  readonly certain: boolean;
}

/** Of a command, as far as patterns look at it: they may take the square of it in steps. */
const longestText = 8_000;

/** null where the command is none of those that the effect means. `switches`: parameters of cmdlets without a value. */
export function bind(effect: Effect, command: ShellCommand, switches: ReadonlySet<string>): Bound | null {
  const isCmdlet = effect.commands.some((one) => one.includes("-") && effect.platform === "windows");
  // A method takes its arguments by their place, whatever they look like.
  const isMethod = effect.commands.every((one) => /^[.[]/u.test(one));
  const values = new Map(Object.entries(effect.defaults));
  const rest: ShellWord[] = [];
  let certain = true;
  const set = (name: string, word: ShellWord, value = word.value): void => {
    values.set(name, value);
    if (!word.certain) certain = false;
  };
  const words = command.words.slice(1, 400);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as ShellWord;
    if (isMethod) {
      rest.push(word);
      continue;
    }
    const option = optionOf(effect, word.value, isCmdlet);
    if (option !== null) {
      const following = words[at + 1];
      if (option.value !== "") set(option.variable, word, option.value);
      else if (following !== undefined) {
        set(option.variable, following);
        at++;
      }
      continue;
    }
    const lower = word.value.toLowerCase();
    const flag = own(effect.flags, lower) ?? own(effect.flags, word.value);
    if (flag !== null) values.set(flag, "true");
    else if (isCmdlet && /^-[a-z]/iu.test(lower)) {
      const next = words[at + 1]?.value;
      const takesValue =
        !switches.has(lower.slice(1)) && !lower.includes(":") && next !== undefined && !/^-[a-z]/iu.test(next);
      if (takesValue) at++;
    } else if (!isFlag(word.value, effect.platform)) rest.push(word);
  }
  fill(effect.words, rest, set);
  for (const [name, pattern] of Object.entries(effect.patterns)) {
    const found = new RegExp(pattern, "iu").exec(command.text.slice(0, longestText));
    if (found?.[1] !== undefined) values.set(name, found[1]);
  }
  const url = words
    .map((one) => /\b(?:https?|ftp):\/\/[^\s"'`<>|()]+/iu.exec(one.value)?.[0])
    .find((one) => one !== undefined);
  if (url !== undefined && !values.has("url")) values.set("url", url);
  return holds(effect.when, values) ? { values, certain } : null;
}

/** Whether each of the variables has one of its values. */
export function holds(when: Readonly<Record<string, readonly string[]>>, values: ReadonlyMap<string, string>): boolean {
  return Object.entries(when).every(([name, wanted]) => wanted.includes((values.get(name) ?? "").toLowerCase()));
}

function own(table: Readonly<Record<string, string>>, key: string): string | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}

/** `/v`, `-Name`, `--output=x`, `binPath=`, `/tn:x`: the variable and the value that stands in the same word. */
function optionOf(
  effect: Effect,
  written: string,
  isCmdlet: boolean,
): { readonly variable: string; readonly value: string } | null {
  const lower = written.toLowerCase();
  // The same letter in another case may be another option (`curl -O` and `-o`): exact spelling goes before.
  const exact =
    own(effect.options, written) ?? (own(effect.flags, written) === null ? own(effect.options, lower) : null);
  if (exact !== null) return { variable: exact, value: "" };
  const mark = /[=:]/u.exec(lower)?.index ?? -1;
  if (mark > 0) {
    const name = lower.slice(0, mark);
    const variable = own(effect.options, `${name}=`) ?? (/^[-/]/u.test(name) ? own(effect.options, name) : null);
    if (variable !== null) return { variable, value: written.slice(mark + 1).replace(/^"|"$/gu, "") };
  }
  if (isCmdlet && /^-[a-z]{2,}$/u.test(lower)) {
    const longer = Object.keys(effect.options).filter((one) => one.startsWith(lower));
    const [only] = longer;
    if (only !== undefined && longer.length === 1) return { variable: effect.options[only] ?? "", value: "" };
  }
  return null;
}

function isFlag(written: string, platform: Effect["platform"]): boolean {
  if (/^-./u.test(written)) return true;
  return platform === "windows" && /^\/[A-Za-z?][\w-]*(?::.*)?$/u.test(written);
}

function fill(
  names: readonly string[],
  words: readonly ShellWord[],
  set: (name: string, word: ShellWord, value?: string) => void,
): void {
  for (const [index, name] of names.entries()) {
    const word = words[index];
    if (word === undefined) return;
    if (!name.endsWith("...")) {
      set(name, word);
      continue;
    }
    const left = words.slice(index);
    const certain = left.every((one) => one.certain);
    set(name.slice(0, -3), { ...word, certain }, left.map((one) => one.value).join(" "));
    return;
  }
}

/** `{name}` and `{name|task}` filled in; null where a variable is not set. `task`: a path of a scheduled task. `file`: its last part. */
export function fillTemplate(template: string, values: ReadonlyMap<string, string>): string | null {
  let missing = false;
  const text = template.replace(/\{([a-z_]+)(?:\|([a-z]+))?\}/gu, (_whole, name: string, how?: string) => {
    const value = values.get(name);
    if (value === undefined) {
      missing = true;
      return "";
    }
    if (how === "task") return value.startsWith("\\") ? value : `\\${value}`;
    if (how === "file") return value.split(/[\\/]/u).at(-1) ?? value;
    return value;
  });
  return missing ? null : text;
}
