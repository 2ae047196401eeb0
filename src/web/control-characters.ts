/**
 * Makes the control characters of a document visible, which HTML does not allow: rules look for them, and a browser
 * would show nothing or a question mark. Unicode has a picture for each of the first 32 and for delete.
 */
export function showControlCharacters(html: string): string {
  return html.replaceAll(controlCharacters, (one) => {
    const code = one.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "\u2421" : "\ufffd";
  });
}

/** Without tab, line feed, form feed and carriage return, which are blanks in HTML; noncharacters are not allowed, either. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controlCharacters = /[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]/g;
