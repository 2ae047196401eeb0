import { expect, test } from "vitest";
import { parse } from "../parser.ts";
import { print } from "../print.ts";

/** Operators as they are printed: on one line, options without blanks, old spellings replaced. */
test.each([
  ["filter a == 1", "where a == 1"],
  ["extend a=1, (b,c)=f(d), e", "extend a = 1, (b, c) = f(d), e"],
  ["project a, b=c", "project a, b = c"],
  ["project-away a*, *b, c", "project-away a*, *b, c"],
  ["project-reorder a asc, b*, * desc", "project-reorder a asc, b*, * desc"],
  ["project-rename a=b", "project-rename a = b"],
  ["summarize", "summarize"],
  [
    "summarize hint.shufflekey=a count(), arg_max(t, *) by b, bin(t, 1h)",
    "summarize hint.shufflekey=a count(), arg_max(t, *) by b, bin(t, 1h)",
  ],
  ["summarize by a", "summarize by a"],
  ["summarize count() by a bin=1h", "summarize count() by a bin=1h"],
  ["join kind = leftanti (U) on a", "join kind=leftanti U on a"],
  ["lookup kind=leftouter U on $left.a==$right.b", "lookup kind=leftouter U on $left.a == $right.b"],
  ["union withsource=s isfuzzy=true U, V*", "union withsource=s isfuzzy=true U, V*"],
  ["distinct *", "distinct *"],
  ["top 5 by a desc nulls last", "top 5 by a desc nulls last"],
  [
    "top-nested 3 of a by count(), top-nested of b with others='x' by sum(c) asc",
    "top-nested 3 of a by count(), top-nested of b with others = 'x' by sum(c) asc",
  ],
  ["top-hitters 3 of a by b", "top-hitters 3 of a by b"],
  ["order by a, b asc nulls first", "sort by a, b asc nulls first"],
  ["limit 5", "take 5"],
  ["sample-distinct 5 of a", "sample-distinct 5 of a"],
  ["count as n", "count as n"],
  [
    "mvexpand bagexpansion=array a, b=c to typeof(long) limit 3",
    "mv-expand bagexpansion=array a, b = c to typeof(long) limit 3",
  ],
  [
    "mv-apply a to typeof(string) limit 9 on (where a == 1 | take 2)",
    "mv-apply a to typeof(string) limit 9 on (where a == 1 | take 2)",
  ],
  ["parse kind=regex flags=i a with * 'x' b:long 'y' c", "parse kind=regex flags=i a with * 'x' b:long 'y' c"],
  ["parse-where a with b ',' *", "parse-where a with b ',' *"],
  [
    "parse-kv a as (b:string, c:long) with (pair_delimiter=';')",
    "parse-kv a as (b:string, c:long) with (pair_delimiter=';')",
  ],
  [
    "make-series n=count() default=0 on t from ago(1d) to now() step 1h by a",
    "make-series n = count() default=0 on t from ago(1d) to now() step 1h by a",
  ],
  ["make-series count() on t in range(a, b, c)", "make-series count() on t in range(a, b, c)"],
  ["render timechart kind=stacked with (title='x')", "render timechart with (kind=stacked, title='x')"],
  [
    "render timechart with (xcolumn=t, ycolumns=a, ['b c'], title='x')",
    "render timechart with (xcolumn=t, ycolumns=a, [\"b c\"], title='x')",
  ],
  ["evaluate bag_unpack(a) : (*, b:string)", "evaluate bag_unpack(a) : (*, b:string)"],
  ["invoke f(1)", "invoke f(1)"],
  ["serialize a = row_number()", "serialize a = row_number()"],
  ["as hint.materialized=true x", "as hint.materialized=true x"],
  ["consume", "consume"],
  ["getschema", "getschema"],
  ["reduce by a with threshold=0.1", "reduce by a with threshold=0.1"],
  ["fork x=(take 1) (where a)", "fork x = (take 1) (where a)"],
  ["facet by a, b with (take 1)", "facet by a, b with (take 1)"],
  ["partition hint.strategy=native by a (take 1)", "partition hint.strategy=native by a (take 1)"],
  ["partition by a { U | where b }", "partition by a (U | where b)"],
  [
    "scan with_match_id=m order by t asc partition by d declare (s:string='') with (step a output=none: x == 1 => s = 'a'; step b optional: true;)",
    "scan with_match_id=m order by t asc partition by d declare (s:string='') with (step a output=none: x == 1 => s = 'a'; step b optional: true;)",
  ],
  ["search kind=case_sensitive in (A, B*) 'x'", "search kind=case_sensitive in (A, B*) 'x'"],
  ["find in (A) where b == 1 project c, d:long", "find in (A) where b == 1 project c, d:long"],
  ["graph-match (a)-[e]->(b) where a.x == 1", "graph-match (a)-[e]->(b) where a.x == 1"],
])("%s", (written, printed) => {
  const { ast, diagnostics } = parse(`T | ${written}`);
  expect(diagnostics).toEqual([]);
  expect(print(ast)).toBe(`T\n| ${printed}`);
});
