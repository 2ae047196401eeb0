export { chronicleFormat } from "./format.ts";
export { chronicleReader, readYaraLFile } from "./reader.ts";
