export { readDetection, splunkReader } from "./reader.ts";
