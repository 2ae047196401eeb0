export { splunkFormat } from "./format.ts";
export { readDetection, splunkReader } from "./reader.ts";
