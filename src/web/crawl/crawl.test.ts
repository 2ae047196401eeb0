import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { processorTime } from "../../corpora/testing.ts";
import { type Crawl, type CrawlOptions, crawl } from "./crawl.ts";
import { isQuestion, kindOf, linkOf, sampleOf } from "./kinds.ts";
import { createVisitor } from "./visitor.ts";

type Bodies = Readonly<Record<string, string | (() => string)>>;

/** A site of pages by address; every one has a heading, its twin and the choice of one schema. */
function siteOf(bodies: Bodies): { readonly app: Hono; readonly errors: Error[] } {
  const app = new Hono();
  const errors: Error[] = [];
  app.onError((error, context) => {
    errors.push(error);
    return context.text("", 500);
  });
  app.all("*", (context) => {
    const url = new URL(context.req.url);
    url.searchParams.delete("names");
    const path = url.pathname.replace(/\.json$/, "").replace(/^\/index$/, "/");
    const body = bodies[path];
    if (body === undefined) return context.notFound();
    if (url.pathname.endsWith(".json")) return context.json({ path });
    const twin = `${url.pathname === "/" ? "/index" : url.pathname}.json${url.search}`.replaceAll("&", "&amp;");
    return context.html(
      `<!doctype html>\n<html lang="en"><head><title>x</title><link rel="alternate" type="application/json" href="${twin}"></head>` +
        `<body><h1>x</h1>${typeof body === "function" ? body() : body}</body></html>`,
    );
  });
  return { app, errors };
}

function crawlOf(bodies: Bodies, options: Partial<CrawlOptions> = {}) {
  const visitors = [createVisitor(siteOf(bodies))];
  return crawl(visitors, { schemas: [], known: [], questionsOfKind: 3, sampleOfKind: 2, ...options });
}

function told({ faults }: Crawl): readonly string[] {
  return faults.map(({ address, what }) => `${address} ${what}`);
}

describe("a crawl", () => {
  test("finds nothing wrong with a site of which nothing is", async () => {
    const result = await crawlOf({
      "/": '<a href="/corpora">all</a> <a href="/corpora#one">one</a> <a href="https://example.com/">out</a>',
      "/corpora": '<p id="one">x</p><a href="/">home</a>',
    });
    expect(told(result)).toEqual([]);
    expect([...result.kinds.keys()]).toEqual(["/", "/corpora"]);
  });

  test("tells of a dead link and who leads there", async () => {
    const result = await crawlOf({ "/": '<a href="/corpora">x</a>', "/corpora": '<a href="/corpora/none">x</a>' });
    expect(told(result)).toEqual(["/corpora/none answered 404 (/corpora leads there)"]);
  });

  test("tells of an error of ours", async () => {
    const result = await crawlOf({
      "/": () => {
        throw new Error("broken");
      },
    });
    expect(told(result)[0]).toMatch(/^\/ answered 500: Error: broken/);
  });

  test("tells of places that are not there, on this page and on another", async () => {
    const result = await crawlOf({ "/": '<a href="#a">x</a><a href="/corpora#b">x</a>', "/corpora": "" });
    expect(told(result).toSorted()).toEqual([
      "/ has nothing at #a, where a link leads",
      "/corpora has nothing at #b, where a link leads",
    ]);
  });

  test("tells of a page that is too large, and of one that is too slow", async () => {
    const busy = (): string => {
      const started = processorTime();
      while (processorTime() - started < 150);
      return "";
    };
    const result = await crawlOf({
      "/": '<a href="/corpora">x</a><a href="/events">x</a>',
      "/corpora": `<p>${"x".repeat(400_000)}</p>`,
      "/events": busy,
    });
    expect(told(result)).toEqual([
      expect.stringMatching(/^\/corpora has 400\d\d\d bytes$/),
      expect.stringMatching(/^\/events takes 1\d\d ms$/),
    ]);
  });

  test("tells of a form that leads nowhere", async () => {
    const result = await crawlOf({ "/": '<form action="/find"><input name="q" aria-label="q"></form>' });
    expect(told(result)).toEqual(["/find answered 404 (/ leads there)", "/find?q= answered 404"]);
  });

  test("tells of a link that loses the names of a schema", async () => {
    const result = await crawlOf({ "/": '<a href="/corpora">x</a>', "/corpora": "" }, { schemas: ["ecs"] });
    expect(told(result)).toEqual(["/ leads to /corpora, which loses the names of ecs"]);
  });

  test("follows a sample of the questions to a list, and all pages of the list", async () => {
    const questions = Array.from({ length: 20 }, (_, index) => `<a href="/search?q=${index}">x</a>`).join("");
    const pages = Array.from({ length: 20 }, (_, index) => `<a href="/search?page=${index}">x</a>`).join("");
    const result = await crawlOf({ "/": questions + pages, "/search": "" });
    expect(told(result)).toEqual([]);
    expect(result.kinds.get("/search?q")?.length).toBe(3);
    expect(result.left.get("/search?q")).toBe(17);
    expect(result.kinds.get("/search?page")?.length).toBe(20);
  });

  test("visits some known pages of a kind that has very many, and all links to unknown ones", async () => {
    const known = Array.from({ length: 20 }, (_, index) => `/corpora/${index}`);
    const links = [...known, "/corpora/none"].map((address) => `<a href="${address}">x</a>`).join("");
    const pages = Object.fromEntries(known.map((address) => [address, ""]));
    const result = await crawlOf({ "/": links, ...pages }, { known, oneIn: { "/corpora/:id": 5 } });
    expect(told(result)).toEqual(["/corpora/none answered 404 (/ leads there)"]);
    expect(result.kinds.get("/corpora/:id")?.length).toBe(4);
    expect(result.thinned.size).toBe(16);
  });

  test("visits what no link leads to", async () => {
    const result = await crawlOf({ "/": "", "/corpora/a": "</p>" }, { known: ["/", "/corpora/a"] });
    expect(result.unlinked).toEqual(["/corpora/a"]);
    expect(told(result)).toContain("/corpora/a is not valid HTML: a <p> stands there that nothing opens");
  });
});

describe("addresses", () => {
  test("links of one page are one address", () => {
    const link = { type: "inside", address: "/search?corpus=a&q=b", fragment: "c" };
    expect(linkOf("/search?q=b&names=ecs&corpus=a&page=#c", "/")).toEqual(link);
    expect(linkOf("?corpus=a&q=b#c", "/search")).toEqual(link);
  });

  test("other sites and what is no address", () => {
    expect(linkOf("https://example.com/", "/")).toEqual({ type: "outside" });
    expect(linkOf("//example.com/", "/")).toEqual({ type: "outside" });
    expect(linkOf("javascript:alert(1)", "/")).toEqual({ type: "broken" });
    expect(linkOf("https://", "/")).toEqual({ type: "broken" });
  });

  test("kinds and questions", () => {
    expect(kindOf("/attack/T1059?family=yes")).toBe("/attack/:id?family");
    expect(kindOf("/search?q=a&corpus=b")).toBe("/search?corpus&q");
    expect(kindOf("/nowhere/at/all")).toBe("no page");
    expect(isQuestion("/search?q=a")).toBe(true);
    expect(isQuestion("/indicators?page=2")).toBe(false);
    expect(isQuestion("/attack/T1059?family=yes")).toBe(false);
  });

  test("a sample is the same whatever the order", () => {
    const all = ["/a", "/b", "/c", "/d", "/e"];
    expect(sampleOf(all, 2)).toEqual(sampleOf(all.toReversed(), 2));
    expect(sampleOf(all, 9).toSorted()).toEqual(all);
  });
});
