import { isNewline, peek, type Reader, startsHere, unclosed } from "../reader.ts";

/** Blanks, comments and lines that a backtick joins; newlines too, where they mean nothing. */
export function skipBlanks(reader: Reader, newlines = false): void {
  for (;;) {
    const char = peek(reader);
    if (char === "") return;
    if (char === " " || char === "\t" || char === "\u00a0" || char === "\f" || char === "\u200b") reader.at++;
    else if (isNewline(char)) {
      if (!newlines) return;
      reader.at++;
    } else if (char === "`" && isNewline(peek(reader, 1))) {
      reader.at += startsHere(reader, "`\r\n") ? 3 : 2;
    } else if (char === "`" && reader.at + 1 >= reader.text.length) reader.at++;
    else if (char === "<" && peek(reader, 1) === "#") {
      const end = reader.text.indexOf("#>", reader.at + 2);
      if (end < 0) unclosed(reader, "The end #> of the comment was expected.", reader.at);
      reader.at = end < 0 ? reader.text.length : end + 2;
    } else if (char === "#") {
      while (reader.at < reader.text.length && !isNewline(peek(reader))) reader.at++;
    } else return;
  }
}
