export { splunkReader } from "./reader.ts";
