export { sigmaFormat } from "./format.ts";
export { readSigmaFile, sigmaReader } from "./reader.ts";
