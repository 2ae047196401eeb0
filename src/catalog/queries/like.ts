/** Stands before a sign of LIKE that is to be taken literally; say `ESCAPE '!'`. */
const mark = "!";

/** A pattern of LIKE for texts that hold `text`, whatever signs of LIKE stand in it. Letters A to Z are found in either case. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[!%_]/g, (sign) => `${mark}${sign}`)}%`;
}
