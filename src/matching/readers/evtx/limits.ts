/** Bytes of a chunk; the format knows no other size. */
export const chunkSize = 65_536;

/** Where the records of a chunk begin: behind its header and its tables of strings and templates. */
export const recordsOffset = 512;

/** Levels of elements of one event, those of nested values included. Windows writes six. */
export const maxDepth = 64;

/** Bytes of a chunk's templates that are compiled, overlapping ones counted again: true ones don't overlap. */
export const maxTemplateBytes = 2 * chunkSize;

/** Characters of a name. XML has no limit; a log's longest has fewer than 100. */
export const maxNameLength = 1024;

/**
 * Work of one chunk: each element costs `elementCost` and its characters, each value its bytes, each time that it is written.
 * A full chunk of true records costs 100,000 to 400,000; a template that repeats a value that has a template that repeats … is stopped here.
 */
export const maxChunkWork = 8 * 1024 * 1024;

/** The same for one record. */
export const maxRecordWork = 1024 * 1024;

export const elementCost = 16;

/** Of a place for a value. */
export const pieceCost = 4;
