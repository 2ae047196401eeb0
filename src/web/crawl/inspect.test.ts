import { describe, expect, test } from "vitest";
import { inspectPage } from "./inspect.ts";
import { violationsOf } from "./validate.ts";

function page(body: string): string {
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body>${body}</body></html>`;
}

describe("what a document breaks", () => {
  test("nothing", () => {
    expect(inspectPage(page('<h1 id="a">A <b>page</b></h1><p aria-labelledby="a">x</p>')).faults).toEqual([]);
  });

  test.each([
    ["an empty heading", "<h1>A</h1><h2> <b></b></h2>", "has an empty <h2>"],
    ["no first heading", "<h2>A</h2>", "has 0 <h1>"],
    ["two first headings", "<h1>A</h1><h1>B</h1>", "has 2 <h1>"],
    ["an id twice", '<h1 id="a">A</h1><p id="a"></p>', "has the id a twice"],
    ["an id with a blank", '<h1 id="a b">A</h1>', 'has the id "a b", which is none'],
    ["a label of nothing", '<h1>A</h1><label for="q">Q</label>', "has no id q, to which the for of <label> leads"],
  ])("%s", (_, body, fault) => {
    expect(inspectPage(page(body)).faults).toEqual([fault]);
  });

  test.each([
    ["an attribute twice", '<h1 id="a" id="b">A</h1>', /^is not valid HTML: duplicate-attribute at 2:/],
    ["a control character", "<h1>A\u0001</h1>", /^is not valid HTML: control-character-in-input-stream at 2:/],
    ["an unknown reference", "<h1>A &nosuch; &#xffff;</h1>", /^is not valid HTML: /],
  ])("%s, in the words of the HTML specification", (_, body, fault) => {
    expect(inspectPage(page(body)).faults.filter((one) => fault.test(one))).not.toEqual([]);
  });

  test.each([
    ["an element that nothing opens", "<h1>A</h1></p>", "a <p> stands there that nothing opens"],
    ["an element that nothing closes", "<h1>A</h1><div><b>x</div>", "nothing closes a <b>"],
    ["a list in a paragraph", "<h1>A</h1><p><ul></ul></p>", "nothing closes a <p>"],
    [
      "an element moved out of a table",
      "<h1>A</h1><table><tbody><p>x</p></tbody></table>",
      "something may not stand where it does in a <table>",
    ],
  ])("%s", (_, body, fault) => {
    expect(inspectPage(page(body)).faults).toContain(`is not valid HTML: ${fault}`);
  });

  test("a title that is missing", () => {
    expect(inspectPage(page("<h1>A</h1>").replace("A page", " ")).faults).toEqual(["has no title"]);
  });
});

test("what a document leads to", () => {
  const { links, actions, forms, resources, twins, ids } = inspectPage(
    page(`<link rel="stylesheet" href="/app.css"><script src="/site.js"></script>
      <link rel="alternate" href="/x.json"><h1 id="top">A</h1><a href="/b?c=d&amp;e=f">b</a><a>none</a><a href="#top">up</a>
      <form action="/find"><input name="q" value="a b"><input type="submit"><select name="s"><option value="1">1</option>
      <option value="2" selected>2</option></select><select name="t"><option value="">all</option></select></form>`),
  );
  expect(links).toEqual(["/b?c=d&e=f", "#top"]);
  expect(actions).toEqual(["/find"]);
  expect(forms).toEqual(["/find?q=a+b&s=2&t="]);
  expect(resources).toEqual(["/app.css", "/site.js"]);
  expect(twins).toEqual(["/x.json"]);
  expect([...ids]).toEqual(["top"]);
});

describe("the content model", () => {
  test("a valid page breaks none of it", async () => {
    expect(await violationsOf(page("<h1>A</h1><ul><li>x</li></ul>"))).toEqual([]);
  });

  test.each([
    ["a list in a paragraph of phrases", "<h1>A</h1><span><ul><li>x</li></ul></span>", /<ul>/],
    ["a link in a link", '<h1>A</h1><a href="/a"><span><button type="button">x</button></span></a>', /<button>/],
    ["text in a list", "<h1>A</h1><ul><p>x</p></ul>", /<p>/],
    ["a value that an attribute does not have", '<h1>A</h1><input type="nosuch" aria-label="x">', /type/],
  ])("%s", async (_, body, violation) => {
    expect((await violationsOf(page(body))).filter((one) => violation.test(one))).not.toEqual([]);
  });
});
