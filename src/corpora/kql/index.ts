export { kqlReader, readPage } from "./reader.ts";
