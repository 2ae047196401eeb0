/** A part of the text of an element or attribute. */
export type Piece =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "value";
      /** Place among the values of the instance. */
      readonly index: number;
      /** Nothing is written where there is no value. */
      readonly optional: boolean;
    };

export interface AttributeProgram {
  readonly name: string;
  readonly pieces: readonly Piece[];
  /** A text of digits is a number. */
  readonly number: boolean;
}

/** Where an element stands, as far as it matters for what its parts are called. */
export type Place = "document" | "event" | "system" | "event-data" | "other";

/** An element of a template or of a record, ready to be written with the values of an instance. */
export interface ElementProgram {
  /** What it is called in its parent; pieces where values have part in that (`<Data Name="%1">`). */
  readonly key: string | readonly Piece[];
  /** Place of the value without which the element is not written; -1 for none. */
  readonly dependency: number;
  /** Without declarations of namespaces, and without the name of a piece of event data. */
  readonly attributes: readonly AttributeProgram[];
  readonly pieces: readonly Piece[];
  readonly children: readonly ElementProgram[];
  readonly place: Place;
  /** Where its children stand. */
  readonly within: Place;
  /** A text of digits is a number. */
  readonly number: boolean;
  /** Always an array, however often it occurs. */
  readonly list: boolean;
  /** No other member of its parent can have its key. */
  readonly alone: boolean;
  /** Work of writing it once, without children and values. */
  readonly cost: number;
}

/** A value that is one of an event. */
export interface MutableData {
  [name: string]: unknown;
}
