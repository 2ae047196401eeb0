import type { ShellCommand, ShellScript, ShellWord } from "./command.ts";

/**
 * What a shell makes of a script, one line a command: `?` before what runs on a condition, `|` before what a pipeline
 * feeds, `~` behind a word that is not certain, the command line after `=>` where it is not the words joined by blanks,
 * inner scripts indented below, `!` before the code of a fault.
 */
export function outline(script: ShellScript, indent = ""): readonly string[] {
  const lines = script.commands.flatMap((command, at) => {
    const feeds = script.commands[at - 1]?.pipeline === command.pipeline ? "| " : "";
    const condition = command.when === "conditional" ? "? " : "";
    const inner = command.inner.flatMap((one) => [
      `${indent}  ${one.how} ${one.shell}:`,
      ...outline(one.script, `${indent}    `),
    ]);
    return [`${indent}${condition}${feeds}${lineOf(command)}`, ...inner];
  });
  return [...lines, ...script.diagnostics.map((one) => `${indent}! ${one.code}`)];
}

function lineOf(command: ShellCommand): string {
  const marks = { in: "<", out: ">", append: ">>", error: "2>" } as const;
  const joined = command.words.map((one) => one.value).join(" ");
  return [
    ...command.words.map(shown),
    ...command.redirections.map((one) => `${marks[one.kind]}${shown(one.target)}`),
    ...command.assignments.map((one) => `${one.name}:=${shown(one.value)}`),
    ...(command.words.length === 0 || command.text === joined ? [] : [`=> ${command.text}`]),
  ].join(" ");
}

function shown({ value, certain }: ShellWord): string {
  const plain = value !== "" && !/[\s"=~]/.test(value) ? value : JSON.stringify(value);
  return certain ? plain : `${plain}~`;
}
