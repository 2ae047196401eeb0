import { HtmlValidate } from "html-validate";

let validator: HtmlValidate | null = null;

/** What a document breaks of the content model of HTML: which elements and attributes may stand where. */
export async function violationsOf(html: string): Promise<readonly string[]> {
  validator ??= new HtmlValidate({ root: true, extends: ["html-validate:standard"] });
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `breaks ${ruleId} at ${line}:${column}: ${message}`),
  );
}
