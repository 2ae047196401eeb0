import type { SearchAnswer } from "../../catalog/queries/answers.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { cut, table } from "../table.ts";
import type { Styler, Terminal } from "../terminal.ts";
import { remarks } from "./parts.ts";

export function searchPage(answer: SearchAnswer, { width, style }: Terminal): string {
  const attack = answer.attack.map((one) => [one.id, one.name, one.kind, formatNumber(one.rules)]);
  const attackColumns = [
    { title: "id" },
    { title: "name", flexible: true },
    { title: "kind" },
    { title: "rules", align: "right" as const },
  ];
  const tests = answer.tests.map((one) => [`${one.technique}-${one.number}`, one.name, formatNumber(one.fired)]);
  const testColumns = [
    { title: "test" },
    { title: "name", flexible: true },
    { title: "rules fire", align: "right" as const },
  ];
  const vendors = answer.vendors.map((one) => `${one.corpus} ${formatNumber(one.rules)}`).join(", ");
  const pages = Math.ceil(answer.total / answer.pageSize);
  return [
    attack.length === 0 ? "" : table(attackColumns, attack, width, style),
    attack.length === 0 ? "" : "\n",
    tests.length === 0 ? "" : `${table(testColumns, tests, width, style)}\n`,
    answer.rules.map((one) => hit(one, width, style)).join("\n"),
    `\n${counted(answer.total, "rule")}${vendors === "" ? "" : ` (${vendors})`}${pages > 1 ? `, page ${answer.page} of ${formatNumber(pages)}` : ""}\n`,
  ].join("");
}

function hit(one: SearchAnswer["rules"][number], width: number, style: Styler): string {
  const about = [one.severity ?? "", remarks(one)].filter((part) => part !== "").join(", ");
  const excerpt = cut(one.excerpt.replace(/\s+/gu, " "), width - 2);
  return `${style("bold", one.title)}${about === "" ? "" : `  ${style("dim", about)}`}\n  ${one.corpus}/${one.slug}\n${excerpt === "" ? "" : `  ${style("dim", excerpt)}\n`}`;
}
