/** What is wrong with a part of a log; the codes of the faults of this format. */
export type DamageCode =
  | "evtx-header"
  | "evtx-chunk"
  | "evtx-checksum"
  | "evtx-truncated"
  | "evtx-record"
  | "evtx-token"
  | "evtx-name"
  | "evtx-template"
  | "evtx-value"
  | "evtx-depth"
  | "evtx-limit";

/** Thrown inside of the decoder where a record can't be read further, and caught where records are walked: it never leaves this folder. */
export class Damage extends Error {
  readonly code: DamageCode;

  constructor(code: DamageCode, message: string) {
    super(message);
    this.code = code;
  }
}
