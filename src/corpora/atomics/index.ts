export { atomicsSource } from "./reader.ts";
