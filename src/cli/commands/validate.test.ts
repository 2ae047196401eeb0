import { join } from "node:path";
import { expect, test } from "vitest";
import { packageFiles, writtenPackage } from "../../hunt/package-proof/testing.ts";
import { capture } from "../testing.ts";

test("says that a package holds, and how many breaks its telemetry notices", async () => {
  const folder = join(writtenPackage(), "packages/T1490");
  const { code, output, messages } = await capture(["validate", folder, "--mutate"]);
  expect(code).toBe(0);
  expect(output).toMatch(/T1490\s+Copies removed\s+3\/3\s+1\/1\s+6\/6\s+holds/u);
  expect(messages).toBe("1 package, 3 tests, 0 faults.\n");
});

test("ends with 1 where a package does not hold, and says why", async () => {
  const rule = (packageFiles["rules/removed.yml"] ?? "").replace(" and not filter", "");
  const root = writtenPackage({ ...packageFiles, "rules/removed.yml": rule });
  const { code, messages } = await capture(["validate", join(root, "packages/T1490/package.yaml")]);
  expect(code).toBe(1);
  expect(messages).toContain("T1490: The benign telemetry listed sets off t1490_shadows_removed.\n");
});

test("ends with 1 where a package cannot be read, with the place", async () => {
  const root = writtenPackage({ ...packageFiles, "package.yaml": "technique: T1490\n" });
  const { code, messages } = await capture(["validate", join(root, "packages/T1490")]);
  expect(code).toBe(1);
  expect(messages).toContain("packages/T1490/package.yaml:1: ");
});

test("does not know a package that is not there", async () => {
  const { code, messages } = await capture(["validate", "T9999"]);
  expect(code).toBe(2);
  expect(messages).toContain("There is no package T9999");
});

test("gives the same as JSON", async () => {
  const { output } = await capture(["validate", join(writtenPackage(), "packages/T1490"), "--json"]);
  const { packages, failures } = JSON.parse(output) as { packages: { proof: { faults: string[] } }[]; failures: [] };
  expect(packages.map((one) => one.proof.faults)).toEqual([[]]);
  expect(failures).toEqual([]);
});
