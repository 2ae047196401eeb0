export { readSentinelFile, sentinelReader } from "./reader.ts";
