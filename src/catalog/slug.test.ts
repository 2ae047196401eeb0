import { expect, test } from "vitest";
import { openSlugs } from "./slug.ts";

test("a rule's address is its file's name, and unique", () => {
  const slugOf = openSlugs();
  expect(slugOf("rules/windows/proc_creation_win_dns.yml")).toBe("proc_creation_win_dns");
  expect(slugOf("other/proc_creation_win_dns.yml")).toBe("proc_creation_win_dns-2");
  expect(slugOf("rules/Wörter & mehr.toml")).toBe("w-rter-mehr");
  expect(slugOf("rules/..yml")).toBe("rule");
  expect(slugOf("rules/<script>.yml")).toBe("script");
});
