export { readSigmaFile, sigmaReader } from "./reader.ts";
