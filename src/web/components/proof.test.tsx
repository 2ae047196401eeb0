import { expect, test } from "vitest";
import type { ProofAnswer } from "../../catalog/queries/test-answers.ts";
import { Proof, proofSentence } from "./proof.tsx";

const nothing: ProofAnswer = {
  counts: { fired: 0, silent: 0 },
  notRun: null,
  notShown: null,
  fired: [],
  silent: [],
};

test.each([
  [{}, "No test exercises this rule: none for its techniques leaves an event in a log that it reads."],
  [{ counts: { fired: 0, silent: 1 } }, "Exercised by 1 test, fires on none."],
  [{ counts: { fired: 2, silent: 1 } }, "Exercised by 3 tests, fires on 2."],
  [
    { notRun: "The rule joins two searches" },
    "Our engine cannot run this rule, so no test can prove it: The rule joins two searches.",
  ],
])("%j", (proof, sentence) => {
  expect(proofSentence({ ...nothing, ...proof })).toBe(sentence);
});

test("says why the test that a rule names cannot show what it asks for", () => {
  const html = String(<Proof proof={{ ...nothing, notShown: "The test <only> starts a file." }} json="/x.json" />);
  expect(html).toContain('<p class="notice">The test &lt;only&gt; starts a file.</p>');
});
