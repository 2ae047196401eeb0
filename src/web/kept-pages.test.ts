import { expect, test } from "vitest";
import { openKeptPages } from "./kept-pages.ts";

test("a slow page is kept, until newer ones push it out", () => {
  const pages = openKeptPages({ pages: 2, slow: 20 });
  expect(pages.find("a")).toBeNull();
  pages.keep("a", "page a", 20);
  pages.keep("b", "page b", 30);
  expect(pages.find("a")).toBe("page a");
  pages.keep("c", "page c", 40);
  expect([pages.find("a"), pages.find("b"), pages.find("c")]).toEqual(["page a", null, "page c"]);
});

test("a quick page is made each time", () => {
  const pages = openKeptPages({ pages: 2, slow: 20 });
  pages.keep("a", "page a", 19);
  expect(pages.find("a")).toBeNull();
});
