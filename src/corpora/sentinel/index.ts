export { sentinelFormat } from "./format.ts";
export { readSentinelFile, sentinelReader } from "./reader.ts";
