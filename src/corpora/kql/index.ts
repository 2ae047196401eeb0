export { kqlFormat } from "./format.ts";
export { kqlReader, readPage } from "./reader.ts";
