/**
 * What looking at one event may cost, so that no event holds up the others: one thread looks at one event at a time, and all
 * that is asked of it shares these steps. One is a letter that one instruction of an expression may look at.
 */
export const effortLimits = {
  /** Of all expressions on one event: command lines of 5,000 letters take some millions of the rules of all collections. */
  event: 20_000_000,
  /** Of one expression on one value: what a hundred instructions, as rules have them, take for 10,000 letters. */
  value: 1_000_000,
} as const;

let left: number = effortLimits.event;
let cut = false;

export function beginEffort(): void {
  left = effortLimits.event;
  cut = false;
}

/** Takes the steps for a text, and tells how many of its letters they pay for. `each`: steps for one letter. */
export function lettersFor(length: number, each: number): number {
  const letters = Math.min(length, Math.floor(Math.min(left, effortLimits.value) / each));
  left -= letters * each;
  if (letters < length) cut = true;
  return letters;
}

/** Takes steps of another kind as so many of these; false where they are not left. */
export function takeSteps(steps: number): boolean {
  if (steps > left) return false;
  left -= steps;
  return true;
}

/** Was a text of this event looked at in part only? */
export function wasCut(): boolean {
  return cut;
}
