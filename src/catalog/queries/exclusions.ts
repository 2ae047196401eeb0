import { type Piece, plainText } from "../../vocabulary/exclusion.ts";
import type { ExclusionAnswer } from "./answers.ts";

/** An exclusion of which the catalog keeps the lines in pieces. */
export function exclusionAnswer(piecesJson: string, rules: number): Omit<ExclusionAnswer, "examples"> {
  const pieces = JSON.parse(piecesJson) as readonly (readonly Piece[])[];
  return { predicates: pieces.map(plainText), pieces, rules };
}
